"""Which stored articles a new one is compared with: look-ups by what they share, never a scan.

Nothing here depends on what happens to be stored: keys are chosen by frozen weights, and no key is skipped
for being frequent, so the edges over a set of articles are the same in every order of arrival.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Protocol

from pipeline.grouping.comparison import THRESHOLDS, Thresholds, compare
from pipeline.grouping.facts import read_facts
from pipeline.grouping.signals import UNDATED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.grouping.edges import Edge
    from pipeline.grouping.signals import Signals

COPY_DAYS = 7
EVENT_DAYS = 3
SKETCH_SHARED = 2
"""Shared hashes that make a candidate: recall .999 of the copies, with little more than one candidate an article."""
KEYS_SHARED = 2
"""Shared event keys that make a candidate; a rare name alone is in `STRONG`."""
FACT_KEYS = 24
WORD_KEYS = 12
STEM_KEYS = 16
STRONG = 1.2
"""From this weight a fact is a candidate's reason by itself: a name of two rare words, a figure of three digits."""


class Index(Protocol):
    """What the store must answer. Days are `Signals.day`; both ends of a window count; ids may include the
    asker's own.
    """

    def same_text(self, text_hash: int) -> Collection[str]:
        """Articles with this text hash, of any day."""

    def sharing_sketch(self, language: str, hashes: Collection[int], first: int, last: int) -> Mapping[str, int]:
        """For every article of the language and window that has any of the hashes in its sketch: how many."""

    def sharing_keys(self, keys: Collection[str], first: int, last: int) -> Mapping[str, int]:
        """For every article of the window that has any of the keys: how many."""

    def signals(self, ids: Collection[str]) -> Mapping[str, Signals]:
        """The stored signals; an unknown id is left out."""


def event_keys(signals: Signals) -> tuple[str, ...]:
    """What the index stores of an article besides its sketch: at most some 80 short texts.

    The heaviest names and figures, pairs of a place and a day, and the heaviest English words. A strong
    fact is stored twice, as itself and with a `!`, so that it alone gives the two shared keys that a
    candidate needs.
    """
    facts = read_facts(signals)
    told = sorted(((w, fact) for fact, w in facts.items() if fact.startswith(("name:", "figure:")) and w >= 0.4))
    heaviest = sorted(told, key=lambda pair: (-pair[0], pair[1]))[:FACT_KEYS]
    keys = [fact for _, fact in heaviest] + [f"!{fact}" for weight, fact in heaviest if weight >= STRONG]
    places = [place for place in signals.lead_places if "-" in place]
    keys += [f"at:{place}:{day}" for place in places[:3] for day in signals.lead_days[:2]]
    words = signals.lead_terms or {}
    keys += [f"word:{word}" for word in sorted(words, key=lambda word: (-words[word], word))[:WORD_KEYS]]
    keys += [f"stem:{stem}" for stem in signals.stems[:STEM_KEYS]]
    return tuple(dict.fromkeys(keys))


def window(signals: Signals, days: int) -> tuple[int, int]:
    """First and last day to look in; undated articles look among the undated."""
    if signals.day == UNDATED:
        return UNDATED, UNDATED
    return max(signals.day - days, UNDATED + 1), signals.day + days


def candidates(signals: Signals, index: Index) -> set[str]:
    """Ids worth comparing. If a finds b, then b finds a."""
    found = set(index.same_text(signals.text_hash)) if signals.text_hash else set()
    sketched = index.sharing_sketch(signals.language, signals.sketch, *window(signals, COPY_DAYS))
    found.update(article for article, shared in sketched.items() if shared >= SKETCH_SHARED)
    keyed = index.sharing_keys(event_keys(signals), *window(signals, EVENT_DAYS))
    found.update(article for article, shared in keyed.items() if shared >= KEYS_SHARED)
    return found - {signals.id}


def find_edges(signals: Signals, index: Index, thresholds: Thresholds = THRESHOLDS) -> list[Edge]:
    """The edges from one article to those that the index holds, ordered by ids."""
    others = index.signals(sorted(candidates(signals, index)))
    edges = (compare(signals, other, thresholds) for other in others.values())
    return sorted((edge for edge in edges if edge is not None), key=lambda edge: (edge.a, edge.b))


class MemoryIndex:
    """The index of `triwire group` and of tests: everything in dictionaries."""

    def __init__(self, stored: Iterable[Signals] = ()) -> None:
        self._signals: dict[str, Signals] = {}
        self._texts: defaultdict[int, set[str]] = defaultdict(set)
        self._hashes: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        for signals in stored:
            self.add(signals)

    def add(self, signals: Signals) -> None:
        self._signals[signals.id] = signals
        self._texts[signals.text_hash].add(signals.id)
        for value in signals.sketch:
            self._hashes[signals.language, value].add(signals.id)
        for key in event_keys(signals):
            self._keys[key].add(signals.id)

    def same_text(self, text_hash: int) -> Collection[str]:
        return self._texts.get(text_hash, set())

    def sharing_sketch(self, language: str, hashes: Collection[int], first: int, last: int) -> Mapping[str, int]:
        return self._count((self._hashes.get((language, value), set()) for value in hashes), first, last)

    def sharing_keys(self, keys: Collection[str], first: int, last: int) -> Mapping[str, int]:
        return self._count((self._keys.get(key, set()) for key in keys), first, last)

    def signals(self, ids: Collection[str]) -> Mapping[str, Signals]:
        return {article: self._signals[article] for article in ids if article in self._signals}

    def _count(self, postings: Iterable[set[str]], first: int, last: int) -> Mapping[str, int]:
        shared = Counter(article for posting in postings for article in posting)
        return {article: count for article, count in shared.items() if first <= self._signals[article].day <= last}
