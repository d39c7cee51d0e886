"""What stands between two articles, with what a person can check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

JOINING = ("exact", "near", "update", "translation", "event")
"""The kinds that hold two articles in one story, strongest first."""

TEMPLATE = "template"
RELATED = "related"


@dataclass(frozen=True, slots=True)
class Edge:
    """`a` is the smaller id. `evidence` is JSON: lists, numbers, strings."""

    a: str
    b: str
    kind: str
    score: float
    evidence: Mapping[str, object]

    @property
    def joins(self) -> bool:
        return self.kind in JOINING

    @property
    def parts(self) -> bool:
        """Whether the two must never stand in one story."""
        return self.kind == TEMPLATE
