"""A paragraph, headline or standfirst as tokens, with its marks paired and its sentences and cues found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import Literal, NamedTuple

from copydesk_quotes import _flags as f
from copydesk_quotes._dialogue import ANY_VERB, dashed, verbs_behind
from copydesk_quotes._lexicon import Lexicon, Phrase
from copydesk_quotes._marks import Pair, pair_marks, stray_close
from copydesk_quotes._pack import According, Cue

BlockKind = Literal["headline", "standfirst", "paragraph"]
_LOOK_AHEAD = 8
_LONGEST = 300
_CONTENT_FIRST = {"CVS", "CSV", "SCV"}
_TURNS = f.MARK | f.END
_STARTS = f.PHRASE | f.CUE | f.ACCORDING | f.DASH
_NOTED = _TURNS | _STARTS
_CUES = (Cue, According)
_HYPHENS = "-\u2010\u2011"


class Hit(NamedTuple):
    """A cue or according-to phrase on the tokens ``start`` to ``end``."""

    start: int
    end: int
    entry: Cue | According


class Sentence(NamedTuple):
    """The tokens ``start`` to ``end`` of one sentence; marks hold sentences together."""

    start: int
    end: int


def _pieces(start: int, end: int) -> Iterator[Sentence]:
    """A run of words far longer than any sentence, cut so that looking around in it stays cheap."""
    while end - start > _LONGEST:
        yield Sentence(start, start + _LONGEST)
        start += _LONGEST
    yield Sentence(start, end)


class Block:
    """One block's tokens as parallel lists: words, flags, and start offsets in the document's text."""

    def __init__(
        self,
        text: str,
        kind: BlockKind,
        lexicon: Lexicon,
        words: list[str],
        flags: list[int],
        starts: list[int],
        seen: int,
    ) -> None:
        self.seen = seen
        """Every flag that some token has."""
        self.text = text
        self.kind = kind
        self.lexicon = lexicon
        self.pack = lexicon.pack
        self.words = words
        self.flags = flags
        self.starts = starts
        self._words_before = list(accumulate(self._weights(), initial=0))
        noted = [i for i, flag in enumerate(flags) if flag & _NOTED]
        marks = [i for i in noted if flags[i] & f.MARK] if seen & f.MARK else []
        self.all_pairs = pair_marks(words, flags, starts, marks, self.pack.spaced)
        if self.pack.dialogue and seen & f.DASH:
            dashes = [i for i in noted if flags[i] & f.DASH]
            self.all_pairs = dashed(words, flags, starts, dashes, self.all_pairs)
        self.pairs = [pair for pair in self.all_pairs if pair.depth == 0]
        self.by_open = {pair.open: pair for pair in self.all_pairs}
        self.by_close = {pair.close: pair for pair in self.all_pairs if pair.closed}
        self.stray = stray_close(words, flags, starts, marks, self.pairs[0].open if self.pairs else len(words))
        """The token of a mark that closes what an earlier block opened, or -1."""
        self._opens = [pair.open for pair in self.pairs]
        turns = [i for i in noted if flags[i] & _TURNS]
        self.sentences = list(self._sentences(0, len(words), turns))
        self.hits = self._hits([i for i in noted if flags[i] & _STARTS])
        if self.pack.dialogue and self.pairs:
            self._add_verbs()

    def _add_verbs(self) -> None:
        """Add the verbs behind speech that are no listed cues."""
        begun = {hit.start for hit in self.hits}
        verbs = [Hit(i, i + 1, ANY_VERB) for i in verbs_behind(self.flags, self.pairs) if i not in begun]
        self.hits = sorted([*self.hits, *verbs], key=lambda hit: hit.start) if verbs else self.hits

    def _weights(self) -> list[int]:
        """How many words each token counts for; where words are written together, two letters are one."""
        if self.pack.spaced:
            return [not flag & f.PUNCTUATION for flag in self.flags]
        tokens = zip(self.words, self.flags, strict=True)
        return [0 if flag & f.PUNCTUATION else (len(word) + 1) // 2 for word, flag in tokens]

    def end(self, i: int) -> int:
        """The offset after token ``i``."""
        return self.starts[i] + len(self.words[i])

    def key(self, i: int) -> str:
        """The folded form of token ``i``."""
        return self.lexicon.key(self.words[i])

    def has(self, i: int, flag: int) -> bool:
        """Whether token ``i`` exists and has one of the flags."""
        return 0 <= i < len(self.flags) and bool(self.flags[i] & flag)

    def pair_around(self, i: int) -> Pair | None:
        """The outer pair of marks that token ``i`` is inside of or part of."""
        at = bisect_right(self._opens, i) - 1
        if at >= 0 and i <= self.pairs[at].close:
            return self.pairs[at]
        return None

    def pairs_from(self, i: int) -> Iterator[Pair]:
        """The outer pairs in order, from the one that token ``i`` is in or that follows it."""
        return islice(self.pairs, max(bisect_right(self._opens, i) - 1, 0), None)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Text offsets of the tokens ``first`` to ``last``, the latter not included."""
        return self.starts[first], self.end(last - 1)

    def words_between(self, first: int, last: int) -> int:
        """How many of these tokens are words."""
        before = self._words_before
        last = min(last, len(before) - 1)
        return before[last] - before[first] if first < last else 0

    def _hits(self, candidates: list[int]) -> list[Hit]:
        flags, skip = self.flags, 0
        hits: list[Hit] = []
        for i in candidates:
            if i < skip:
                continue
            flag = flags[i]
            if flag & f.DASH and self._ties(i):
                flags[i] = f.HYPHEN
                continue
            if flag & f.CUE and i and flags[i - 1] & f.HYPHEN:
                flags[i] &= ~f.CUE
                continue
            phrases = self._phrases_at(i) if flag & f.PHRASE else []
            if not phrases:
                if flag & (f.CUE | f.ACCORDING):
                    self._single(i, hits)
                continue
            skip = i + 1 + len(phrases[0].rest)
            parts = 0
            for phrase in phrases:
                parts |= phrase.flag
            for k in range(i, skip):
                known = f.HYPHEN if flags[k] & f.DASH and self._ties(k) else flags[k]
                flags[k] = (known & ~(f.CUE | f.ACCORDING | f.STOP)) | parts
            hits.extend(Hit(i, skip, phrase.entry) for phrase in phrases if isinstance(phrase.entry, _CUES))
        return hits

    def _single(self, i: int, hits: list[Hit]) -> None:
        """Add the entries of token ``i`` alone; a cue that only opens a phrase is none here."""
        flag = self.flags[i] & ~(f.CUE | f.ACCORDING)
        for entry in self.lexicon.entries.get(self.key(i), ()):
            if isinstance(entry, _CUES):
                flag |= f.CUE if isinstance(entry, Cue) else f.ACCORDING
                hits.append(Hit(i, i + 1, entry))
        self.flags[i] = flag

    def _ties(self, i: int) -> bool:
        """Whether a dash stands between two words without blanks: «newly-announced», «al-Maliki»."""
        if not 0 < i < len(self.words) - 1 or self.words[i] not in _HYPHENS:
            return False
        return self.starts[i] == self.end(i - 1) and self.starts[i + 1] == self.end(i)

    def _phrases_at(self, i: int) -> list[Phrase]:
        """The entries of the longest listed phrase that begins at token ``i``."""
        words, keys = self.words, self.lexicon.keys_by_word
        if i + 1 >= len(words):
            return []
        found: list[Phrase] = []
        for phrase in self.lexicon.phrases[keys[words[i]]].get(keys[words[i + 1]], ()):
            if found and phrase.rest != found[0].rest:
                break
            if found or tuple([keys[word] for word in words[i + 1 : i + 1 + len(phrase.rest)]]) == phrase.rest:
                found.append(phrase)
        return found

    def sentences_in(self, start: int, count: int) -> Iterator[Sentence]:
        """The sentences of the tokens ``start`` to ``count``; marks hold a sentence together."""
        flags = self.flags
        return self._sentences(start, count, [k for k in range(start, count) if flags[k] & _TURNS])

    def _sentences(self, start: int, count: int, turns: list[int]) -> Iterator[Sentence]:
        flags, skip = self.flags, start
        for i in turns:
            if i < skip:
                continue
            if i - start > _LONGEST:
                yield from _pieces(start, i)
                start = i
            pair = self.by_open.get(i) if flags[i] & f.MARK else None
            last = min(pair.close, count - 1) if pair is not None else i
            if pair is None and flags[i] & f.END:
                while last + 1 < count and flags[last + 1] & (f.END | f.CLOSE):
                    last += 1
            skip = last + 1
            ends = (
                self._ends(last) if pair is None else pair.closed and last < count - 1 and self._ends_after_mark(last)
            )
            if ends and (pair is not None or flags[i] & f.END):
                yield Sentence(start, last + 1)
                start = last + 1
        if start < count:
            yield from _pieces(start, count) if not self._holds_pair(start, count) else (Sentence(start, count),)

    def _holds_pair(self, start: int, count: int) -> bool:
        return count - start <= _LONGEST or bisect_right(self._opens, count) > bisect_right(self._opens, start - 1)

    def _ends(self, i: int) -> bool:
        if i + 1 >= len(self.words):
            return True
        if self.words[i] == "." and i and self.has(i - 1, f.ABBREVIATION):
            self.flags[i] &= ~f.END
            return False
        if not self.pack.spaced:
            return True
        gap = self.starts[i + 1] > self.end(i)
        following = self.flags[i + 1]
        if not gap:
            return bool(following & f.MARK)
        return not self.pack.cased or bool(following & (f.CAPITAL | f.NUMBER | f.PUNCTUATION))

    def _ends_after_mark(self, i: int) -> bool:
        """Whether a sentence that ended inside marks ends the outer one too: «… .” Then» but not «… .” he said»."""
        following = self.flags[i + 1]
        if not self.flags[i - 1] & f.END or following & (f.PUNCTUATION & ~(f.MARK | f.OPEN)):
            return False
        if self.pack.cased and not following & (f.CAPITAL | f.NUMBER | f.MARK | f.OPEN):
            return False
        if following & f.MARK or self.pack.orders[0] == "VSC":
            return True
        if not self.pack.cased and not _CONTENT_FIRST & set(self.pack.orders):
            return True
        for k in range(i + 1, min(i + 1 + _LOOK_AHEAD, len(self.words))):
            if self.flags[k] & f.CUE:
                # «… .” Majid said: “…”» starts a sentence; «… ?” Majid said.» goes on.
                return self.has(k + 1, f.COLON | f.COMPLEMENTIZER) or (self.pack.cased and self.words[i - 1] == ".")
            if self.flags[k] & (f.PUNCTUATION & ~(f.OPEN | f.CLOSE)):
                return True
        return True
