"""How well are bodies, titles and dates read, beside trafilatura and newspaper4k, and how fast?

    python benchmarks/extraction.py [--pages PATH] [--predictions FOLDER] [--first N]

PATH holds pages with gold records and their scorer: `gold.jsonl.gz`, `html/*.html.gz` and `score.py`, which reads
one JSON object a line with `page`, `title`, `body`, `published` and `authors`. The hosts of the gold pages are none
of our sources, so that ours is measured as it reads a site that nobody has described.

Every page is read by all readers in turn, in one process, so that whatever else the machine does costs them alike.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import click
import trafilatura
from tabulate import tabulate

from crawler.errors import PageError
from crawler.extraction import EXTRACTION_VERSION, Page, as_json, extract
from crawler.source import AnySite

HERE = Path(__file__).resolve().parent
NOWHERE = "https://unknown.invalid/"
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
Read = Callable[[bytes, str], Prediction]


@dataclass(frozen=True)
class Reader:
    """One way to read a page."""

    name: str
    whole: Read
    """Body and metadata."""
    body_alone: Read | None
    """None where it reads both in one pass."""


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


def bare_trafilatura(body: bytes, url: str) -> Prediction:
    return {"body": trafilatura.extract(body, url=url, include_comments=False, include_tables=True)}


def newspaper(body: bytes, url: str) -> Prediction:
    """What newspaper4k gives with its defaults, without its requests for pictures."""
    from newspaper import Article, Config

    config = Config()
    config.fetch_images = False
    article = Article(url, config=config)
    article.download(input_html=body.decode("utf-8", "replace"))
    try:
        article.parse()
    except Exception:  # noqa: BLE001  it promises no set of errors, and a page that defeats it counts as empty
        return {}
    published = article.publish_date
    return {
        "title": article.title,
        "body": article.text,
        "published": published.isoformat() if published else None,
        "authors": article.authors,
    }


def readers() -> list[Reader]:
    """Those that can be had here."""
    found = [Reader("trafilatura", plain_trafilatura, bare_trafilatura)]
    if importlib.util.find_spec("newspaper") is not None:
        found.append(Reader("newspaper4k", newspaper, None))
    return [*found, Reader("ours", ours, None)]


def measure(
    chosen: list[Reader], rows: list[dict[str, str]], pages: Path, folder: Path
) -> dict[str, dict[str, float | None]]:
    """Write a prediction a page for each reader; their pages a second of CPU time, unpacking left out."""
    seconds = {reader.name: [0.0, 0.0] for reader in chosen}
    # Once unmeasured, so that none pays for imports.
    first = _page(rows[0], pages)
    for reader in chosen:
        for read in filter(None, (reader.whole, reader.body_alone)):
            read(*first)
    with ExitStack() as files, click.progressbar(rows, label="pages") as progress:
        lines = {name: files.enter_context((folder / f"{name}.jsonl").open("w", encoding="utf-8")) for name in seconds}
        for row in progress:
            body, url = _page(row, pages)
            for reader in chosen:
                for place, read in enumerate((reader.whole, reader.body_alone)):
                    if read is None:
                        continue
                    start = time.process_time()
                    record = read(body, url)
                    seconds[reader.name][place] += time.process_time() - start
                    if read is reader.whole:
                        record = {"page": row["page"], **record}
                        lines[reader.name].write(json.dumps(record, ensure_ascii=False) + "\n")
    return {
        name: {
            "pages_per_second": round(len(rows) / whole, 1),
            "pages_per_second_body_alone": round(len(rows) / alone, 1) if alone else None,
        }
        for name, (whole, alone) in seconds.items()
    }


def _page(row: dict[str, str], pages: Path) -> tuple[bytes, str]:
    return gzip.decompress((pages / row["page"]).read_bytes()), row["url"] or NOWHERE


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
@click.option("--first", type=int, help="Only so many pages: for the speed alone, as the others count as wrong.")
def main(pages: Path, predictions: Path | None, first: int | None) -> None:
    """Read the gold pages with ours and with the others, and compare."""
    with gzip.open(pages / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][:first]
    chosen = readers()
    results: dict[str, object] = {
        "pages": len(rows),
        "extraction_version": EXTRACTION_VERSION,
        "versions": {
            name: version(name) for name in ("trafilatura", *(r.name for r in chosen if r.name == "newspaper4k"))
        },
    }
    printed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = predictions or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        speeds = measure(chosen, rows, pages, folder)
        for reader in chosen:
            table = scores(pages, folder / f"{reader.name}.jsonl")
            results[reader.name] = {**speeds[reader.name], "scores": table}
            for language, row in table.items():
                cells = [f"{row[column]:.3f}" if row[count] else "-" for column, count in SHOWN.items()]
                whole, alone = speeds[reader.name].values()
                rates = [f"{whole:.1f}", f"{alone:.1f}" if alone else "-"] if language == "all" else ["", ""]
                printed.append((reader.name, language, *cells, *rates))
    headers = ("reader", "pages", *SHOWN, "pages/s a core", "body alone")
    click.echo(tabulate(printed, headers=headers, disable_numparse=True))
    ratio = (speeds["ours"]["pages_per_second"] or 0) / (speeds["trafilatura"]["pages_per_second"] or 1)
    click.echo(f"ours reads {ratio:.2f} times the pages of trafilatura with its metadata")
    if len(chosen) == 2:
        click.echo("newspaper4k is not installed here: `pip install newspaper4k` adds its rows")
    report = HERE / "results" / "extraction.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    click.echo(f"written to {report.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
