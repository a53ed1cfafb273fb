"""One mention of a speaker: its parts, how full a name it is, the gender and number it shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._record import Record

Span = tuple[int, int]
_HEADS: Final = f.HEAD | f.TITLE
_FORMED: Final = _HEADS | f.DETERMINER
_SIGNS: Final = f.PUNCTUATION | f.DETERMINER
_LETTERS: Final = 5
_NAMES: Final = f.CAPITAL | f.LINKING | f.ABBREVIATION
_NO_NAME: Final = f.HEAD | f.TITLE | f.DETERMINER | f.LINKING | f.BLOCKER | f.STOP


class Part(Record):
    """A mention's words between commas, by their keys: «Chris Bowen», «minister for energy»."""

    keys: frozenset[str]
    first: str
    last: str
    office: bool
    """It begins with a noun for an office or body, or points back with «the» or «this»."""
    role: bool
    """The office is one that a single person holds: minister, coach."""
    personal: bool
    """It is a person's name and nothing else."""
    title: str
    """The key of its title: 市長 of 谷川市長; empty without one."""
    letters: str
    """Its keys without the title, joined; only where people are called by family names."""
    human: bool
    """It holds a noun, title or given name of a person: Handelsbanken analyst Jonas Ekdahl."""
    body: bool
    """It holds a noun for a body and none for a person: Norvik Group."""
    called: bool
    """It is a woman's given name and nothing else: «pani Grażyna»."""
    span: Span


class Name(Record):
    """One mention: its parts, how full a name it is, and the gender and number its first noun shows."""

    parts: tuple[Part, ...]
    personal: bool
    """It holds more than the name of an office or body."""
    words: int
    gender: str
    number: str
    keys: frozenset[str]
    """Those of all parts."""

    @property
    def span(self) -> Span:
        """The person's own name where one part is that and others tell the office, else the whole mention."""
        if len(self.parts) == 1:
            return self.parts[0].span
        named = [part for part in self.parts if part.personal]
        if named and len(named) < len(self.parts):
            return named[0].span
        return self.parts[0].span[0], self.parts[-1].span[1]

    def told(self, text: str) -> str:
        """The mention as it stands in the text."""
        return text[self.parts[0].span[0] : self.parts[-1].span[1]]

    def points_back(self, full: Name, text: str) -> bool:
        """Whether an office says no less than the mention it means: «the baker» after «a baker»."""
        return self.parts[0].office and full.told(text).lower() != self.told(text).lower()

    @property
    def role_only(self) -> bool:
        return all(part.role for part in self.parts)

    @property
    def name_only(self) -> bool:
        return self.personal and not any(part.office for part in self.parts)

    @property
    def person(self) -> bool:
        """Whether it names a person, as far as its words can tell."""
        return self.personal and (not self.parts[0].body or any(part.personal for part in self.parts))

    @property
    def letters(self) -> int:
        """How many letters its names have where people are called by family names."""
        return sum([len(part.letters) for part in self.parts])

    def fuller(self, other: Name) -> bool:
        """Whether this mention says more than another one of the same person."""
        own, others = self.keys, other.keys
        if own != others and (own <= others or others <= own):
            return others <= own
        if self.personal != other.personal or self.words != other.words:
            return (self.personal, self.words) > (other.personal, other.words)
        return self is not other and self.letters > other.letters


def name_of(words: Sequence[str], flags: Sequence[int], starts: Sequence[int], lexicon: Lexicon) -> Name | None:
    """The mention that these tokens make; None where they hold no word of a name."""
    seen = count = 0
    first = -1
    wanted = f.CAPITAL if lexicon.pack.cased else 0
    if lexicon.particles:
        # «장관은» is a title as «장관» is.
        last = words[-1]
        flags = [*flags[:-1], flags[-1] | lexicon[last[: len(last) - lexicon.particle(last)]]]
    for i, flag in enumerate(flags):
        seen |= flag
        if not flag & _SIGNS:
            count += 1
            if first < 0 and flag & (_NO_NAME | wanted) == wanted:
                first = i
    given = _given_gender(words, flags, first, wanted, lexicon) if first >= 0 else ""
    aside: Part | None = None
    if seen & f.OPEN and not flags[0] & f.OPEN:
        opened, closed = _brackets(flags)
        inside = slice(opened, closed + 1)
        aside = _part(words[inside], flags[inside], starts[inside], lexicon, "", aside=True)
        words = [*words[:opened], *words[closed + 1 :]]
        flags = [*flags[:opened], *flags[closed + 1 :]]
        starts = [*starts[:opened], *starts[closed + 1 :]]
    if seen & f.COMMA:
        cuts = [-1, *[i for i, flag in enumerate(flags) if flag & f.COMMA], len(flags)]
        slices = [slice(first + 1, end) for first, end in pairwise(cuts)]
        parts = [part for at in slices if (part := _part(words[at], flags[at], starts[at], lexicon, given))]
    else:
        whole = _part(words, flags, starts, lexicon, given)
        parts = [whole] if whole else []
    if not parts:
        return None
    if aside is not None:
        # «The Union of Free Teachers (UFT)» is called UFT, «Annick Castan (PS)» Castan.
        parts.append(aside)
    personal = first >= 0 if wanted else given != "" or not all(part.office for part in parts)
    gender, number = _form(words, flags, lexicon) if seen & _FORMED else ("", "")
    if given:
        # «Il pubblico ministero Carla Senni» goes by either, where masculine forms are listed as such.
        gender = "" if gender not in ("", given) and lexicon.pack.words.masculine else given
    keys = parts[0].keys if len(parts) == 1 else frozenset().union(*[part.keys for part in parts])
    return Name(tuple(parts), personal, count, gender, number, keys)


