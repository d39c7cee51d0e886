"""How well the development documents are grouped, without any English. Needs the shared evaluation sets."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.grouping.document import Document
from pipeline.grouping.group import group

SHARED = Path(__file__).parents[3] / "shared" / "grouping"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared/grouping is not there")


def read(name: str) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The rows of a set and the story that each of its documents got."""
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [
        Document(
            row["id"],
            row["language"],
            row["title"],
            row["body"],
            datetime.fromisoformat(row["published"]) if row["published"] else None,
            row.get("outlet", ""),
        )
        for row in rows
    ]
    return rows, {grouped.id: grouped.story for grouped in group(documents)}


def pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def f1(rows: list[dict[str, str]], found: dict[str, str]) -> float:
    right = pairs(Counter((row["item"], found[row["id"]]) for row in rows))
    return 2 * right / (pairs(Counter(row["item"] for row in rows)) + pairs(Counter(found.values())))


def test_the_beat_is_grouped_and_no_siblings_join() -> None:
    rows, found = read("beat")
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        stories[row["item"]].add(found[row["id"]])

    assert f1(rows, found) >= 0.92
    assert not [row["item"] for row in rows if row["sibling_of"] and stories[row["item"]] & stories[row["sibling_of"]]]


def test_passages_are_matched_across_languages() -> None:
    rows, found = read("parallel")

    assert f1(rows, found) >= 0.74
