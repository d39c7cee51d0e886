"""Documents in, stories out: grouping without a database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.grouping.candidates import MemoryIndex, find_edges
from pipeline.grouping.comparison import THRESHOLDS, Thresholds
from pipeline.grouping.signals import read_signals
from pipeline.grouping.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.grouping.document import Document
    from pipeline.grouping.edges import Edge


@dataclass(frozen=True, slots=True)
class Grouped:
    """One document, its story, and the edges that hold it there; no edges where it stands alone."""

    id: str
    story: str
    reasons: tuple[Edge, ...]


def group(documents: Iterable[Document], thresholds: Thresholds = THRESHOLDS) -> list[Grouped]:
    """Group documents with distinct ids, in the order given."""
    read = [read_signals(document) for document in documents]
    index = MemoryIndex()
    edges: list[Edge] = []
    for signals in read:
        edges += find_edges(signals, index, thresholds)
        index.add(signals)
    found = stories({signals.id: signals.published for signals in read}, edges)
    reasons: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.joins and found[edge.a] == found[edge.b]:
            reasons[edge.a].append(edge)
            reasons[edge.b].append(edge)
    return [Grouped(signals.id, found[signals.id], tuple(reasons[signals.id])) for signals in read]