def _brackets(flags: Sequence[int]) -> Span:
    """Where the first brackets open and close."""
    opened = next((i for i, flag in enumerate(flags) if flag & f.OPEN), 0)
    return opened, next((i for i in range(opened, len(flags)) if flags[i] & f.CLOSE), len(flags))


def _part(
    words: Sequence[str],
    flags: Sequence[int],
    starts: Sequence[int],
    lexicon: Lexicon,
    given: str,
    *,
    aside: bool = False,
) -> Part | None:
    kept, named, seen = [], [], 0
    for i, flag in enumerate(flags):
        seen |= flag
        if not flag & _SIGNS and words[i] != ".":
            kept.append(i)
            if not flag & f.TITLE:
                named.append(i)
    if not kept:
        return None
    # «The mayor» alone, and «mayor of Duhok», have nothing but a title.
    titled = 0 < len(named) < len(kept) and not flags[named[0]] & (f.LINKING | f.STOP)
    if titled and not _is_of_body(words, kept):
        kept = named
    keys = []
    capitals = True
    for i in kept:
        keys.append(lexicon.name_key(words[i]))
        capitals = capitals and flags[i] & (f.CAPITAL | f.HEAD) == f.CAPITAL
    first = kept[0]
    pointed = first > 0 and len(kept) == 1 and flags[first - 1] & f.DETERMINER != 0
    span = starts[0], starts[-1] + len(words[-1])
    if lexicon.particles:
        span = starts[0], span[1] - lexicon.particle(words[-1])
    office, role = pointed or flags[first] & _HEADS != 0, flags[first] & (f.ROLE | f.TITLE) != 0
    personal = not office and not aside and (capitals or not lexicon.pack.cased)
    titles = [i for i, flag in enumerate(flags) if flag & f.TITLE] if seen & f.TITLE else []
    title = lexicon.name_key(words[titles[-1]]) if titles else ""
    letters = "".join([lexicon.name_key(words[i]) for i in named]) if lexicon.pack.family_names else ""
    human = seen & (f.ROLE | f.TITLE) != 0 or given != ""
    glued = _glued(title, lexicon) if titles and not letters and lexicon.pack.family_names else 0
    if glued:
        letters, title = title[:-glued], title[-glued:]
        office = role = False
        personal = not aside
    body = seen & f.HEAD != 0 and not human
    called = given == "f" and len(kept) == 1 and personal
    return Part(frozenset(keys), keys[0], keys[-1], office, role, personal, title, letters, human, body, called, span)


def _glued(title: str, lexicon: Lexicon) -> int:
    """How long the title is that is written with its name: 씨 of 문씨."""
    return next((len(one) for one in lexicon.pack.honorifics if title.endswith(one) and title != one), 0)


def _is_of_body(words: Sequence[str], kept: Sequence[int]) -> bool:
    """Whether an office is that of a country or body, whose letters are no person's name: «prezydent USA»."""
    first, last = words[kept[0]], words[kept[-1]]
    if len(kept) != 2 or len(first) < _LETTERS or not 1 < len(last) <= _LETTERS:
        return False
    return 2 * sum([letter.isupper() for letter in last]) > len(last)


def _form(words: Sequence[str], flags: Sequence[int], lexicon: Lexicon) -> tuple[str, str]:
    # Where only feminine forms are listed, what is not among them is no sign by itself.
    showing = _FORMED if lexicon.pack.words.masculine else _HEADS
    gender = number = ""
    for word, flag in zip(words, flags, strict=True):
        if flag & showing:
            shown, number_shown = lexicon.form(word)
            # A noun shows more than its article, which cases share: «laut der Polizei».
            gender, number = shown or gender, number or number_shown
            if flag & _HEADS:
                break
    # A title without an ending may be anybody's: «ד"ר».
    return gender if showing & f.DETERMINER or flag & f.HEAD or gender == "f" else "", number


def _given_gender(words: Sequence[str], flags: Sequence[int], first: int, wanted: int, lexicon: Lexicon) -> str:
    """The gender of the given name in a mention, at ``first`` or later; a man's alone may be a family name."""
    for i in range(first, len(words)):
        if flags[i] & (_NO_NAME | f.PUNCTUATION | wanted) == wanted:
            gender = lexicon.given(words[i])
            if gender == "f" or (gender and (not wanted or (i + 1 < len(flags) and flags[i + 1] & _NAMES))):
                return gender
    return ""
