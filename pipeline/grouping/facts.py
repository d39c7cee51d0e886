"""The facts of a text that survive translation, each with a weight: names, figures, places, days."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pipeline.grouping import figures
from pipeline.grouping.names import name_grams
from pipeline.grouping.terms import idf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.grouping.signals import Signals

_IDF_OF_A_NAME = 9.7
"""The most a word can weigh in the frozen table: one that it does not hold, as most family names."""

SMOOTHING = 3.0


def read_facts(signals: Signals) -> Mapping[str, float]:
    """Facts by kind: `name:armenteros`, `figure:1710`, `place:CU-HAB`, `day:2025-10-03`. Weights from 0 to about 2."""
    facts: dict[str, float] = {}
    for gram in name_grams(signals.names):
        parts = gram.split()
        rarity = sum(idf(part) for part in parts) / len(parts) / _IDF_OF_A_NAME
        facts[f"name:{gram}"] = rarity * (1.3 if len(parts) > 1 else 1.0)
    for figure in {*signals.figures, *signals.worded}:
        facts[f"figure:{figure}"] = figures.weight(figure)
    for place in signals.places:
        facts[f"place:{place}"] = 0.8 if "-" in place else 0.4
    for day in signals.days:
        facts[f"day:{day}"] = 1.0
    return facts


def agreement(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of the weights, smoothed: one shared fact of one must not count as full agreement."""
    shared = sum(a[fact] ** 2 for fact in sorted(a.keys() & b.keys()))
    return shared / (math.sqrt(_square(a) * _square(b)) + SMOOTHING)


def overlap(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The share of the poorer text's facts that the other has, smoothed: a short report of what a long one tells."""
    shared = sum(a[fact] ** 2 for fact in sorted(a.keys() & b.keys()))
    return shared / (min(_square(a), _square(b)) + SMOOTHING)


def count_names(grams: Iterable[str]) -> int:
    """How many names the shared grams speak of: `trinh quoc` and `quoc bao` are one."""
    groups: list[set[str]] = []
    for gram in sorted(grams):
        parts = set(gram.split())
        touching = [group for group in groups if group & parts]
        groups = [group for group in groups if not group & parts] + [parts.union(*touching)]
    return len(groups)


def _square(facts: Mapping[str, float]) -> float:
    return sum(weight**2 for _, weight in sorted(facts.items()))
