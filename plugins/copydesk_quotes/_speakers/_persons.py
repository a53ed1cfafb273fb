"""Who speaks in a story: a person's or body's mentions, and whether two of them mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._record import Record
from copydesk_quotes._speakers._mention import Name, Part, Span

_MOST_PARTS: Final = 4
_GIVEN: Final = 4


class Person(Record):
    """Somebody who speaks in the story, by the fullest name so far."""

    name: Name
    parts: tuple[Part, ...]
    """Those of every mention."""
    at: int
    """Where the last mention begins."""
    gender: str = ""
    number: str = ""
    speaks: bool = True
    """False for sources of according-to phrases, whom no pronoun means."""
    issued: bool = False
    """A document of theirs was named where they spoke: «said in a statement»."""
    sought: bool = False
    """A fuller name was looked for after the first mention."""

    @property
    def office(self) -> bool:
        return self.parts[0].office

    @property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*[part.keys for part in self.parts])

    def agrees(self, gender: str, number: str) -> bool:
        """Whether a form of this gender and number can mean this person."""
        if gender == "n" and any(part.human for part in self.parts):
            return False
        return self.gender in ("", gender or self.gender) and self.number in ("", number or self.number)


def same(person: Person, told: Name, lexicon: Lexicon) -> bool:
    """Whether a mention means a person: it shortens the name, or names the office the person was given."""
    known: Sequence[Part] = person.parts
    asked: Sequence[Part] = told.parts
    if len(known) > 1 or len(asked) > 1:
        names = [[part for part in parts if not part.office] for parts in (known, asked)]
        if all(names):
            known, asked = names
    for part in asked:
        for other in known:
            if _alike(part, other, lexicon) and not (other.office and _names_another(part, other, person, told)):
                return True
    return False


def _names_another(part: Part, other: Part, person: Person, told: Name) -> bool:
    """Whether a mention gives an office that a person was called by a name of its own: «police chief Mary Jones»."""
    if not (other.keys < part.keys and told.personal and person.name.personal):
        return False
    return not (told.keys <= person.keys or person.name.keys <= told.keys)


def _alike(part: Part, other: Part, lexicon: Lexicon) -> bool:
    if lexicon.pack.family_names and _same_family_name(part, other, lexicon.pack.honorifics):
        return True
    if len(part.keys) == 1 and part.office and lexicon.pack.cased and other.first != part.first:
        # «the minister» after «Energy Minister Chris Bowen», «die Ministerin» after «Umweltministerin».
        if part.last in other.keys:
            # «The woman» is not «the first woman to lead the club».
            return part.last not in lexicon.keys_of(lexicon.pack.words.anyone)
        return lexicon.pack.capital_nouns and other.first.endswith(part.last)
    if part.role and other.personal and part.last == other.last and len(part.keys) > 1:
        # «Rechtsanwalt Söllner» after «Matthias Söllner».
        return part.keys - {part.first} <= other.keys
    if not (part.keys <= other.keys or other.keys <= part.keys):
        return False
    given = (lexicon.pack.given_names and len(part.keys) == 1) or part.called or other.called
    return part.last == other.last or given or (part.first == other.first and (part.office or other.office))


def _same_family_name(part: Part, other: Part, honorifics: tuple[str, ...]) -> bool:
    """Whether one is the family name, the title or both of the other: 谷川市長 and 市長 after 谷川信吾市長."""
    titled = part.title.endswith(other.title) or other.title.endswith(part.title)
    if not titled and part.letters and other.letters:
        titled = part.title in honorifics or other.title in honorifics
    both = part.title != "" and other.title != ""
    if not titled:
        return False
    if not part.letters or not other.letters:
        return both
    if part.office or other.office or (len(min(part.letters, other.letters, key=len)) == 1 and not both):
        return False
    return _begins(part, other) or _begins(other, part)


def _begins(part: Part, other: Part) -> bool:
    """Whether a name, or a word of it, begins with the letters of a shorter one."""
    if other.letters.startswith(part.letters) or any(key.startswith(part.letters) for key in other.keys):
        return True
    at = other.letters.find(part.letters) if len(part.letters) > 1 else -1
    return at > 0 and 0 < len(other.letters) - at - len(part.letters) <= _GIVEN


def merge(person: Person, told: Person) -> None:
    """Add a mention to a person, who goes by the fuller name from now on."""
    if told.name.fuller(person.name):
        person.name = told.name
    for part in told.parts:
        for known in person.parts:
            # A surname alone would fit the person's family too.
            if part.keys == known.keys or (part.personal and part.keys < known.keys):
                break
        else:
            person.parts = (*person.parts, part)[:_MOST_PARTS]
    person.at = told.at
    person.gender = told.gender or person.gender
    person.number = told.number or person.number
    person.speaks = told.speaks or person.speaks
    person.issued = told.issued or person.issued


def later_name(persons: Sequence[Person], span: Span) -> Span | None:
    """The name that the story gives below whom a headline calls «the mayor»: the first with that office."""
    called = (person for person in persons if any(part.span == span for part in person.parts))
    person = next(called, None)
    if person is None:
        return None
    below = [other.name for other in persons if other.name.personal and other.name.span[0] > span[1]]
    if person.name not in below and person.parts[0].office:
        office = person.parts[0].first
        below = [name for name in below if any(office == part.title or office in part.keys for part in name.parts)]
    elif person.name in below:
        return person.name.span
    else:
        return None
    return min([name.span for name in below], default=None)


def meant_inside(persons: list[Person], speaking: Person | None, gender: str, number: str) -> Span | None:
    """The name of whom a pronoun inside somebody's words means: «I» the speaker, «he» the last man besides."""
    meant = speaking
    if gender or number:
        others = [person for person in reversed(persons) if person is not speaking and person.agrees(gender, number)]
        meant = next((person for person in others if person.gender == gender or not gender), None)
    return meant.name.span if meant else None
