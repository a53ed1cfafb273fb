"""Descriptions that point back at a person: «the coach», «la titular de Cultura», «der 46-Jährige»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._phrases._nouns import Noun
from copydesk_quotes._speakers._mention import Name, name_of
from copydesk_quotes._speakers._persons import Person

_NAMING: Final = f.CAPITAL | f.HEAD | f.TITLE
_ORIGIN: Final = 4
_ARTICLE_AND_NAME: Final = 2
_SURNAME: Final = _NAMING | f.DOCUMENT
_REACH: Final = 20_000
_MOST: Final = 4
_NAME: Final = 40
_HEADLINE: Final = 300
_SHORT: Final = 2
_WITH_PARTICLES: Final = 4
_PARTICIPLE: Final = 4
_BODIES: Final = f.HEAD | f.DOCUMENT | f.SOURCE | f.CROWD


def is_description(name: Name, told: Person, noun: Noun, block: Block) -> bool:
    """Whether a mention tells what a person is: «the coach», «la titular de Cultura», «der 46-Jährige»."""
    if told.number == "p" or any(part.personal for part in name.parts[1:]):
        return False
    if len(name.parts) > 1 and _gives_name(noun, block):
        return False
    if name.parts[0].role:
        unnamed = block.lexicon.keys_of(block.pack.words.unnamed)
        if name.words > 1 and (name.parts[0].first in unnamed or block.key(noun.start) in unnamed):
            return False
        # No capitals show where a name begins behind a role.
        return block.pack.cased or name.words == 1
    if block.pack.words.unnamed and _ends_in_role(noun, block):
        return True
    pointed = block.key(noun.start) in block.lexicon.keys_of(block.pack.words.definite)
    inside = block.flags[noun.start : noun.end]
    if not pointed or any(flag & _BODIES and not flag & f.ROLE for flag in inside):
        return False
    if block.pack.capital_nouns or noun.end - noun.start != _ARTICLE_AND_NAME or not block.has(noun.end - 1, f.CAPITAL):
        return not name.name_only or _tells_age(noun, block) or _tells_origin(noun, block)
    # «A RGE» and «Le Monde» are names, «le Breton» is none.
    return _tells_origin(noun, block)


def _gives_name(noun: Noun, block: Block) -> bool:
    """«El autor del gol, el argentino Lautaro Pinedo»."""
    comma = next((i for i in range(noun.start, noun.end) if block.flags[i] & f.COMMA), noun.end)
    return any(block.has(i, f.CAPITAL) and block.has(i + 1, f.CAPITAL) for i in range(comma, noun.end - 1))


def _ends_in_role(noun: Noun, block: Block) -> bool:
    """«Amerykański przywódca», «deneyimli antrenör»: adjectives and a role, where no article could show more."""
    last = noun.end - 1
    if not noun.start < last or not block.has(last, f.ROLE) or block.has(noun.start, f.DETERMINER):
        return False
    unnamed = block.lexicon.keys_of(block.pack.words.unnamed)
    return block.key(last) not in unnamed and not block.holds(noun.start + 1, noun.end, f.CAPITAL | f.COMMA | f.NUMBER)


def _tells_age(noun: Noun, block: Block) -> bool:
    """«der 46-Jährige», «de 24-jarige Friezin»."""
    return block.has(noun.start + 1, f.NUMBER) and block.has(noun.start + 2, f.DASH | f.HYPHEN)


def _tells_origin(noun: Noun, block: Block) -> bool:
    """«le Breton», «de West-Vlaming»."""
    endings = block.pack.words.demonyms
    return endings != () and noun.end - noun.start <= _ORIGIN and block.key(noun.end - 1).endswith(endings)


def points(noun: Noun, block: Block) -> bool:
    """Whether a noun phrase can point back: «a baker» and «his coach» cannot."""
    definite = block.pack.words.definite
    if not definite or not block.has(noun.start, f.DETERMINER):
        return True
    return block.key(noun.start) in block.lexicon.keys_of(definite)


def names_in(noun: Noun, block: Block) -> set[str]:
    """The keys of the names in a description: Cultura."""
    definite = block.lexicon.keys_of(block.pack.words.definite)
    if _tells_age(noun, block) or _tells_origin(noun, block) or (definite and block.key(noun.end - 1) in definite):
        # «Pelatih asal Portugal tersebut»: who is meant has been named.
        return set()
    first = noun.start + 1 if block.pack.capital_nouns and block.has(noun.start, f.DETERMINER) else noun.start
    end = next((i for i in range(first, noun.end) if block.flags[i] & f.COMMA), noun.end)
    named = [block.words[i] for i in range(first + 1, end) if block.flags[i] & _NAMING == f.CAPITAL]
    # «Prezydent USA»: letters name a body or country, not the person.
    return {block.lexicon.name_key(word) for word in named if len(word) == 1 or not word.isupper()}


def is_nameless(person: Person, text: str, block: Block) -> bool:
    """Whether somebody is known by a noun for a person without its article only: «إحدى سكان الحي»."""
    lexicon, part = block.lexicon, person.name.parts[0]
    word = text[part.span[0] : part.span[1]].split(maxsplit=1)[0]
    if person.name.personal or lexicon.name_key(word) != lexicon.key(word):
        return False
    return part.role or any(lexicon[article + word] & f.ROLE for article in block.pack.articles)


def is_pointed(noun: Noun, block: Block) -> bool:
    """«هذا المصدر», «المتحدث ذاته»."""
    return block.has(noun.start, f.DETERMINER) or block.has(noun.end, f.DETERMINER)


def has_title(person: Person, name: Name, text: str, lexicon: Lexicon) -> bool:
    """Whether a person was named with the role that a mention tells: «the minister», Minister Chris Bowen."""
    wanted = name.parts[0].first
    return name.parts[0].role and any(lexicon.name_key(word) == wanted for word in person.name.told(text).split())


def means_unnamed(told: Person, name: Name, last: Sequence[Person], text: str, block: Block) -> bool:
    """Whether «the woman» is the ``last`` speaker, somebody without a name of her gender: «a nurse from Leeds»."""
    if not last or name.parts[0].first not in block.lexicon.keys_of(block.pack.words.anyone):
        return False
    person, words = last[0], block.pack.words
    opening = block.lexicon.fold(person.name.told(text).split(maxsplit=1)[0])
    indefinite = block.lexicon.keys_of(words.determiners) - block.lexicon.keys_of(words.definite)
    if words.definite and opening in indefinite:
        return person.agrees(told.gender, told.number)
    return not person.name.personal and person.gender == told.gender and person.agrees("", told.number)


def means_body(name: Name, told: Person, lexicon: Lexicon) -> bool:
    """Whether a mention is «the company», or «the organisation» that no earlier mention gives a name."""
    words = lexicon.pack.words
    keys = name.keys - lexicon.keys_of(words.definite)
    return keys <= lexicon.keys_of(words.firms) or (told.name is name and keys <= lexicon.keys_of(words.bodies))


def last_body(persons: Sequence[Person], told: Person, lexicon: Lexicon) -> Person | None:
    """The first of these that is called as a body is, or by one word as no person is: Norvik Group, Brightplate."""
    firms = lexicon.keys_of(lexicon.pack.words.firms)
    firm = told.name.keys <= firms
    named = [p for p in persons if p.name.personal]
    wanted = (p for p in named if p.parts[0].body and (not firm or p.keys & firms))
    bare = (p for p in named if p.gender in ("", "n") and not any(part.human or part.office for part in p.parts))
    plain = (p for p in bare if firm or p.name.words == 1)
    return next(wanted, None) or next(plain, None)


def surname(noun: Noun, block: Block) -> Name | None:
    """The surname right behind a role, None where another word stands there: «Rechtsanwalt | Söllner»."""
    last = noun.end - 1
    if not block.has(last - 1, f.ROLE) or block.flags[last] & _SURNAME != f.CAPITAL:
        return None
    here = slice(last, noun.end)
    return name_of(block.words[here], block.flags[here], block.starts[here], block.lexicon)


def named_with(noun: Noun, text: str, block: Block, persons: Sequence[Person]) -> Person | None:
    """Who stands beside the words of a description earlier: «finance lead Peter Hall» before «the finance lead»."""
    first = noun.start + 1 if block.has(noun.start, f.DETERMINER) else noun.start
    if not block.pack.cased or first >= noun.end or not persons:
        return None
    start, end = block.span(first, noun.end)
    # A sentence may open with the same words.
    told, before = text[start + 1 : end], start
    for _ in range(_MOST):
        before = text.rfind(told, max(0, start - _REACH), before)
        if before < 1:
            return None
        after = text[before + len(told) : before + len(told) + _NAME].lstrip(" ,").split(maxsplit=1)[:1]
        ahead = text[max(0, before - _NAME) : before - 1].rsplit(",", 1)[0].split()[-1:]
        keys = {block.lexicon.name_key(word) for word in [*after, *ahead] if word[0].isupper() and word.isalpha()}
        found = next((person for person in persons if keys & person.keys), None)
        if found is not None:
            return found
    return None


def may_open(name: Name, last: Sequence[Person], block: Block) -> bool:
    """Whether a role alone may be somebody new: «the driver», or any role behind the words of somebody unnamed."""
    unique = block.lexicon.keys_of(block.pack.words.unique)
    if name.words == 1 and name.parts[0].first in unique:
        return True
    if not unique:
        return False
    unnamed = any(person.speaks and person.name.role_only and not person.name.personal for person in last)
    return unnamed or (name.words == 1 and any(_has_other_role(person, name) for person in last))


def _has_other_role(person: Person, name: Name) -> bool:
    """Whether somebody has been called by another role alone: «the nurse» is not who «the baker» was."""
    first = name.parts[0].first
    alone = [part for part in person.parts if part.role and len(part.keys) == 1 and part not in person.name.parts]
    return any(part.first != first for part in alone)


def in_headline(name: Name, told: Person, text: str) -> bool:
    """Whether only the headline tells of a role, which the story gives a name: «Coach: “We won”»."""
    if not told.parts[0].role or any(part.personal for part in name.parts):
        return False
    return name.parts[0].span[0] < text.find("\n", 0, _HEADLINE) < told.at


def told_short(known: Name, name: Name, text: str) -> bool:
    """Whether the story may have told a name in full since: it says no more, or only in the headline does."""
    return not known.fuller(name) or known.span[0] < text.find("\n", 0, _HEADLINE)


def called_so(
    noun: Noun, name: Name, names: set[str], text: str, block: Block, persons: Sequence[Person]
) -> Person | None:
    """Whose mentions hold the names in a description, else who has its title if marks name a body: тренер «Енисея»."""
    person = next((p for p in persons if names <= p.keys), None)
    if person is None and block.holds(noun.start, noun.end, f.MARK):
        person = next((p for p in persons if has_title(p, name, text, block.lexicon)), None)
    return person


def issuer_in(noun: Noun, block: Block) -> Noun | None:
    """Whoever a document's own words name, where no capitals show names: «بيان | الوزارة»."""
    inside = range(noun.start + 1, noun.end)
    first = next((k for k in inside if block.flags[k] & (f.HEAD | f.DOCUMENT) == f.HEAD), noun.end)
    return None if block.pack.cased or first == noun.end else Noun(first, noun.end, noun.anchor)


def is_short(name: Name, noun: Noun, block: Block) -> bool:
    """Whether a mention is so short that the story may have given the name in full: «Field», «Van der Elst»."""
    most = _WITH_PARTICLES if block.has(noun.start, f.LINKING) else _SHORT
    return len(name.parts) == 1 and len(name.parts[0].keys) <= most


def stated_by(noun: Noun, block: Block) -> Name | None:
    """Whose document it is by a name with a case ending before it: «Valiliği'nden yapılan | yazılı açıklamada»."""
    if not block.pack.cased or not block.pack.words.finals:
        return None
    k = noun.start - 1
    while k > 0 and noun.start - k < _PARTICIPLE and block.has(k, f.CLAUSE):
        k -= 1
    if not block.has(k, f.CAPITAL) or not block.has(k, f.STOP | f.ATTACHING):
        return None
    first = k
    while first > 0 and (block.has(first - 1, f.CAPITAL) or (first > 1 and block.has(first - 1, f.CONJUNCTION))):
        first -= 1
    last = block.lexicon.name_stem(block.words[k])
    words = [*block.words[first:k], last]
    return name_of(words, [*block.flags[first:k], block.lexicon[last]], block.starts[first : k + 1], block.lexicon)
