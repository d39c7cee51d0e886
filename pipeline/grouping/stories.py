"""Stories as a pure function of the edges: neither the order of arrival nor that of the edges changes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.grouping.edges import JOINING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pipeline.grouping.edges import Edge

SPAN = timedelta(days=7)
"""From the first to the last article of a story; without a bound a chain of follow-ups swallows a season."""
_NEVER = datetime.max.replace(tzinfo=UTC)

SUPPORT = 0.33
"""Share of the pairs between two groups that must be joined by an edge before an `event` edge unites them.

A chain of weak edges, each right in itself, else ties a whole day of a beat together.
"""


def stories(published: Mapping[str, datetime | None], edges: Iterable[Edge]) -> dict[str, str]:
    """The story of every article in `published`: the id of the earliest article in it, undated ones last.

    Edges join strongest first (kind, score, then ids), unless a `template` edge, the span or a lack of
    support stands between the two sides. An edge to an article that is not in `published` is left out.
    """
    known = [edge for edge in edges if edge.a in published and edge.b in published]
    groups = _Groups(published, known)
    for edge in sorted((edge for edge in known if edge.joins), key=_strongest_first):
        groups.join(edge.a, edge.b, SUPPORT if edge.kind == "event" else 0.0)
    return groups.named()


def component(changed: Collection[str], edges_of: Callable[[str], Iterable[Edge]]) -> tuple[set[str], list[Edge]]:
    """The articles that joining edges tie to the changed ones, and every edge among them.

    `stories` of this component gives what `stories` of everything gives for its articles. After a revision
    has lost an edge, `changed` holds all articles of its former story, for they may now lie in several
    components.
    """
    reached, waiting = set(changed), sorted(changed)
    found: dict[tuple[str, str, str], Edge] = {}
    while waiting:
        for edge in edges_of(waiting.pop()):
            found[edge.a, edge.b, edge.kind] = edge
            new = {edge.a, edge.b} - reached if edge.joins else set[str]()
            reached |= new
            waiting.extend(sorted(new))
    return reached, [edge for _, edge in sorted(found.items()) if edge.a in reached and edge.b in reached]


def _strongest_first(edge: Edge) -> tuple[int, float, str, str]:
    return JOINING.index(edge.kind), -edge.score, edge.a, edge.b


def _age(published: datetime | None, article: str) -> tuple[bool, datetime, str]:
    return published is None, published or _NEVER, article


class _Groups:
    """A union of articles that refuses to bring together what must stay apart."""

    def __init__(self, published: Mapping[str, datetime | None], edges: Iterable[Edge]) -> None:
        self._published = published
        self._group = {article: article for article in published}
        self._members = {article: {article} for article in published}
        # For each group the groups that it must not join, and how many edges tie it to others, kept through
        # every union.
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        self._ties: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for a, b, parts in sorted({(edge.a, edge.b, edge.parts) for edge in edges if edge.parts or edge.joins}):
            if parts:
                self._apart[a].add(b)
                self._apart[b].add(a)
            else:
                self._ties[a][b] += 1
                self._ties[b][a] += 1

    def join(self, a: str, b: str, support: float) -> None:
        one, other = self._group[a], self._group[b]
        if one == other or other in self._apart[one] or not self._short_enough(one, other):
            return
        if self._ties[one][other] < support * len(self._members[one]) * len(self._members[other]):
            return
        large, small = (one, other) if len(self._members[one]) >= len(self._members[other]) else (other, one)
        for article in self._members[small]:
            self._group[article] = large
        self._members[large] |= self._members.pop(small)
        for group in self._apart.pop(small, set()):
            self._apart[group].discard(small)
            self._apart[group].add(large)
            self._apart[large].add(group)
        for group, ties in self._ties.pop(small, Counter()).items():
            del self._ties[group][small]
            if group != large:
                self._ties[group][large] += ties
                self._ties[large][group] += ties

    def named(self) -> dict[str, str]:
        names = {
            group: min(members, key=lambda article: _age(self._published[article], article))
            for group, members in self._members.items()
        }
        return {article: names[group] for article, group in self._group.items()}

    def _short_enough(self, one: str, other: str) -> bool:
        moments = [
            moment for group in (one, other) for article in self._members[group] if (moment := self._published[article])
        ]
        return not moments or max(moments) - min(moments) <= SPAN
