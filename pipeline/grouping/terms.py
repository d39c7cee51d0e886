"""Weights of English words, from a table of document frequencies that is frozen with the version of the signals."""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.grouping.wording import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

TABLE = "english-df-1.txt.gz"
TERMS_KEPT = 120

STEMS_KEPT = 80
_STEM = 5
_TERM_SMOOTHING = 200.0
"""A lead of 70 words squares to some 1,750; a few common words, all that a bad translation leaves, must not agree."""
_STEM_SMOOTHING = 100.0
"""About two rare stems: texts of a few words must not agree by one."""

_WORD = re.compile(r"[^\W\d_]+")
_TERM = re.compile(r"[a-z]{2,}")


def term(word: str) -> str:
    """A word without its plural s: `workshops` and `workshop` are one term."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def read_terms(text: str) -> list[str]:
    return [term(word) for word in _TERM.findall(fold(text).replace("'s ", " ").replace("’s ", " "))]


def weigh(text: str) -> Mapping[str, float]:
    """TF-IDF of the heaviest terms, scaled to length one, or less for a few common words: the product is a cosine."""
    counts = Counter(read_terms(text))
    raw = {one: (1 + math.log(count)) * idf(one) for one, count in counts.items()}
    heaviest = sorted(raw, key=lambda one: (-raw[one], one))[:TERMS_KEPT]
    length = math.sqrt(sum(raw[one] ** 2 for one in heaviest) + _TERM_SMOOTHING)
    return {one: round(raw[one] / length, 4) for one in sorted(heaviest) if raw[one] > 0} if length else {}


def read_stems(text: str, language: str) -> tuple[str, ...]:
    """The rarest beginnings of long words, of Spanish and English: `tuberculosis`, `parlamento` and
    `parliament` meet in them.

    Vietnamese has next to none: what it shares with the two are names.
    """
    if language not in {"es", "en"}:
        return ()
    stems = {word[:_STEM] for word in _WORD.findall(fold(text)) if len(word) > _STEM}
    return tuple(sorted(stems, key=lambda stem: (-stem_idf(stem), stem))[:STEMS_KEPT])


def stem_agreement(a: Collection[str], b: Collection[str]) -> float:
    """Smoothed cosine of the stems, weighted as English: over .1 in a translation, under .08 between other texts."""
    shared = sum(stem_idf(stem) ** 2 for stem in sorted(set(a) & set(b)))
    return shared / (math.sqrt(_stem_square(a) * _stem_square(b)) + _STEM_SMOOTHING)


def _stem_square(stems: Collection[str]) -> float:
    return sum(stem_idf(stem) ** 2 for stem in sorted(stems))


def stem_idf(stem: str) -> float:
    total, _ = _table()
    return math.log((total + 1) / (_stem_counts().get(stem, 0) + 1))


@cache
def _stem_counts() -> dict[str, int]:
    total, counts = _table()
    found: Counter[str] = Counter()
    for word, count in counts.items():
        found[word[:_STEM]] = min(total, found[word[:_STEM]] + count)
    return dict(found)


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    # Summed in the order of the words, so that the cosine of b and a is bit by bit that of a and b.
    return sum(small[one] * large[one] for one in sorted(small) if one in large)


def idf(one: str) -> float:
    total, counts = _table()
    return math.log((total + 1) / (counts.get(one, 0) + 1))


@cache
def _table() -> tuple[int, dict[str, int]]:
    with files("pipeline.grouping").joinpath(TABLE).open("rb") as packed:
        first, *rows = gzip.decompress(packed.read()).decode().splitlines()
    return int(first.split()[-1]), {word: int(count) for word, count in (row.split("\t") for row in rows)}
