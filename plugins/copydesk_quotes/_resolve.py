"""Who a pronoun, a short name or «the statement» refers to: the fullest earlier name in the story."""

from __future__ import annotations

import msgspec

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block
from copydesk_quotes._found import Found
from copydesk_quotes._names import Span, fullest_mention
from copydesk_quotes._nouns import Noun
from copydesk_quotes._pack import According, Pronoun

_SHORT = 2
_REMEMBERED = 60


class Person(msgspec.Struct):
    """Somebody who speaks in the story, by the fullest name so far."""

    span: Span
    keys: frozenset[str]
    ends: tuple[str, str]
    """The first word of an office's name, else an empty string, and the last word."""
    gender: str = ""
    number: str = ""
    speaks: bool = True
    """False for sources of according-to phrases, whom no pronoun means."""
    issued: bool = False
    """A document of theirs was named where they spoke: «said in a statement»."""


class Resolver(msgspec.Struct):
    """Follows a story from its top and says who each speaker is."""

    text: str
    persons: list[Person] = []

    def resolve(self, found: Found) -> tuple[Span | None, Span | None]:
        """The speaker's own span, and the span of the name it stands for; both may be None."""
        if found.announced is not None:
            return self.resolve(found.announced)
        if found.lends is not None and found.speaker is None:
            own, full = self.resolve(found.lends)
            return None, full or own
        block, noun = found.block, found.speaker
        gender, number = _form(found)
        if noun is None:
            return None, self._last(gender, number) if found.inherits else None
        start, end = block.span(noun.start, noun.end)
        span = start, end - block.lexicon.particle(block.words[noun.end - 1])
        flags = block.flags[noun.start : noun.end]
        if noun.end - noun.start == 1 and flags[0] & f.PRONOUN:
            gender, number = _pronoun(block, noun.start, gender, number)
            return span, self._last(gender, number)
        if any(flag & f.DOCUMENT for flag in flags[:2]) and not any(flag & f.LINKING for flag in flags[1:]):
            return span, self._issuer()
        keys = _name_keys(found, noun, f.PUNCTUATION | f.DETERMINER | f.TITLE)
        # «The mayor» alone has nothing but a title.
        keys = keys or _name_keys(found, noun, f.PUNCTUATION | f.DETERMINER)
        return span, self._named(found, span, keys, gender, number)

    def _last(self, gender: str, number: str) -> Span | None:
        for person in reversed(self.persons):
            if not person.speaks:
                continue
            if gender and person.gender and person.gender != gender:
                continue
            if number and person.number and person.number != number:
                continue
            person.gender = person.gender or gender
            return person.span
        return None

    def _issuer(self) -> Span | None:
        """Whose statement «the statement» is: the last who spoke in one, else the last who spoke for an office."""
        issued = [person.span for person in self.persons if person.issued or person.ends[0]]
        return next((person.span for person in reversed(self.persons) if person.issued), issued[-1] if issued else None)

    def _named(self, found: Found, span: Span, keys: frozenset[str], gender: str, number: str) -> Span | None:
        """Note a named speaker; give the fuller name it had before, if it had one."""
        if not keys:
            return None
        issued, speaks = _in_document(found), not isinstance(found.entry, According)
        told = Person(span, keys, _ends(found), gender, number, speaks, issued)
        for index in range(len(self.persons) - 1, -1, -1):
            person = self.persons[index]
            if _same(person, told) or (found.block.pack.given_names and len(keys) == 1 and keys <= person.keys):
                del self.persons[index]
                self.persons.append(_merged(person, told))
                return person.span if len(person.keys) > len(keys) else None
        earlier = self._mentioned(found, span, keys)
        told.span = earlier or span
        self.persons.append(told)
        del self.persons[:-_REMEMBERED]
        return earlier

    def _mentioned(self, found: Found, span: Span, keys: frozenset[str]) -> Span | None:
        """The fullest mention of a short name before the place where it speaks."""
        if len(keys) > _SHORT or found.speaker is None:
            return None
        word = found.block.words[found.speaker.end - 1]
        return fullest_mention(self.text, span[0], word, keys, found.block.lexicon)


def _name_keys(found: Found, noun: Noun, without: int) -> frozenset[str]:
    block = found.block
    words, flags, name_key = block.words, block.flags, block.lexicon.name_key
    return frozenset([name_key(words[i]) for i in range(noun.start, noun.end) if not flags[i] & without])


def _ends(found: Found) -> tuple[str, str]:
    noun, block = found.speaker, found.block
    if noun is None:
        return "", ""
    first = noun.start + 1 if block.has(noun.start, f.DETERMINER) and noun.end > noun.start + 1 else noun.start
    head = block.lexicon.name_key(block.words[first]) if block.has(first, f.HEAD) else ""
    return head, block.lexicon.name_key(block.words[noun.end - 1])


def _same(known: Person, told: Person) -> bool:
    """Whether one name is a short form of the other: they share their last word, or the office they begin with."""
    if not (told.keys <= known.keys or known.keys <= told.keys):
        return False
    return known.ends[1] == told.ends[1] or bool(told.ends[0] and known.ends[0] == told.ends[0])


def _merged(known: Person, told: Person) -> Person:
    """One person of two mentions, by the fuller name."""
    name = known if len(known.keys) >= len(told.keys) else told
    return Person(
        name.span,
        name.keys,
        name.ends,
        told.gender or known.gender,
        told.number or known.number,
        told.speaks or known.speaks,
        told.issued or known.issued,
    )


def _in_document(found: Found) -> bool:
    """Whether the frame says that the words stand in a document."""
    if found.speaker is None or found.cue is None:
        return False
    first = max(found.speaker.end, found.cue[1])
    return any(flag & f.DOCUMENT for flag in found.block.flags[first : found.tail])


def _form(found: Found) -> tuple[str, str]:
    return (found.entry.gender, found.entry.number) if found.entry else ("", "")


def _pronoun(block: Block, i: int, gender: str, number: str) -> tuple[str, str]:
    for entry in block.lexicon.entries.get(block.key(i), ()):
        if isinstance(entry, Pronoun):
            return entry.gender or gender, entry.number or number
    return gender, number
