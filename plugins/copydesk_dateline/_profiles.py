"""Shapes of datelines: a small language for them, compiled to regular expressions over item letters.

A head is read as a row of items (see ``_lexer``), each with one letter. A profile's shape is words with spaces
between them: the marks ``( ) , : / | =``, ``.`` (a full stop of any script), ``-`` (any dash), and these, each
optional with ``?``:

| word | what |
|---|---|
| ``where`` | one place or several, each with its qualifier: «ERBIL, Iraq», «Beirut/The Hague» |
| ``place`` | one place without qualifier |
| ``when`` | a date |
| ``time`` | a time of day |
| ``agency`` | an agency that the tables know |
| ``(agency)`` | an agency in any brackets, known or not |
| ``/agency/`` | a known agency between slashes |
| ``byline`` | reporters |
| ``section`` | «local», «politics» in a place's slot |
| ``desk`` | «Newsroom» in a place's slot |
| ``filed`` | 电, 讯: the word that says «wired» |
| ``[-:]`` | one of these marks |
| ``sep`` | what closes a dateline: a dash, a colon, a bar |
| ``link`` | what joins its parts: a dash, a slash, a comma, a colon, a bar |
| ``dash`` | a dash that is no hyphen in a word |
| ``eol`` | the end of the line |
"""

from __future__ import annotations

import re
from functools import cached_property

import attrs

import copydesk

_PLACE = "[PQRNCXK]"
_QUALIFIER = r"(?:,[RQPC]\.?|,?\([RQP]\),?|\([NU]\)(?=\())"
_ONE = f"{_PLACE}{_QUALIFIER}{{0,2}}"
_AGENCY = "[AGaH]"
_REPORTER = "[BNUPQR]{1,2}"
_ELEMENTS = {
    "where": f"(?P<where>{_ONE}(?:[/·~&\\-,]{_ONE})*)",
    "place": f"(?P<where>{_PLACE})",
    "when": "(?P<when>D)",
    "time": "T",
    "agency": f"(?P<agency>{_AGENCY}(?:[/~]?{_AGENCY})*)",
    "(agency)": r"\((?P<agency>[AGCaHhNPQRUS](?:[~\-/,·&=.]{0,2}[AGCaHhNBPQRUSD])*)\.?\)",
    "/agency/": "/(?P<agency>(?:[BN]-?)?[AGCaH][BN]?)/",
    "(agency2)": r"\((?P<second>[AGCaHhNPQRUS](?:[~\-/,·&=.]?[AGCaHhNBPQRUSD])*)\.?\)",
    "agency2": f"(?P<second>{_AGENCY})",
    "pairs": f"(?P<where>[PQR]={_REPORTER}(?:,[PQR]={_REPORTER})*)",
    "unknown": "(?P<agency>[NUAGCaHPQ])",
    "byline": r"(?P<byline>[BNUPQ](?:[-~,&/·]+[BNUPQ])*)",
    "reporter": r"(?P<byline>[BNU](?:[-~,&/·]+[BNUPQ]|B)*)",
    "after": r"(?P<after>[BNU](?:[-~,&/·]*[BNU])*)",
    "section": "(?P<section>S)",
    "desk": "(?P<desk>K)",
    "filed": "(?P<filed>E)",
    "sep": "[-:|~।=]",
    "dash": "-",
    "link": "[-~/,:|]",
    "eol": r"\$",
    ".": "[.।]",
    "(": r"\(",
    ")": r"\)",
    "|": r"\|",
    "=": "=",
    ",": ",",
    ":": ":",
    "/": "/",
    "-": "[-~]",
    '"': '"',
}


@attrs.frozen(slots=False)
class Profile:
    """One shape that newsrooms use."""

    name: str
    shape: str
    base: float = 0.0
    """How much the shape alone says for a dateline, in log-odds."""
    needs: tuple[str, ...] = ()
    """What must hold besides, such as ``known agency`` or ``known place``."""
    example: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The shape as an expression over item letters; UsageError names a word that is none."""
        return re.compile("".join(self._element(word) for word in self.shape.split()))

    def _element(self, word: str) -> str:
        bare = word.removesuffix("?")
        if bare.startswith("[") and bare.endswith("]"):
            return f"[{re.escape(bare[1:-1])}]" + word[len(bare) :]
        try:
            element = _ELEMENTS[bare]
        except KeyError:
            known = " ".join(_ELEMENTS)
            raise copydesk.UsageError(
                f"profile {self.name!r}: {bare!r} is no word of a shape; these are: {known}"
            ) from None
        return f"(?:{element})?" if bare != word else element
