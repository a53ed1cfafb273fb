"""A pack made ready for reading: the token pattern, and what each word can be."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._affixes import form_of, split_forms, stem
from copydesk_quotes._languages._given import given_names
from copydesk_quotes._languages._keys import Keys
from copydesk_quotes._languages._pack import According, Cue, Pack, Pronoun
from copydesk_quotes._languages._patterns import spaced_pattern, unspaced_pattern

_NOUN: Final = f.HEAD | f.TITLE | f.DOCUMENT | f.ROLE
_MEMORY: Final = 200_000
_SILENT: Final = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d\u00ad]")

Entry = Cue | According | Pronoun | None


class Phrase(NamedTuple):
    """Several words that belong together: the ones after the first, what they are, their entry."""

    rest: tuple[str, ...]
    flag: int
    entry: Entry


class Lexicon(dict[str, int]):
    """Flags by word as written; unknown words are folded, looked up and remembered."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.pack = pack
        self.keys_by_word = Keys(lambda word: self._found(self.fold(word))[0])
        self._name_keys: dict[str, str] = {}
        self._particles: dict[str, int] = {}
        self.flags_by_key: dict[str, int] = defaultdict(int)
        self.cues: dict[str, list[Cue | According]] = defaultdict(list)
        """The entries of each word that is a cue or according-to phrase by itself."""
        self.pronouns: dict[str, Pronoun] = {}
        self.phrases: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        self.groups: dict[str, set[str]] = defaultdict(set)
        self.suffixes: dict[str, int] = {}
        self._keys_of: dict[tuple[str, ...], frozenset[str]] = {}
        self._given: dict[str, str] = {}
        self._form_by_word: dict[str, tuple[str, str]] = {}
        self.openings: dict[str, int] = {}
        self.knows_verbs = bool(pack.words.verbs)
        self._table = str.maketrans(pack.fold)
        glued = {form[1:] for form in (*pack.words.topics, *pack.words.subjects) if form.startswith("*")}
        self.particles = sorted(glued, key=len, reverse=True)
        self._prefixes = [(prefix.replace("-", ""), len(prefix.split("-")[0])) for prefix in pack.prefixes]
        forms = (pack.words.feminine, pack.words.masculine, pack.words.plural)
        self._forms = [split_forms(map(self.fold, words)) for words in forms]
        # What comes first spares blanks, plain words and stops the many branches: half of the time.
        follows = r",? |(?<=\w\w)\. " if pack.cased else "[.,]? "
        self.token = re.compile(rf"((?=\S)(?:\w++(?={follows})|[.,](?=\s)|{spaced_pattern(pack)}))")
        """One group, so that splitting gives tokens and the gaps between them in turn."""
        self._fill()
        if not pack.spaced:
            self.token = re.compile(rf"((?=\S)(?:{unspaced_pattern(pack)}))")
        self.longest_suffix = max(map(len, self.suffixes), default=0)
        self.openings = dict(sorted(self.openings.items(), key=lambda opening: -len(opening[0])))

    def fold(self, word: str) -> str:
        """The key a word is listed under: case, vowel signs, joiners and look-alike letters set aside."""
        if word in self.pack.exact:
            return word
        key = word.lower() if word.isascii() else _folded(word.replace("’", "'"))
        table = getattr(self, "_table", None) or str.maketrans(self.pack.fold)
        return key.translate(table) if table else key

    def key(self, word: str) -> str:
        """The key under which a word as written was found."""
        return self.keys_by_word[word]

    def is_cue(self, words: list[str], i: int) -> bool:
        """Whether a word that opens phrases is a cue by itself, or a word that goes on with one of them follows."""
        key = self.key(words[i])
        return key in self.cues or (i + 1 < len(words) and self.key(words[i + 1]) in self.phrases[key])

    def keys_of(self, words: tuple[str, ...]) -> frozenset[str]:
        """The keys of the words and phrases of an entry's list."""
        known = self._keys_of.get(words)
        if known is None:
            known = self._keys_of[words] = frozenset(self.fold(word) for phrase in words for word in phrase.split())
        return known

    def name_key(self, word: str) -> str:
        """The key of a word of a name, its article and ending set aside."""
        known = self._name_keys.get(word)
        if known is None:
            key = self.key(word)
            start, end = stem(key[: len(key) - self.particle(word)], self._articles(word))
            known = self._name_keys[word] = key[start:end]
        return known

    def name_stem(self, word: str) -> str:
        """A word of a name as written, its article and ending left out."""
        start, end = stem(word[: len(word) - self.particle(word)], self._articles(word))
        return word[start:end]

    def _articles(self, word: str) -> tuple[str, ...]:
        """The articles and endings a word can have; of «the minister's deputy» only the deputy speaks."""
        if not self.pack.cased:
            return self.pack.articles
        # A sentence may open with a noun that is written small elsewhere: «Инспекция», «инспекция труда».
        return self.pack.articles if word[0].isupper() and not self[word] & f.HEAD else ()

    def form(self, word: str) -> tuple[str, str]:
        """The gender and number that a noun for persons or a body shows, where the pack can tell."""
        known = self._form_by_word.get(word)
        if known is None:
            known = self._form_by_word[word] = form_of(self.key(word), *self._forms)
        return known

    def given(self, word: str) -> str:
        """The gender that a given name shows, empty where it is none."""
        if not self._given:
            self._given = {self.fold(name): gender for name, gender in given_names(self.pack).items()}
        return self._given.get(self.key(word), "")

    def particle(self, word: str) -> int:
        """How many letters at a subject's end are its particle: 은 of 장관은."""
        if not self.particles or not self[word] & (f.TOPIC | f.SUBJECT):
            return 0
        known = self._particles.get(word, -1)
        if known < 0:
            known = next((len(p) for p in self.particles if word.endswith(p) and len(word) > len(p)), 0)
            self._particles[word] = known
        return known

    def forget(self) -> None:
        """Drop the memory of words when it has grown too large; called between paragraphs."""
        if len(self) > _MEMORY:
            self.clear()
            self.keys_by_word.clear()
            self._name_keys.clear()
            self._particles.clear()
            self._form_by_word.clear()

    def __missing__(self, word: str) -> int:
        key, flags = self._found(self.fold(word))
        if word[0].isupper():
            flags |= f.CAPITAL
        elif word[0].isdigit():
            flags |= f.NUMBER
        self.keys_by_word[word] = key
        self[word] = flags
        return flags

    def _found(self, key: str) -> tuple[str, int]:
        sign = f.SIGNS.get(key)
        if sign is not None:
            return key, sign | self.flags_by_key.get(key, 0)
        listed = self.flags_by_key.get(key)
        if listed == f.PHRASE:
            # It only opens phrases, and is not listed itself.
            return key, listed | self._by_pattern(key)[1]
        if listed is not None:
            return key, listed
        for prefix, length in self._prefixes:
            flags = self.flags_by_key.get(key[length:], 0) if key.startswith(prefix) else 0
            if flags:
                return key[length:], flags | f.PREFIXED
        for prefix in self.pack.noun_prefixes:
            flags = self.flags_by_key.get(key[len(prefix) :], 0) & _NOUN if key.startswith(prefix) else 0
            if flags:
                return key[len(prefix) :], flags | f.PREFIXED
        return self._by_pattern(key)

    def _by_pattern(self, key: str) -> tuple[str, int]:
        """What a listed ending or beginning makes of a word that is not listed itself."""
        for length in range(min(self.longest_suffix, len(key) - 1), 0, -1):
            flags = self.suffixes.get(key[-length:], 0)
            if flags:
                if flags & (f.CUE | f.ACCORDING):
                    self.cues[key] = self.cues["*" + key[-length:]]
                # «einzurichten» ends as a finite verb does.
                opened = self._opened(key)[1] if self.openings else 0
                return key, flags | opened if opened & f.INFINITIVE else flags
        return self._opened(key) if self.openings else (key, 0)

    def _opened(self, key: str) -> tuple[str, int]:
        for opening, flags in self.openings.items():
            if key.startswith(opening) and len(key) > len(opening) + 1:
                self.groups[key] |= self.groups[opening + "*"]
                return key, flags | f.PREFIXED
        return key, 0

    def _fill(self) -> None:
        words = self.pack.words
        for name, flag in f.LISTS.items():
            self._add(getattr(words, name), flag, None)
        for group, forms in self.pack.complementizers.items():
            self._add(forms, f.COMPLEMENTIZER, None)
            for form in forms:
                self.groups[form if form.endswith("*") else self._keys(form)[-1]].add(group)
        for pronoun in self.pack.pronouns:
            self._add(pronoun.forms, f.PRONOUN, pronoun)
            for form in pronoun.objects:
                self._enter(self.fold(form), pronoun)
        for cue in self.pack.cues:
            self._add(cue.forms, f.CUE, cue)
            self._add([link for link in cue.links if " " not in link], f.STOP, None)
        for according in self.pack.according:
            self._add(according.forms, f.ACCORDING, according)
        for seconds in self.phrases.values():
            for phrases in seconds.values():
                phrases.sort(key=lambda phrase: (-len(phrase.rest), phrase.rest))

    def _keys(self, phrase: str) -> list[str]:
        elided = self.pack.apostrophe == "ends" and phrase.endswith(("'", "’"))
        # An elided word is one only before another: «qu'» of «qu'il».
        words = self.token.findall(phrase + "a")[:-1] if elided else self.token.findall(phrase)
        return [self.fold(word) for word in words]

    def _add(self, forms: Iterable[str], flag: int, entry: Entry) -> None:
        for form in forms:
            if form.startswith("*"):
                key = self.fold(form[1:])
                self.suffixes[key] = self.suffixes.get(key, 0) | flag
                self._enter("*" + key, entry)
                continue
            if form.endswith("*"):
                key = self.fold(form[:-1])
                self.openings[key] = self.openings.get(key, 0) | flag
                continue
            first, *rest = self._keys(form)
            if rest:
                self.phrases[first][rest[0]].append(Phrase(tuple(rest), flag, entry))
                self.flags_by_key[first] |= f.PHRASE | (flag & f.HOT)
            else:
                self.flags_by_key[first] |= flag
                self._enter(first, entry)

    def _enter(self, key: str, entry: Entry) -> None:
        if isinstance(entry, Pronoun):
            self.pronouns.setdefault(key, entry)
        elif entry is not None:
            self.cues[key].append(entry)


def _folded(word: str) -> str:
    word = _SILENT.sub("", unicodedata.normalize("NFC", word))
    return _SILENT.sub("", word.replace("İ", "i").lower())
