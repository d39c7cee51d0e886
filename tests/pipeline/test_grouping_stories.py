"""Stories: the same whatever the order, and never across what must stay apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.grouping.edges import Edge
from pipeline.grouping.stories import component, stories

START = datetime(2026, 3, 1, tzinfo=UTC)
ARTICLES = [f"a{number}" for number in range(9)]
KINDS = ("exact", "near", "update", "translation", "event", "template", "related")


def link(a: str, b: str, kind: str = "near", score: float = 1.0) -> Edge:
    return Edge(min(a, b), max(a, b), kind, score, {})


def at(**hours: float | None) -> dict[str, datetime | None]:
    return {article: None if hour is None else START + timedelta(hours=hour) for article, hour in hours.items()}


def test_a_story_is_named_for_its_earliest_article() -> None:
    assert stories(at(a=5, b=1, c=3), [link("a", "b"), link("b", "c")]) == {"a": "b", "b": "b", "c": "b"}


def test_an_undated_article_names_a_story_only_among_its_like() -> None:
    assert stories(at(a=None, b=0), [link("a", "b")]) == {"a": "b", "b": "b"}
    assert stories(at(a=None, b=None), [link("a", "b")]) == {"a": "a", "b": "a"}


def test_a_template_edge_keeps_apart_what_a_third_article_would_join() -> None:
    edges = [link("a", "b", "template"), link("a", "c", score=0.9), link("b", "c", score=0.8)]

    assert stories(at(a=0, b=1, c=2), edges) == {"a": "a", "c": "a", "b": "b"}


def test_related_is_shown_and_not_joined() -> None:
    assert stories(at(a=0, b=1), [link("a", "b", "related")]) == {"a": "a", "b": "b"}


def test_a_story_ends_after_seven_days() -> None:
    edges = [link("a", "b", score=0.9), link("b", "c", score=0.8)]

    assert stories(at(a=0, b=100, c=200), edges) == {"a": "a", "b": "a", "c": "c"}


def test_a_chain_of_events_without_support_does_not_grow() -> None:
    chain = [link("a", "b", "event", 0.9), link("c", "d", "event", 0.8), link("b", "c", "event", 0.2)]

    assert stories(at(a=0, b=1, c=2, d=3), chain) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_an_edge_to_an_unknown_article_is_left_out() -> None:
    assert stories(at(a=0), [link("a", "gone")]) == {"a": "a"}


pairs = st.lists(st.sampled_from(ARTICLES), min_size=2, max_size=2, unique=True)
edges_of_nine = st.lists(
    st.builds(
        lambda pair, kind, score: link(*pair, kind, score), pairs, st.sampled_from(KINDS), st.sampled_from([0.2, 0.9])
    ),
    max_size=25,
    unique_by=lambda edge: (edge.a, edge.b),
)
publications = st.fixed_dictionaries({name: st.none() | st.integers(0, 300) for name in ARTICLES}).map(
    lambda h: at(**h)
)
orders = st.integers(0, 1_000)


@given(edges_of_nine, publications, orders)
def test_order_changes_nothing(edges: list[Edge], published: dict[str, datetime | None], seed: int) -> None:
    shuffled = dict(Random(seed).sample(list(published.items()), len(published)))

    assert stories(shuffled, Random(seed).sample(edges, len(edges))) == stories(published, edges)


@given(edges_of_nine, publications)
def test_no_story_holds_what_a_template_edge_parts(edges: list[Edge], published: dict[str, datetime | None]) -> None:
    found = stories(published, edges)

    assert not [edge for edge in edges if edge.kind == "template" and found[edge.a] == found[edge.b]]


@given(edges_of_nine, publications, st.sampled_from(ARTICLES))
def test_the_touched_component_alone_gives_the_same_stories(
    edges: list[Edge], published: dict[str, datetime | None], touched: str
) -> None:
    whole = stories(published, edges)

    reached, among = component({touched}, lambda name: [edge for edge in edges if name in {edge.a, edge.b}])

    assert stories({name: published[name] for name in reached}, among) == {name: whole[name] for name in reached}
