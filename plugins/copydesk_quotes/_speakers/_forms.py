"""What a frame shows of its speaker besides the name: span, gender, number, a document that the words stand in."""

from __future__ import annotations

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According
from copydesk_quotes._phrases._found import Found
from copydesk_quotes._phrases._nouns import Noun


def in_document(found: Found) -> bool:
    """Whether the frame says that the words stand in a document."""
    if found.cue is None:
        return False
    start, end = found.cue
    if found.speaker is not None:
        subject_first = found.speaker.end < start and found.block.pack.orders[0] != "VSC"
        if subject_first and found.block.holds(found.speaker.end, start, f.DOCUMENT):
            # «协会在一份声明中称».
            return True
        end = max(found.speaker.end, end)
    return found.block.holds(end, found.tail, f.DOCUMENT)


def form_shown(found: Found) -> tuple[str, str]:
    """The gender and number that the cue's form shows."""
    return (found.entry.gender, found.entry.number) if found.entry else ("", "")


def pronoun_shown(block: Block, i: int, gender: str, number: str) -> tuple[str, str]:
    """The gender and number that a pronoun shows, else those given."""
    pronoun = block.lexicon.pronouns.get(block.key(i))
    return (pronoun.gender or gender, pronoun.number or number) if pronoun is not None else (gender, number)


def is_pronoun(found: Found, i: int) -> bool:
    """Whether a speaker is a pronoun, also in the form it has behind a preposition: «according to him»."""
    if found.block.has(i, f.PRONOUN):
        return True
    return isinstance(found.entry, According) and found.block.key(i) in found.block.lexicon.pronouns


def span_of(found: Found, noun: Noun, text: str) -> tuple[int, int]:
    """The speaker's own span: without a preposition or particle that is written with the name."""
    block = found.block
    start, end = block.span(noun.start, noun.end)
    if block.lexicon.particles:
        end -= block.lexicon.particle(block.words[noun.end - 1])
        if isinstance(found.entry, According) and found.entry.speaker == "before":
            # «경찰|에 따르면»: the particle belongs to the phrase.
            end -= next((len(form) for form in found.entry.closes if text.endswith(form, start, end)), 0)
    prefixes = block.pack.noun_prefixes
    if prefixes and isinstance(found.entry, According) and block.has(noun.start, f.PREFIXED):
        # «وفقا ل|وزارة الصحة»: the preposition is no part of the name.
        start += next((len(prefix) for prefix in prefixes if text.startswith(prefix, start)), 0)
    return start, end
