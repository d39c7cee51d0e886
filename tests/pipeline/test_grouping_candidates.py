"""Look-ups instead of scans, with the same edges in every order of arrival."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from pipeline.grouping.candidates import MemoryIndex, candidates, event_keys, find_edges
from pipeline.grouping.comparison import compare
from pipeline.grouping.document import Document
from pipeline.grouping.group import group
from pipeline.grouping.signals import Signals, read_signals

if TYPE_CHECKING:
    from pipeline.grouping.edges import Edge

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
PARKS = (("Evelio Armenteros", 310, 47), ("Nilda Terrero", 327, 58), ("Orestes Luaces", 344, 69))
ENGLISH = """{person} on Thursday opened the {power} MW solar park of Vado {town}, which gives {share}.7 percent of the
power that the province of Granma needs and was built by {share}5 people in months of work under a hot sun."""
SPANISH = """{person} inauguró hoy el parque solar de {power} MW de Vado {town}, que aporta {share},7 por ciento de
la energía que necesita la provincia de Granma y fue construido por {share}5 personas bajo el sol."""


def newsroom() -> list[Document]:
    """Three events three days apart, each in English, as an English reprint and in Spanish; one copy has no date."""
    made = []
    for number, (person, power, share) in enumerate(PARKS):
        when = NOON + timedelta(days=3 * number)
        facts = {"person": person, "power": power, "share": share, "town": person.split()[1]}
        english, spanish = ENGLISH.format(**facts), SPANISH.format(**facts)
        made += [
            Document(f"en{number}", "en", f"{person} opens park", english, when, "VNS"),
            Document(f"copy{number}", "en", f"{person} opens park", f"{english} Read more.", when, "VOV"),
            Document(f"es{number}", "es", f"{person} inaugura parque", spanish, when + timedelta(hours=3), "Granma"),
        ]
    return [*made, Document("undated", "en", "", made[0].body, None, "")]


def edges_in(order: list[Signals]) -> set[tuple[str, str, str, float]]:
    index = MemoryIndex()
    found: list[Edge] = []
    for signals in order:
        found += find_edges(signals, index)
        index.add(signals)
    return {(edge.a, edge.b, edge.kind, edge.score) for edge in found}


def test_every_order_of_arrival_gives_the_same_edges() -> None:
    read = [read_signals(document) for document in newsroom()]
    expected = edges_in(read)

    for seed in range(3):
        assert edges_in(Random(seed).sample(read, len(read))) == expected


def test_look_ups_miss_no_edge_that_joins() -> None:
    read = [read_signals(document) for document in newsroom()]
    pairs = [compare(a, b) for a in read for b in read if a.id < b.id]

    joining = {(edge.a, edge.b, edge.kind, edge.score) for edge in pairs if edge is not None and edge.joins}

    assert joining <= edges_in(read)


def test_an_article_about_something_else_is_compared_with_nothing() -> None:
    index = MemoryIndex(read_signals(document) for document in newsroom())
    other = Document("x", "en", "Boxers leave for camp", "Nine boxers flew to Tokyo for 45 days.", NOON, "VNS")

    assert candidates(read_signals(other), index) == set()


def test_event_keys_are_few_whatever_the_text() -> None:
    body = " ".join(f"Person Number{n} Of{n} Town{n} gave {n}731 coins." for n in range(5_000))

    assert len(event_keys(read_signals(Document("a", "en", "A list", body, NOON, "")))) <= 90


def test_documents_in_stories_out() -> None:
    found = {row.id: row for row in group(newsroom())}

    assert [found[f"{kind}{n}"].story for n in range(3) for kind in ("en", "copy", "es")] == [
        *["copy0"] * 3,
        *["copy1"] * 3,
        *["copy2"] * 3,
    ]
    assert {edge.kind for edge in found["es1"].reasons} == {"translation"}


def test_forty_republications_and_what_cannot_be_read_are_grouped_without_a_word() -> None:
    body = newsroom()[0].body
    copies = [
        Document(f"c{n:02}", "en", "Park", f"{body} {n}", NOON + timedelta(hours=n), f"outlet {n}") for n in range(40)
    ]
    broken = [
        Document("empty", "vi", "", "", None, ""),
        Document("five", "es", "", "uno dos tres cuatro cinco", None, ""),
    ]

    found = {row.id: row.story for row in group([*copies, *broken])}

    assert {found[copy.id] for copy in copies} == {"c00"}
    assert found["empty"] == "empty"
    assert found["five"] == "five"


def test_no_documents_are_no_stories() -> None:
    assert group([]) == []
