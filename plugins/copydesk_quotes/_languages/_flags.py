"""What a token can be, as bits of one integer: a language pack gives words these parts."""

from __future__ import annotations

from typing import Final

CUE: Final = 1 << 0
ACCORDING: Final = 1 << 1
COMPLEMENTIZER: Final = 1 << 2
PRONOUN: Final = 1 << 3
STOP: Final = 1 << 4
CLAUSE: Final = 1 << 5
AUXILIARY: Final = 1 << 6
ADVERB: Final = 1 << 7
DETERMINER: Final = 1 << 8
CONJUNCTION: Final = 1 << 9
TITLE: Final = 1 << 10
DOCUMENT: Final = 1 << 11
HEAD: Final = 1 << 12
FILLER: Final = 1 << 13
HEARSAY: Final = 1 << 14
FINAL: Final = 1 << 15
SUBJECT: Final = 1 << 16
BLOCKER: Final = 1 << 17
PHRASE: Final = 1 << 18
ADDRESSEE: Final = 1 << 19
OCCASION: Final = 1 << 32
ATTACHING: Final = 1 << 33
RELATIVE: Final = 1 << 34
LINKING: Final = 1 << 35
SCARE: Final = 1 << 36
ADVERSATIVE: Final = 1 << 37
VERB: Final = 1 << 38
RESUMPTIVE: Final = 1 << 40
MANNER: Final = 1 << 41
SOURCE: Final = 1 << 42
INFINITIVE: Final = 1 << 44
PASSIVE: Final = 1 << 50
NORM: Final = 1 << 51
ORIGIN: Final = 1 << 52
FINITE: Final = 1 << 53
GERUND: Final = 1 << 54
TOPIC: Final = 1 << 45
HYPHEN: Final = 1 << 39
"""A dash without blanks, which ties words to one: «al-Maliki»; no punctuation."""

POSTPOSITION: Final = 1 << 43
CROWD: Final = 1 << 46
PLAIN: Final = 1 << 47
ROLE: Final = 1 << 49
ANAPHOR: Final = 1 << 60
DASHED: Final = 1 << 48
"""A mark that is a dash: speech in dashes."""

MARK: Final = 1 << 20
COMMA: Final = 1 << 21
COLON: Final = 1 << 22
END: Final = 1 << 23
DASH: Final = 1 << 24
OPEN: Final = 1 << 25
CLOSE: Final = 1 << 26
SEMICOLON: Final = 1 << 27

CAPITAL: Final = 1 << 28
NUMBER: Final = 1 << 29
PREFIXED: Final = 1 << 30
ABBREVIATION: Final = 1 << 31

PUNCTUATION: Final = MARK | COMMA | COLON | END | DASH | OPEN | CLOSE | SEMICOLON
HOT: Final = CUE | ACCORDING | MARK | HEARSAY
"""A paragraph without any of these needs no closer look."""

SIGNS: Final[dict[str, int]] = {
    **dict.fromkeys("\"'`“”„‟‘’‚‛«»‹›「」『』〝〞〟＂❝❞″״", MARK),
    "''": MARK,
    "``": MARK,
    ",,": MARK,
    **dict.fromkeys(",،，、", COMMA),
    **dict.fromkeys(":：", COLON),
    **dict.fromkeys(".!?…؟。！？۔।॥‽．", END),
    "...": END,
    **dict.fromkeys("-–—―−‒", DASH),
    "--": DASH,
    **dict.fromkeys("([{（［【", OPEN),
    **dict.fromkeys(")]}）］】", CLOSE),
    **dict.fromkeys(";؛；", SEMICOLON),
}

LISTS: Final[dict[str, int]] = {
    "clause": CLAUSE,
    "conjunctions": CONJUNCTION,
    "stops": STOP,
    "auxiliaries": AUXILIARY,
    "adverbs": ADVERB,
    "determiners": DETERMINER,
    "blockers": BLOCKER,
    "titles": TITLE,
    "heads": HEAD,
    "roles": HEAD | ROLE,
    "bodies": HEAD,
    "documents": DOCUMENT,
    "addressees": ADDRESSEE,
    "occasions": OCCASION,
    "postpositions": POSTPOSITION,
    "plain": PLAIN,
    "attaching": ATTACHING,
    "relatives": RELATIVE,
    "linking": LINKING,
    "scare": SCARE,
    "adversatives": ADVERSATIVE,
    "verbs": VERB,
    "crowds": CROWD,
    "passives": PASSIVE,
    "norms": NORM,
    "finite": FINITE,
    "gerunds": GERUND,
    "origins": ORIGIN,
    "anaphors": ANAPHOR,
    "infinitives": INFINITIVE,
    "topics": TOPIC,
    "fillers": FILLER,
    "abbreviations": ABBREVIATION,
    "subjects": SUBJECT,
    "finals": FINAL,
    "hearsay": HEARSAY,
    "resumptive": RESUMPTIVE,
    "manner": MANNER,
    "sources": SOURCE,
}
"""The parts of each list in a pack's ``[words]``."""
