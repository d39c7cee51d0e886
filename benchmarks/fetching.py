"""Fetch and archive over many hosts of this machine, beside `scrapy bench` on the same machine in the same run.

    python benchmarks/fetching.py [--pages 4000] [--hosts 32] [--kilobytes 10] [--rounds 3]

Ours is the whole first half of the house: a source a host, each with its feed, robots.txt read and obeyed, the host's
lease taken and given back in the database for each request, every page in the archive, synced, and noted as a capture
before it counts. Only the delay between requests is zero. `scrapy bench` follows links, obeys nobody and keeps nothing.
Both get their pages from one other process with the same server. The rounds take turns, and the medians are compared:
pages archived a minute by the one, pages received a minute by the other. Prints a table and writes JSON to
benchmarks/results/.
"""

from __future__ import annotations

import contextlib
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tabulate import tabulate

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SHARE = 0.7
"""Of what `scrapy bench` reaches: what we ask of ourselves."""
FIRST_ADDRESS = 20
WORDS = (
    "Cuba",
    "Việt Nam",
    "hợp tác",
    "nông nghiệp",
    "acuerdo",
    "cooperación",
    "delegación",
    "trade",
    "rice",
    "energy",
)


def host(number: int) -> str:
    return f"host{number:02}.example"


@click.group(invoke_without_command=True)
@click.option("--pages", default=4000, show_default=True, help="Pages that we fetch in a round.")
@click.option("--hosts", default=32, show_default=True, help="Hosts that they are spread over.")
@click.option("--kilobytes", default=10, show_default=True, help="Size of a page.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--seconds", default=10, show_default=True, help="How long `scrapy bench` runs in a round.")
@click.pass_context
def main(context: click.Context, pages: int, hosts: int, kilobytes: int, rounds: int, seconds: int) -> None:
    """Measure, print a table, write JSON."""
    if context.invoked_subcommand:
        return
    bench: list[dict[str, float]] = []
    ours: list[dict[str, float]] = []
    for number in range(rounds):
        bench.append(run_bench(seconds))
        with tempfile.TemporaryDirectory() as scratch, serving(pages, hosts, kilobytes) as places:
            ours.append(run_ours(Path(scratch) / "news.db", places))
        click.echo(
            f"round {number + 1}: {bench[-1]['minute']:.0f} and {ours[-1]['minute']:.0f} pages a minute", err=True
        )
    medians = [statistics.median(each["minute"] for each in runs) for runs in (bench, ours)]
    share = medians[1] / medians[0]
    table = [
        ["scrapy bench", round(medians[0]), bench[-1]["pages"], ""],
        ["triwire: leases, robots, archive", round(medians[1]), ours[-1]["pages"], f"{share:.2f}"],
    ]
    click.echo(tabulate(table, headers=("", "pages a minute", "pages a round", "share")))
    click.echo(f"{'reaches' if share >= SHARE else 'MISSES'} {SHARE} of scrapy bench")
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    report = {"hosts": hosts, "kilobytes": kilobytes, "bench": bench, "ours": ours, "share": round(share, 3)}
    (results / "fetching.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def run_bench(seconds: int) -> dict[str, float]:
    """`scrapy bench`, in a folder of its own: in the project's it would have our settings."""
    command = [sys.executable, "-m", "scrapy", "bench", "-s", f"CLOSESPIDER_TIMEOUT={seconds}"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    stats = {
        name: float(re.findall(rf"'{name}': ([0-9.]+)", done.stderr)[-1])
        for name in ("response_received_count", "elapsed_time_seconds")
    }
    pages, elapsed = stats["response_received_count"], stats["elapsed_time_seconds"]
    return {"pages": pages, "seconds": elapsed, "minute": 60 * pages / elapsed}


def run_ours(database: Path, places: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, __file__, "fetch", str(database), json.dumps(places)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return {**measured, "minute": 60 * measured["pages"] / measured["seconds"]}


@main.command(hidden=True)
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("places", type=json.loads)
def fetch(database: Path, places: dict[str, str]) -> None:
    """Crawl every host once; prints pages and seconds, from the first thought to the last page."""
    from crawler.spider import NewsSpider
    from storage.database import opened, value
    from triwire.crawling import Tick, crawl

    facts: dict[str, Any] = {"outlet": "Benchmark", "language": "es", "article_url": re.compile(r"^https?://[^/]+/p/")}
    sources = tuple(
        type(name, (NewsSpider,), {**facts, "name": name, "hosts": (name,), "feeds": (f"http://{name}/feed",)})
        for name in places
    )
    settings = {"TRIWIRE_LOCAL_HOSTS": json.dumps(places), "TRIWIRE_NOW": True, "TRIWIRE_BACKFILL_DAYS": 0}
    with opened(database):
        # Made before the clock starts, as it is in every run but the first.
        pass
    began = time.perf_counter()
    crawl(Tick(database, settings=settings, sources=sources))
    seconds = time.perf_counter() - began
    with opened(database) as db:
        pages = value(db, "SELECT count(*) FROM captures")
        asked = value(db, "SELECT count(*) FROM robots WHERE status = 200")
    if asked != len(places):
        raise click.ClickException(f"robots.txt was read on {asked} of {len(places)} hosts")
    click.echo(json.dumps({"pages": pages, "seconds": seconds}))


@contextlib.contextmanager
def serving(pages: int, hosts: int, kilobytes: int) -> Iterator[dict[str, str]]:
    """The hosts, in another process: host name to place, for the local map."""
    command = [sys.executable, __file__, "serve", *map(str, (pages, hosts, kilobytes))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield json.loads(server.stdout.readline() if server.stdout else "")
        finally:
            server.kill()


@main.command(hidden=True)
@click.argument("pages", type=int)
@click.argument("hosts", type=int)
@click.argument("kilobytes", type=int)
def serve(pages: int, hosts: int, kilobytes: int) -> None:
    """Serve feeds, robots.txt and pages on one address a host; prints where."""
    from twisted.internet import reactor
    from twisted.web.resource import Resource
    from twisted.web.server import Site

    each = pages // hosts
    chance = random.Random(20261121)
    text = " ".join(chance.choices(WORDS, k=kilobytes * 1024 // 10)).encode()

    class Host(Resource):
        isLeaf = True  # noqa: N815  Twisted's name

        def render_GET(self, request: Any) -> bytes:  # noqa: N802
            path = request.path.decode()
            if path == "/robots.txt":
                return b"User-agent: *\nDisallow: /search\n"
            name = request.getRequestHostname().decode()
            if path == "/feed":
                links = "".join(f"<item><title>t</title><link>http://{name}/p/{n}</link></item>" for n in range(each))
                return f"<rss version='2.0'><channel>{links}</channel></rss>".encode()
            request.setHeader("Content-Type", "text/html; charset=utf-8")
            # No two pages are alike, or they would be taken for a wall.
            cut = hash(path) % len(text)
            return b"<html><h1>%s %s</h1><p>%s%s</p></html>" % (name.encode(), path.encode(), text[cut:], text[:cut])

    site = Site(Host())
    listening: Any = reactor
    places = {}
    for number in range(hosts):
        address = f"127.0.0.{FIRST_ADDRESS + number}"
        port = listening.listenTCP(0, site, interface=address)
        places[host(number)] = f"{address}:{port.getHost().port}"
    click.echo(json.dumps(places))
    sys.stdout.flush()
    listening.run()


if __name__ == "__main__":
    main()
