"""A paragraph, headline or standfirst as tokens, with its marks paired and its sentences and cues found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import Final, Literal

from copydesk_quotes._blocks._dialogue import dashed
from copydesk_quotes._blocks._marks import Pair, pair_marks, stray_close
from copydesk_quotes._blocks._parts import LONGEST, Hit, Sentence, pieces
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._lexicon import Lexicon, Phrase
from copydesk_quotes._languages._pack import According, Cue

BlockKind = Literal["headline", "standfirst", "paragraph"]
_BEGINS: Final = f.CAPITAL | f.NUMBER | f.PUNCTUATION
_LOOK_AHEAD: Final = {True: 8, False: 24}  # a name is many tokens where words are written together
_CONTENT_FIRST: Final = {"CVS", "CSV", "SCV"}
_TURNS: Final = f.MARK | f.END
_STARTS: Final = f.PHRASE | f.CUE | f.ACCORDING | f.DASH | f.MANNER
NOTED: Final = f.PUNCTUATION | _STARTS | f.HOT | f.RESUMPTIVE
"""Tokens with one of these, a block's ``noted``, are what it is read by; all others only stand between them."""
_CUES: Final = (Cue, According)
_CUE_FLAGS: Final = f.CUE | f.ACCORDING
_MAY_TIE: Final = f.DASH | f.CUE
_SINGLE: Final = _CUE_FLAGS | f.MANNER
_NOT_JOINED: Final = ~(_CUE_FLAGS | f.STOP | f.SCARE)
_HYPHENS: Final = "-\u2010\u2011"


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
        noted: list[int],
    ) -> None:
        self.text = text
        self.kind = kind
        self.lexicon = lexicon
        self.pack = lexicon.pack
        self.words = words
        self.flags = flags
        self.starts = starts
        self.noted = noted
        self._count = len(words)
        self._signs = [i for i in noted if flags[i] & f.PUNCTUATION]
        self._letters = None if self.pack.spaced else self._letters_before()
        self.pairs: list[Pair] = []
        """The outer pairs of marks."""
        self.by_open: dict[int, Pair] = {}
        self.by_close: dict[int, Pair] = {}
        self._opens: list[int] = []
        self.stray = -1
        """The token of a mark that closes what an earlier block opened, or -1."""
        self._pair()
        self.sentences = self._sentences(0, self._count, [i for i in self._signs if flags[i] & _TURNS])
        self.manners: list[int] = []  # Where clauses of manner may begin.
        self.hits = self._hits([i for i in noted if flags[i] & _STARTS])

    def _pair(self) -> None:
        """Find the pairs that marks and dashes make."""
        words, flags, starts = self.words, self.flags, self.starts
        marks = [i for i in self._signs if flags[i] & f.MARK]
        pairs = pair_marks(words, flags, starts, marks, self.pack.spaced) if marks else []
        if self.pack.dialogue:
            dashes = [i for i in self._signs if flags[i] & f.DASH]
            pairs = dashed(words, flags, starts, dashes, pairs) if dashes else pairs
        if pairs:
            self.pairs = [pair for pair in pairs if pair.depth == 0]
            self.by_open = {pair.open: pair for pair in pairs}
            self.by_close = {pair.close: pair for pair in pairs if pair.closed}
            self._opens = [pair.open for pair in self.pairs]
        if marks:
            self.stray = stray_close(words, flags, starts, marks, self._opens[0] if self._opens else self._count)

    def _letters_before(self) -> list[int]:
        """How many letters stand before each token."""
        lengths = list(map(len, self.words))
        for i in self._signs:
            lengths[i] = 0
        return list(accumulate(lengths, initial=0))

    def end(self, i: int) -> int:
        """The offset after token ``i``."""
        return self.starts[i] + len(self.words[i])

    def key(self, i: int) -> str:
        """The folded form of token ``i``."""
        return self.lexicon.key(self.words[i])

    def has(self, i: int, flag: int) -> bool:
        """Whether token ``i`` exists and has one of the flags."""
        return 0 <= i < self._count and self.flags[i] & flag != 0

    def holds(self, first: int, last: int, flag: int) -> bool:
        """Whether one of the tokens ``first`` to ``last`` has one of the flags."""
        for one in self.flags[first:last]:  # noqa: SIM110  # a generator costs twice as much
            if one & flag:
                return True
        return False

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
        return self.starts[first], self.starts[last - 1] + len(self.words[last - 1])

    def words_between(self, first: int, last: int) -> int:
        """How many of these tokens are words; where words are written together, two letters are one."""
        if last > self._count:
            last = self._count
        if first >= last:
            return 0
        if self._letters is not None:
            return (self._letters[last] - self._letters[first] + 1) // 2
        signs = self._signs
        return last - first - bisect_left(signs, last) + bisect_left(signs, first)

    def _hits(self, candidates: list[int]) -> list[Hit]:
        words, flags, skip = self.words, self.flags, 0
        keys, firsts = self.lexicon.keys_by_word, self.lexicon.phrases
        hits: list[Hit] = []
        for i in candidates:
            if i < skip:
                continue
            flag = flags[i]
            if flag & _MAY_TIE:
                if flag & f.DASH and self._ties(i):
                    flags[i] = f.HYPHEN
                    continue
                if flag & f.CUE and i and flags[i - 1] & f.HYPHEN:
                    flags[i] &= ~f.CUE
                    continue
            phrases: list[Phrase] = []
            if flag & f.PHRASE and i + 1 < self._count:
                seconds = firsts[keys[words[i]]]
                if keys[words[i + 1]] in seconds:
                    phrases = self._phrases_at(i, seconds)
            if phrases:
                skip = i + 1 + len(phrases[0].rest)
                self._join(i, skip, phrases, hits)
            elif flag & _SINGLE:
                self._single(i, keys[words[i]], hits)
        return hits

    def _join(self, start: int, end: int, phrases: list[Phrase], hits: list[Hit]) -> None:
        """Add a phrase's entries; make its tokens what it is listed as, and no cues of their own."""
        flags, parts = self.flags, 0
        for phrase in phrases:
            parts |= phrase.flag
            if isinstance(phrase.entry, _CUES):
                hits.append(Hit(start, end, phrase.entry))
        if parts & f.MANNER:
            self.manners.append(start)
        kept = _NOT_JOINED & ~f.COMPLEMENTIZER if parts & f.PLAIN else _NOT_JOINED
        for k in range(start, end):
            known = f.HYPHEN if flags[k] & f.DASH and self._ties(k) else flags[k]
            flags[k] = known & kept | parts

    def _single(self, i: int, key: str, hits: list[Hit]) -> None:
        """Add the entries of token ``i`` alone; a cue that only opens a phrase is none here."""
        flag = self.flags[i] & ~_CUE_FLAGS
        if flag & f.MANNER:
            self.manners.append(i)
        for entry in self.lexicon.cues.get(key, ()):
            flag |= f.CUE if isinstance(entry, Cue) else f.ACCORDING
            hits.append(Hit(i, i + 1, entry))
        self.flags[i] = flag

    def _ties(self, i: int) -> bool:
        """Whether a dash stands between two words without blanks: «newly-announced», «al-Maliki»."""
        inside = 0 < i < len(self.words) - 1 and self.words[i] in _HYPHENS
        return inside and self.starts[i] == self.end(i - 1) and self.starts[i + 1] == self.end(i)

    def _phrases_at(self, i: int, seconds: dict[str, list[Phrase]]) -> list[Phrase]:
        """The entries of the longest listed phrase that begins at token ``i``; ``seconds`` are those by second word."""
        words, keys = self.words, self.lexicon.keys_by_word
        found: list[Phrase] = []
        third = keys[words[i + 2]] if i + 2 < self._count else ""
        for phrase in seconds[keys[words[i + 1]]]:
            rest = phrase.rest
            if len(rest) > 1 and rest[1] != third:
                continue
            if found and rest != found[0].rest:
                break
            if found or tuple([keys[word] for word in words[i + 1 : i + 1 + len(rest)]]) == rest:
                found.append(phrase)
        return found

    def sentences_in(self, start: int, count: int) -> list[Sentence]:
        """The sentences of the tokens ``start`` to ``count``; marks hold a sentence together."""
        flags = self.flags
        return self._sentences(start, count, [k for k in range(start, count) if flags[k] & _TURNS])

    def _sentences(self, start: int, count: int, turns: list[int]) -> list[Sentence]:
        flags, skip = self.flags, start
        sentences: list[Sentence] = []
        for i in turns:
            if i < skip:
                continue
            if i - start > LONGEST:
                sentences.extend(pieces(start, i))
                start = i
            pair = self.by_open.get(i)
            if pair is not None:
                last = min(pair.close, count - 1)
                ends = pair.closed and last < count - 1 and self._ends_after_mark(last)
            elif flags[i] & f.END:
                last = i
                while last + 1 < count and flags[last + 1] & (f.END | f.CLOSE):
                    last += 1
                ends = self._ends(last)
            else:
                continue
            skip = last + 1
            if ends:
                sentences.append(Sentence(start, skip))
                start = skip
        if start < count:
            opens = self._opens
            whole = count - start <= LONGEST or bisect_right(opens, count) > bisect_right(opens, start - 1)
            sentences.extend([Sentence(start, count)] if whole else pieces(start, count))
        return sentences

    def _ends(self, i: int) -> bool:
        if i + 1 >= self._count:
            return True
        # A unit after a number may end its sentence as well: «spadł o 12 proc. | Analitycy».
        unit = i > 1 and self.flags[i - 2] & f.NUMBER and self.flags[i + 1] & ~self.flags[i - 1] & f.CAPITAL
        if i and self.flags[i - 1] & f.ABBREVIATION and self.words[i] == "." and not unit:
            self.flags[i] &= ~f.END
            return False
        if not self.pack.spaced:
            return True
        following = self.flags[i + 1]
        if self.starts[i + 1] == self.end(i):
            return following & f.MARK != 0
        return not self.pack.cased or following & _BEGINS != 0

    def _ends_after_mark(self, i: int) -> bool:
        """Whether a sentence that ended inside marks ends the outer one too: «… .” Then» but not «… .” he said»."""
        following = self.flags[i + 1]
        if not (self.flags[i - 1] | self.flags[i]) & f.END or following & (f.PUNCTUATION & ~(f.MARK | f.OPEN)):
            return False
        if self.pack.cased and not following & (f.CAPITAL | f.NUMBER | f.MARK | f.OPEN):
            return False
        if following & f.MARK or self.flags[i] & f.END or self.pack.orders[0] == "VSC":
            return True
        if not self.pack.cased and not _CONTENT_FIRST & set(self.pack.orders):
            return True
        for k in range(i + 1, min(i + 1 + _LOOK_AHEAD[self.pack.spaced], len(self.words))):
            if self.flags[k] & f.CUE:
                # «… .” Majid said: “…”» starts a sentence; «… ?” Majid said.» goes on.
                at = k + 2 if self.has(k + 1, f.COMMA) else k + 1
                return self.has(at, f.COLON | f.COMPLEMENTIZER) or (self.pack.cased and self.words[i - 1] == ".")
            if self.flags[k] & (f.PUNCTUATION & ~(f.OPEN | f.CLOSE)):
                return True
        return True
