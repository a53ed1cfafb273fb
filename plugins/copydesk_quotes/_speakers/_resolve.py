"""Who a pronoun, a short name or «the statement» refers to: the fullest earlier name in the story."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According
from copydesk_quotes._phrases._found import Found
from copydesk_quotes._phrases._nouns import Noun
from copydesk_quotes._speakers._descriptions import (
    called_so,
    has_title,
    in_headline,
    is_description,
    is_nameless,
    is_pointed,
    is_short,
    issuer_in,
    last_body,
    may_open,
    means_body,
    means_unnamed,
    named_with,
    names_in,
    points,
    stated_by,
    surname,
    told_short,
)
from copydesk_quotes._speakers._family_names import full_name_of
from copydesk_quotes._speakers._forms import form_shown, in_document, is_pronoun, pronoun_shown, span_of
from copydesk_quotes._speakers._full_names import full_name_before, name_opening
from copydesk_quotes._speakers._mention import Name, Span, name_of
from copydesk_quotes._speakers._names import full_name_called, fullest_mention, subject_before
from copydesk_quotes._speakers._persons import Person, meant_inside, merge, same

_REMEMBERED: Final = 60
_RECENT: Final = 4
_SHORT: Final = 2
_LEAST: Final = 8  # Letters that a name and its sentence take at least.


class Resolver:
    """Follows a story from its top and says who each speaker is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.persons: list[Person] = []
        self.said = -1
        """Where the last reported words end: who is named in them is no speaker."""
        self.documents: dict[str, Span] = {}
        self.document: Span | None = None  # The document that spoke last, which «it» means.
        self.speaking: Person | None = None  # Whose words others' words may stand in.

    def resolve(self, found: Found) -> tuple[Span | None, Span | None]:
        """The speaker's own span, and the span of the name it stands for; both may be None."""
        if found.nested and found.rule.endswith("nested"):
            # Whom a speaker quotes is nobody that the story itself goes on about.
            persons, speaking = self.persons[:], self.speaking
            who = self._resolve(found)
            self.persons, self.speaking = persons, speaking
            return who
        who = self._resolve(found)
        if found.spans:
            self.said = max(self.said, found.block.end(found.spans[-1][1] - 1))
        return who

    def _resolve(self, found: Found) -> tuple[Span | None, Span | None]:
        if found.announced is not None:
            return self._resolve(found.announced)
        if found.lends is not None and found.speaker is None:
            own, full = self._resolve(found.lends)
            return None, full or own
        block, noun = found.block, found.speaker
        gender, number = form_shown(found)
        if noun is None:
            if block.pack.orders[0] == "VSC":
                # A verb before its subject is singular always; one without a subject shows its number.
                number = number or "s"
            return None, self._last(found, gender, number) if found.inherits else None
        span = span_of(found, noun, self.text)
        if noun.end - noun.start == 1 and is_pronoun(found, noun.start):
            gender, number = pronoun_shown(block, noun.start, gender, number)
            return span, self._last(found, gender, number)
        document = block.holds(noun.start, min(noun.start + 2, noun.end), f.DOCUMENT)
        if document and not block.holds(noun.start + 1, noun.end, f.LINKING):
            self.document = self.documents.setdefault(self.text[span[0] : span[1]].lower(), span)
            return span, self._named_issuer(found, noun) or self._issuer(found)
        self.document = None
        full = self._named(found, noun, span, gender, number)
        self.speaking = self.persons[-1] if self.persons else None
        return span, full

    def _last(self, found: Found, gender: str, number: str) -> Span | None:
        """The last who spoke, or of whom the text wrote since, in a form that agrees."""
        if found.rule.endswith("nested"):
            return meant_inside(self.persons, self.speaking, gender, number)
        if gender == "n" and self.document is not None:
            return self.document
        source = isinstance(found.entry, According)
        # Where articles show a body's gender, one without is no «she».
        bodies = gender in ("", "n") or not found.block.pack.words.definite
        agreeing = (p for p in reversed(self.persons) if (p.speaks or source) and p.agrees(gender, number))
        person = next((p for p in agreeing if bodies or p.gender != "" or not p.parts[0].body), None)
        if found.entry is not None:
            person = self._written(found, person.at if person else -1, gender, number) or person
        if person is None:
            return None
        person.gender = person.gender or gender
        person.issued = person.issued or in_document(found)
        self.speaking = person
        return person.name.span

    def _written(self, found: Found, since: int, gender: str, number: str) -> Person | None:
        """Who the text names in front of these words, after offset ``since``."""
        block = found.block
        first = min(found.anchor, found.spans[0][0]) if found.spans else found.anchor
        first = min(first, found.speaker.start) if found.speaker is not None else first
        after, end = max(since, self.said), block.starts[first]
        if end - after <= _LEAST:
            return None
        known = self._opening(block, first, after)
        if known is not None and known.agrees(gender, number):
            return known
        name = subject_before(self.text, after, block, first) or full_name_before(self.text, after, block, first)
        if name is None:
            return None
        person = Person(name, name.parts, name.span[0], name.gender, name.number)
        if not person.agrees(gender, number):
            return None
        person.gender = name.gender or gender
        return self._note(person, block)

    def _opening(self, block: Block, first: int, after: int) -> Person | None:
        """The speaker whose name alone opens the sentence before ``first``: «Hale shrugs, though she says»."""
        start = name_opening(block, first)
        if start < 0 or block.starts[start] <= after:
            return None
        key = block.lexicon.name_key(block.words[start])
        called = (p for p in reversed(self.persons) if any(part.last == key for part in p.parts))
        # No capitals show a person's name: an office of two words has none.
        known = next((p for p in called if (p.name.person if block.pack.cased else p.name.words > _SHORT)), None)
        if known is not None or not block.pack.cased:
            return known
        full = full_name_called(self.text, block, start)
        if full is None:
            return None
        return self._note(Person(full, full.parts, block.starts[start], full.gender, full.number), block)

    def _named_issuer(self, found: Found, noun: Noun) -> Span | None:
        """Whose statement it is where the words by it tell: «بيان | الوزارة», «Valiliği'nden yapılan | açıklamada»."""
        inner, name = issuer_in(noun, found.block), stated_by(noun, found.block)
        if inner is not None:
            span = found.block.span(inner.start, inner.end)
            return self._named(found, inner, span, "", "") or span
        issuer = Person(name, name.parts, name.span[0], issued=True) if name else None
        return self._note(issuer, found.block).name.span if issuer else None

    def _issuer(self, found: Found) -> Span | None:
        """Whose statement «the statement» is: the last who spoke in one, else the last who spoke for an office."""
        latest = list(reversed(self.persons))
        person = next((person for person in latest if person.issued), None) or self._written(found, -1, "", "")
        person = person or next((person for person in latest if person.office or person.parts[0].body), None)
        return person.name.span if person else None

    def _named(self, found: Found, noun: Noun, span: Span, gender: str, number: str) -> Span | None:
        """Note a named speaker; give the fuller name it had before, if it had one."""
        block = found.block
        inside = slice(noun.start, noun.end)
        name = name_of(block.words[inside], block.flags[inside], block.starts[inside], block.lexicon)
        if name is None:
            return None
        told = Person(name, name.parts, span[0], gender or name.gender, number or name.number)
        told.speaks = not isinstance(found.entry, According) or any(part.human for part in name.parts)
        told.issued = in_document(found)
        known = self._note(told, block)
        if known.name is name and (known is told or block.pack.family_names):
            self._look_up(found, noun, known, name)
        elif known is not told and not known.sought and told_short(known.name, name, self.text):
            known.sought = True
            self._look_up(found, noun, known, name)
        if known is told:
            meant = self._described(name, told, found, noun) if points(noun, block) else None
            if meant is not None:
                return meant.name.span
            known = self._linked(told, noun, block)
        full = known.name
        if full is name:
            return None
        return full.span if full.fuller(name) or name.points_back(full, self.text) else None

    def _described(self, name: Name, told: Person, found: Found, noun: Noun) -> Person | None:
        """The last speaker or subject with a name whom a description means, where nobody was called so since."""
        block = found.block
        if not name.personal and means_body(name, told, block.lexicon):
            written = self._written(found, self.persons[-2].at, "", "") if len(self.persons) > 1 else None
            body = (
                written if written and written.parts[0].body else last_body(self.persons[-2::-1], told, block.lexicon)
            )
            if body is not None:
                self._take_for(told, body)
            return body
        if not is_description(name, told, noun, block) or (not block.pack.cased and is_pointed(noun, block)):
            return None
        person = self._meant(name, told, found, noun)
        if person is None or person is told:
            return None
        looked_up = told.name is not name and not in_headline(told.name, told, self.text)
        if looked_up and not told.name.keys <= person.keys and (told.name.personal or told.name.span[0] > person.at):
            return None
        self._take_for(told, person)
        told.name = person.name
        merge(person, told)
        return person

    def _meant(self, name: Name, told: Person, found: Found, noun: Noun) -> Person | None:
        """Whom a description tells of: by title, by a name in it, by words beside a name, else who was named last."""
        block = found.block
        if means_unnamed(told, name, self.persons[-2:-1], self.text, block):
            return self.persons[-2]
        names = names_in(noun, block)
        named = [p for p in self.persons[-2::-1] if p.name.person and not in_headline(p.name, told, self.text)]
        agreeing = [p for p in named if p.agrees(told.gender, told.number)]
        titled = (p for p in agreeing if names <= p.keys and has_title(p, name, self.text, block.lexicon))
        person = next(titled, None)
        if person is None and names:
            person = called_so(noun, name, names, self.text, block, agreeing)
        person = person or named_with(noun, self.text, block, agreeing)
        if person is not None or names or may_open(name, self.persons[-2:-1], block):
            return person
        if not (block.pack.cased or block.pack.family_names):
            return None
        person = next((p for p in agreeing if any(p is recent for recent in self.persons[-_RECENT:])), None)
        written = self._written(found, person.at if person else -1, told.gender, told.number)
        return written if written is not None and written.name.person else person

    def _take_for(self, told: Person, person: Person) -> None:
        """Forget a new speaker who is a known one, who is the last now."""
        self.persons = [*[known for known in self.persons if known is not told and known is not person], person]

    def _linked(self, told: Person, noun: Noun, block: Block) -> Person:
        """The last speaker, where a role without a name means one known by a bare name only, or the other way round.

        Where stories lead with the office, the name alone that speaks next is its holder's.
        """
        if len(self.persons) == 1:
            return told
        last, leads = self.persons[-2], block.pack.office_leads
        if not points(noun, block):
            return told
        agrees = last.agrees(told.gender, told.number)
        alone = told.name.role_only and told.name.words == 1
        if not block.pack.cased and told.office and is_pointed(noun, block):
            # «هذا المصدر», «المتحدث ذاته»; «ذات المصادر» may be one.
            bodiless = told.parts[0].body and any(part.human for part in last.parts)
            linked = len(told.parts) == 1 and not bodiless
            agrees = agrees or (block.holds(noun.start, noun.end, f.SOURCE) and last.office)
        elif alone and not block.pack.cased and is_nameless(last, self.text, block):
            linked = True
        elif alone or (told.name.role_only and leads):
            bare = last.name.name_only and not any(part.office for part in last.parts)
            linked = bare and not may_open(told.name, [last], block)
        else:
            linked = leads and len(self.persons) == 2 and last.name.role_only and told.name.name_only
        if not linked or not agrees:
            return told
        self.persons.pop()
        merge(last, told)
        return last

    def _note(self, told: Person, block: Block) -> Person:
        """Add a mention to the person it means, or a new person; give that person, who is the last now."""
        for index in range(len(self.persons) - 1, -1, -1):
            person = self.persons[index]
            if told.parts[0].role and in_headline(person.name, told, self.text):
                continue
            if person.agrees(told.gender, "") and same(person, told.name, block.lexicon):
                del self.persons[index]
                merge(person, told)
                break
        else:
            person = told
        self.persons.append(person)
        del self.persons[:-_REMEMBERED]
        return person

    def _look_up(self, found: Found, noun: Noun, told: Person, name: Name) -> None:
        """Give a speaker with a short name the fullest name of the text before."""
        block = found.block
        full = full_name_of(self.text, told.at, told.name, block.lexicon) if block.pack.family_names else None
        if full is None and is_short(name, noun, block):
            short = surname(noun, block) if name.parts[0].role else None
            others = [person.name.span for person in self.persons if not person.agrees(told.gender, "")]
            word = block.words[noun.end - 1]
            earlier = fullest_mention(self.text, told.at, short or name, word, block.lexicon, others)
            if earlier is not None and (earlier.fuller(told.name) or (told.name is name and told.office)):
                full = earlier
        if full is not None:
            told.name, told.parts = full, (*told.parts, *full.parts)
