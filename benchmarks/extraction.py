"""How well are bodies, titles and dates read, beside plain trafilatura, and how fast?

    python benchmarks/extraction.py [--pages PATH] [--predictions FOLDER]

PATH holds pages with gold records and their scorer: `gold.jsonl.gz`, `html/*.html.gz` and `score.py`, which reads
one JSON object a line with `page`, `title`, `body`, `published` and `authors`. The hosts of the gold pages are none
of our sources, so that ours is measured as it reads a site that nobody has described.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import click
import trafilatura
from tabulate import tabulate

from crawler.errors import PageError
from crawler.extraction import EXTRACTION_VERSION, Page, as_json, extract
from crawler.source import AnySite

HERE = Path(__file__).resolve().parent
SHOWN = {
    "P": "bodies",
    "R": "bodies",
    "F1": "bodies",
    "segment F1": "segments",
    "titles right": "titles",
    "dates right": "dates",
}
"""The shares that are printed, each with the column that counts what it is a share of."""
COLUMNS = ("bodies", "P", "R", "F1", "segments", "segment F1", "titles", "titles right", "dates", "dates right")

Prediction = dict[str, object]


def ours(body: bytes, url: str) -> Prediction:
    """Our record; a page that is none counts as empty."""
    try:
        return dict(as_json(extract(Page(url, body), AnySite)))
    except PageError:
        return {}


def plain_trafilatura(body: bytes, url: str) -> Prediction:
    """What trafilatura's own defaults give, its metadata with it."""
    found = trafilatura.extract(
        body, url=url, include_comments=False, include_tables=True, with_metadata=True, output_format="json"
    )
    record = json.loads(found) if found else {}
    return {"title": record.get("title"), "body": record.get("text"), "published": record.get("date")}


def predict(
    read: Callable[[bytes, str], Prediction], rows: list[dict[str, str]], pages: Path, label: str, target: Path
) -> float:
    """Write a prediction a page; pages read in a second of CPU time, unpacking left out."""
    seconds = 0.0
    with target.open("w", encoding="utf-8") as lines, click.progressbar(rows, label=label) as progress:
        for row in progress:
            body = gzip.decompress((pages / row["page"]).read_bytes())
            start = time.process_time()
            record = read(body, row["url"] or "https://unknown.invalid/")
            seconds += time.process_time() - start
            lines.write(json.dumps({"page": row["page"], **record}, ensure_ascii=False) + "\n")
    return len(rows) / seconds


def scores(pages: Path, predictions: Path) -> dict[str, dict[str, float]]:
    """The scorer's table: language, then column."""
    done = subprocess.run(
        [sys.executable, str(pages / "score.py"), str(predictions)], capture_output=True, text=True, check=True
    )
    table = {}
    for line in done.stdout.splitlines()[1:]:
        language, *cells = line.replace("|", " ").split()
        table[language] = dict(zip(COLUMNS, map(float, cells), strict=True))
    return table


@click.command()
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=HERE.parent.parent / "shared" / "pages",
    help="Folder with gold.jsonl.gz, html/ and score.py.",
)
@click.option(
    "--predictions",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the predictions here.",
)
def main(pages: Path, predictions: Path | None) -> None:
    """Read the gold pages with ours and with plain trafilatura, and compare."""
    with gzip.open(pages / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    results: dict[str, object] = {
        "pages": len(rows),
        "extraction_version": EXTRACTION_VERSION,
        "trafilatura_version": version("trafilatura"),
    }
    printed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = predictions or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name, read in (("trafilatura", plain_trafilatura), ("ours", ours)):
            target = folder / f"{name}.jsonl"
            # Once unmeasured, so that neither pays for imports.
            read(b"<html><body><p>warm</p></body></html>", "https://unknown.invalid/")
            speed = predict(read, rows, pages, f"{name:11}", target)
            table = scores(pages, target)
            results[name] = {"pages_per_second": round(speed, 1), "scores": table}
            for language, row in table.items():
                cells = (f"{row[column]:.3f}" if row[count] else "-" for column, count in SHOWN.items())
                printed.append((name, language, *cells, f"{speed:.1f}" if language == "all" else ""))
    click.echo(tabulate(printed, headers=("reader", "pages", *SHOWN, "pages/s"), disable_numparse=True))
    report = HERE / "results" / "extraction.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    click.echo(f"written to {report.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
