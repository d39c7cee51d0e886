"""How well documents are grouped, with and without English text, and what it costs.

    python benchmarks/grouping.py ../shared/grouping

Scores `beat` and `parallel` with the folder's own `score.py`, and the pairs of `semeval_pairs` by average
precision of the likeness. The English is the pipeline's own translation; without installed packages there
is only the first column.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import MissingPackage
from pipeline.grouping.comparison import Likeness
from pipeline.grouping.document import Document
from pipeline.grouping.group import group
from pipeline.grouping.signals import read_signals
from pipeline.translation import package_for, translate_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

SETS = ("beat", "parallel")
RESULTS = Path(__file__).parent / "results" / "grouping.json"
_PAIRS = re.compile(r"pairs\s+P ([\d.]+)\s+R ([\d.]+)\s+F1 ([\d.]+)")
_JOINED = re.compile(r"siblings \d+\s+joined (\d+)")


def main(folder: Path) -> None:
    results: dict[str, dict[str, float]] = {}
    for name in SETS:
        documents = [_document(row) for row in _rows(folder / f"{name}.jsonl.gz")]
        results[f"{name}, no English"] = _score(folder, name, documents)
        translated = _translated(documents)
        if translated is not None:
            results[f"{name}, with English"] = _score(folder, name, translated)
    results["semeval en-en, average precision"] = _semeval(folder / "semeval_pairs.jsonl.gz")
    for name, figures in results.items():
        print(f"{name:36}" + "  ".join(f"{key} {value:g}" for key, value in figures.items()))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _document(row: dict[str, str]) -> Document:
    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
    return Document(row["id"], row["language"], row["title"], row["body"], published, row.get("outlet") or "")


def _translated(documents: list[Document]) -> list[Document] | None:
    """The documents with the English of the installed packages; None where a package is missing."""
    english: dict[str, tuple[str, str]] = {}
    for language in ("vi", "es"):
        written = [document for document in documents if document.language == language]
        try:
            package_for(language, "en")
        except MissingPackage:
            return None
        lines = [line for document in written for line in (document.title, *document.body.split("\n\n"))]
        made = iter(translate_lines(lines, language, "en"))
        for document in written:
            title, *body = [next(made) for _ in (document.title, *document.body.split("\n\n"))]
            english[document.id] = (title, "\n\n".join(body))
    return [
        replace(document, title_en=english[document.id][0], body_en=english[document.id][1])
        if document.id in english
        else document
        for document in documents
    ]


def _score(folder: Path, name: str, documents: list[Document]) -> dict[str, float]:
    start = time.perf_counter()
    grouped = group(documents)
    seconds = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as scratch:
        found = Path(scratch) / "groups.jsonl"
        found.write_text("".join(json.dumps({"id": one.id, "story": one.story}) + "\n" for one in grouped))
        command = [sys.executable, str(folder / "score.py"), str(folder / f"{name}.jsonl.gz"), str(found)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pairs, joined = _PAIRS.search(printed), _JOINED.search(printed)
    if pairs is None:
        raise ValueError(f"score.py printed no pairs line: {printed!r}")
    figures = dict(zip(("P", "R", "F1"), map(float, pairs.groups()), strict=True))
    if joined:
        figures["siblings joined"] = float(joined[1])
    return figures | {"documents a second": round(len(documents) / seconds)}


def _semeval(path: Path) -> dict[str, float]:
    """Pairs that people scored 1.5 or less are the same event, from 2.5 another; without dates, so without
    the gates.
    """
    ranked: list[tuple[float, bool]] = []
    for row in _rows(path):
        overall = float(row["overall"])
        if row["lang1"] == row["lang2"] == "en" and not 1.5 < overall < 2.5:
            a, b = (read_signals(Document(side, "en", "", row[f"text{side}"], None, "")) for side in ("1", "2"))
            ranked.append((Likeness.between(a, b).likeness(), overall <= 1.5))
    ranked.sort(key=lambda pair: -pair[0])
    right, precisions = 0, []
    for position, (_, same) in enumerate(ranked, start=1):
        right += same
        if same:
            precisions.append(right / position)
    return {"AP": round(sum(precisions) / len(precisions), 4), "pairs": len(ranked)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
