"""Who speaks in a story: a person's or body's mentions, and whether two of them mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._record import Record

Span = tuple[int, int]
_MOST_PARTS = 4
_GIVEN = 4
_HEADS = f.HEAD | f.TITLE
_FORMED = _HEADS | f.DETERMINER
_SIGNS = f.PUNCTUATION | f.DETERMINER
_NO_NAME = f.HEAD | f.TITLE | f.DETERMINER | f.LINKING | f.BLOCKER | f.STOP


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
    """It holds a noun or title of a person: Handelsbanken analyst Jonas Ekdahl."""
    body: bool
    """It holds a noun for a body and none for a person: Norvik Group."""
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
        return (self.personal, self.words, self.letters) > (other.personal, other.words, other.letters)


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


def name_of(words: Sequence[str], flags: Sequence[int], starts: Sequence[int], lexicon: Lexicon) -> Name | None:
    """The mention that these tokens make; None where they hold no word of a name."""
    seen = count = 0
    named = False
    if lexicon.particles:
        # «장관은» is a title as «장관» is.
        last = words[-1]
        flags = [*flags[:-1], flags[-1] | lexicon[last[: len(last) - lexicon.particle(last)]]]
    for flag in flags:
        seen |= flag
        count += not flag & _SIGNS
        named = named or (flag & f.CAPITAL and not flag & _NO_NAME) != 0
    if seen & f.COMMA:
        cuts = [-1, *[i for i, flag in enumerate(flags) if flag & f.COMMA], len(flags)]
        inside = [slice(first + 1, end) for first, end in pairwise(cuts)]
        parts = [part for at in inside if (part := _part(words[at], flags[at], starts[at], lexicon))]
    else:
        whole = _part(words, flags, starts, lexicon)
        parts = [whole] if whole else []
    if not parts:
        return None
    personal = named if lexicon.pack.cased else not all(part.office for part in parts)
    gender, number = _form(words, flags, lexicon) if seen & _FORMED else ("", "")
    keys = parts[0].keys if len(parts) == 1 else frozenset().union(*[part.keys for part in parts])
    return Name(tuple(parts), personal, count, gender, number, keys)


def _part(words: Sequence[str], flags: Sequence[int], starts: Sequence[int], lexicon: Lexicon) -> Part | None:
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
    if named and not flags[named[0]] & (f.LINKING | f.STOP):
        kept = named
    keys = []
    capitals = True
    for i in kept:
        keys.append(lexicon.name_key(words[i]))
        capitals = capitals and flags[i] & (f.CAPITAL | f.HEAD) == f.CAPITAL
    first = kept[0]
    pointed = first > 0 and len(kept) == 1 and flags[first - 1] & f.DETERMINER != 0
    span = starts[0], starts[-1] + len(words[-1]) - lexicon.particle(words[-1])
    office, role = pointed or flags[first] & _HEADS != 0, flags[first] & f.ROLE != 0
    personal = not office and (capitals or not lexicon.pack.cased)
    titles = [i for i, flag in enumerate(flags) if flag & f.TITLE] if seen & f.TITLE else []
    title = lexicon.name_key(words[titles[-1]]) if titles else ""
    letters = "".join([lexicon.name_key(words[i]) for i in named]) if lexicon.pack.family_names else ""
    human = seen & (f.ROLE | f.TITLE) != 0
    body = seen & f.HEAD != 0 and not human
    return Part(frozenset(keys), keys[0], keys[-1], office, role, personal, title, letters, human, body, span)


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
            if _alike(part, other, lexicon):
                return True
    return False


def _alike(part: Part, other: Part, lexicon: Lexicon) -> bool:
    if lexicon.pack.family_names and _same_family_name(part, other, lexicon.pack.honorifics):
        return True
    if len(part.keys) == 1 and part.office and lexicon.pack.cased and other.first != part.first:
        # «the minister» after «Energy Minister Chris Bowen», «die Ministerin» after «Umweltministerin».
        return part.last in other.keys or (lexicon.pack.capital_nouns and other.first.endswith(part.last))
    if not (part.keys <= other.keys or other.keys <= part.keys):
        return False
    given = lexicon.pack.given_names and len(part.keys) == 1
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
    seen = [part.keys for part in person.parts]
    person.parts = (*person.parts, *[part for part in told.parts if part.keys not in seen])[:_MOST_PARTS]
    person.at = told.at
    person.gender = told.gender or person.gender
    person.number = told.number or person.number
    person.speaks = told.speaks or person.speaks
    person.issued = told.issued or person.issued
