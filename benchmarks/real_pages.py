"""Crawl, archive, extract, identify, translate and group the real pages of ../shared/pages, over HTTP on this machine.

    python benchmarks/real_pages.py [--pages ../shared/pages] [--database PATH]

The pages are served under their own hosts by the local map, each site on one address, all named by one sitemap. Prints
the counts by outcome, the time of each step and the extraction score (score.py of the pages), and writes JSON to
benchmarks/results/.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.spider import NewsSpider  # noqa: E402
from crawler.urls import normalise  # noqa: E402
from storage.database import opened, rows  # noqa: E402
from triwire.crawling import Tick, crawl  # noqa: E402
from triwire.processing.process import process_once  # noqa: E402

LISTING_HOST = "pages.example"


class RealPages(NewsSpider):
    """No site: a collection of pages of many."""

    name = "real-pages"
    outlet = "Real pages"
    language = ""
    sitemaps = (f"https://{LISTING_HOST}/sitemap.xml",)
    article_url = re.compile(r"^https?://")
    minimum = 330


class Pages:
    """The pages by host and path, and the sitemap that names them."""

    def __init__(self, folder: Path) -> None:
        with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
            gold = [json.loads(line) for line in lines]
        self.page_of: dict[str, str] = {}
        self.bodies: dict[tuple[str, str], bytes] = {}
        for number, row in enumerate(gold):
            # One page came without its address, and three records share theirs with another.
            url = normalise(row["url"] or f"https://{LISTING_HOST}/{Path(row['page']).name}")
            if url in self.page_of:
                url = normalise(f"{url}{'&' if urlsplit(url).query else '?'}record={number}")
            self.page_of[url] = row["page"]
            parts = urlsplit(url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            self.bodies[parts.netloc, target] = gzip.decompress((folder / row["page"]).read_bytes())
        entries = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in self.page_of)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        self.bodies[LISTING_HOST, "/sitemap.xml"] = sitemap.encode()

    @property
    def hosts(self) -> set[str]:
        return {host for host, _ in self.bodies}


def serve(pages: Pages) -> ThreadingHTTPServer:
    """All hosts on 127.0.0.1, told apart by the Host header."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = pages.bodies.get((self.headers["Host"], self.path))
            self.send_response(200 if body is not None else 404)
            kind = "application/xml" if self.path == "/sitemap.xml" else "text/html"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def outcomes(database: Path) -> dict[str, dict[str, int]]:
    """Counts of fetches, stages, languages, missing fields and stories."""
    with opened(database) as db:
        missing = Counter(
            field for row in rows(db, "SELECT missing FROM extractions") for field in json.loads(row["missing"])
        )

        def counts(sql: str) -> dict[str, int]:
            return {row["what"]: row["n"] for row in rows(db, sql)}

        return {
            "fetches": counts("SELECT state AS what, count(*) AS n FROM fetches GROUP BY state"),
            "work": counts("SELECT stage || ' ' || state AS what, count(*) AS n FROM work GROUP BY stage, state"),
            "languages": counts("SELECT language AS what, count(*) AS n FROM reading GROUP BY language"),
            "with English": counts(
                "SELECT language AS what, count(*) AS n FROM reading WHERE body_en IS NOT NULL GROUP BY language"
            ),
            "missing fields": dict(missing),
            "edges": counts("SELECT kind AS what, count(*) AS n FROM edges GROUP BY kind"),
            "stories": counts("SELECT 'stories' AS what, count(DISTINCT story) AS n FROM stories"),
        }


def predictions(database: Path, pages: Pages) -> list[dict[str, Any]]:
    """What stands in the database, in the scorer's form."""
    with opened(database) as db:
        found = rows(
            db,
            "SELECT a.url, e.title, t.text AS body, e.published_as_read AS published, e.authors"
            " FROM articles a JOIN current_revisions r ON r.article = a.id"
            " JOIN extractions e ON e.id = r.extraction JOIN texts t ON t.id = e.text",
        )
    return [
        {
            "page": pages.page_of[row["url"]],
            "title": row["title"],
            "body": row["body"],
            "published": row["published"],
            "authors": json.loads(row["authors"]),
        }
        for row in found
        if row["url"] in pages.page_of
    ]


@click.command()
@click.option("--pages", "folder", default=ROOT.parent / "shared" / "pages", type=click.Path(path_type=Path))
@click.option("--database", type=click.Path(path_type=Path), help="Keep the database here.")
def main(folder: Path, database: Path | None) -> None:
    """Run the whole house over real pages."""
    if not (folder / "gold.jsonl.gz").exists():
        raise click.ClickException(f"there are no pages in {folder}")
    pages = Pages(folder)
    with tempfile.TemporaryDirectory() as scratch:
        database = database or Path(scratch) / "pages.db"
        server = serve(pages)
        place = f"127.0.0.1:{server.server_port}"
        settings = {
            "TRIWIRE_LOCAL_HOSTS": json.dumps(dict.fromkeys(pages.hosts, place)),
            "TRIWIRE_NOW": True,
            "TRIWIRE_BACKFILL_DAYS": 0,
        }
        start = time.monotonic()
        crawled = crawl(Tick(database, settings=settings, sources=(RealPages,)))
        seconds = {"crawl": time.monotonic() - start}
        server.shutdown()
        start = time.monotonic()
        process_once(database, "benchmark")
        seconds["process"] = time.monotonic() - start
        found = outcomes(database)
        written = Path(scratch) / "predictions.jsonl"
        lines = [json.dumps(row, ensure_ascii=False) for row in predictions(database, pages)]
        written.write_text("\n".join(lines), encoding="utf-8")
        score = subprocess.run(
            [sys.executable, folder / "score.py", written], capture_output=True, text=True, check=True
        ).stdout
    click.echo(f"crawl: {', '.join(f'{n} {what}' for what, n in crawled.items())}")
    for name, counts in found.items():
        click.echo(f"{name}: {', '.join(f'{n} {what}' for what, n in sorted(counts.items()))}")
    click.echo(", ".join(f"{name} {taken:.1f} s" for name, taken in seconds.items()))
    click.echo(score)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    report = {"pages": len(pages.page_of), "crawl": crawled, "outcomes": found, "seconds": seconds, "score": score}
    (results / "real_pages.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
