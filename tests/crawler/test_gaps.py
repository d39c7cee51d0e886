"""What a feed let slip between two visits, noticed and filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from conftest import local, run, start
from crawler_site import ROBOTS, Deadly, Says, Site

from storage.database import opened, rows
from storage.dump import dump_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

PRENSA, GRANMA, NHANDAN, VOV = "www.prensa-latina.cu", "en.granma.cu", "es.nhandan.vn", "english.vov.vn"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def article(host: str, day: int, number: int) -> str:
    if host == NHANDAN:
        return f"https://{host}/noticia-{day}-post{1000 * day + number}.html"
    if host == VOV:
        return f"https://{host}/en/politics/noticia-{day}-post{1000 * day + number}.vov"
    if host == GRANMA:
        return f"https://{host}/cuba/2026-10-{day:02}/noticia-{number}"
    return f"https://{host}/2026/10/{day:02}/noticia-{number}/"


def feed(host: str, *days: int) -> Says:
    """Two articles a day."""
    items = "".join(
        f"<item><title>Título</title><link>{article(host, day, number)}</link>"
        f"<pubDate>{day} Oct 2026 1{number}:00:00 +0000</pubDate></item>"
        for day in days
        for number in (1, 2)
    )
    return Says(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())


def sitemap(host: str, *days: int) -> Says:
    urls = "".join(
        f"<url><loc>{article(host, day, number)}</loc><lastmod>2026-10-{day:02}T1{number}:00:00Z</lastmod></url>"
        for day in days
        for number in (1, 2)
    )
    return Says(f"<urlset {SPACE}>{urls}</urlset>".encode())


def index(*names: str) -> Says:
    children = "".join(f"<sitemap><loc>https://{NHANDAN}/{name}</loc></sitemap>" for name in names)
    return Says(f"<sitemapindex {SPACE}>{children}</sitemapindex>".encode())


def archive(*days: int) -> Says:
    links = "".join(f'<a href="{article(GRANMA, day, number)}">Noticia</a>' for day in days for number in (1, 2))
    return Says(f"<html><body>{links}</body></html>".encode(), headers={"Content-Type": "text/html"})


def page(url: str) -> Says:
    return Says(
        f"<html><body><h1>{url}</h1><p>Texto.</p></body></html>".encode(), headers={"Content-Type": "text/html"}
    )


FEEDS = {PRENSA: "/feed/", GRANMA: "/feed", NHANDAN: "/rss/home.rss", VOV: "/rss/home.rss"}
SOURCES = dict(zip(("prensa-latina", "granma-en", "nhandan-es", "vov-en"), FEEDS, strict=True))


@dataclass(frozen=True)
class Crawled:
    db: Database
    site: Site
    output: str
    status: str


def granma_archive(site: Site) -> None:
    for sheet in range(1, 7):
        days = (13 - 2 * sheet, 12 - 2 * sheet)
        site.answers[GRANMA, f"/archivo?page={sheet}&q=&s=0"] = archive(*(day for day in days if day))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Four feeds on the third of October, and after a week in which nobody looked."""
    database: Path = tmp_path_factory.mktemp("gaps") / "news.db"
    site = Site({(host, path): feed(host, 2, 3) for host, path in FEEDS.items()})
    for host in FEEDS:
        for day in range(1, 12):
            for number in (1, 2):
                url = article(host, day, number)
                site.answers[host, url.removeprefix(f"https://{host}")] = page(url)
    # Where each can be filled from: a sitemap that only robots.txt names, a monthly sitemap, an archive, nothing.
    site.answers[PRENSA, "/robots.txt"] = Says(ROBOTS + f"Sitemap: https://{PRENSA}/sitemap.xml".encode())
    site.answers[PRENSA, "/sitemap.xml"] = sitemap(PRENSA, *range(1, 4))
    site.answers[NHANDAN, "/sitemap.xml"] = index("sitemaps/news-2026-9.xml", "sitemaps/news-2026-10.xml")
    site.answers[NHANDAN, "/sitemaps/news-2026-9.xml"] = sitemap(NHANDAN)
    with site:
        hosts = local(site.hosts(*FEEDS))
        command = ("crawl", "--no-process", "--database", database, *hosts, *SOURCES)
        run(*command)
        for host, path in FEEDS.items():
            site.answers[host, path] = feed(host, 10, 11)
        site.answers[PRENSA, "/sitemap.xml"] = sitemap(PRENSA, *range(1, 12))
        site.answers[NHANDAN, "/sitemaps/news-2026-10.xml"] = sitemap(NHANDAN, *range(1, 12))
        granma_archive(site)
        site.asked.clear()
        output = run(*command).stderr
        status = run("status", "--database", database).stdout
        with opened(database) as db:
            yield Crawled(db, site, output, status)


def gap(crawled: Crawled, source: str) -> dict[str, Any]:
    (row,) = rows(crawled.db, "SELECT * FROM gap_report WHERE source = ?", [source])
    return row


def fetched(crawled: Crawled, source: str) -> list[int]:
    """The days of which both articles were fetched."""
    found = rows(crawled.db, "SELECT url FROM fetches WHERE source = ? AND state = 'archived'", [source])
    urls = {row["url"] for row in found}
    return [day for day in range(1, 12) if all(article(SOURCES[source], day, number) in urls for number in (1, 2))]


@pytest.mark.parametrize("source", SOURCES)
def test_a_feed_in_which_nothing_is_known_any_more_is_a_gap(crawled: Crawled, source: str) -> None:
    found = gap(crawled, source)
    assert found["newest_known"] == "2026-10-03T12:00:00+00:00"
    assert found["oldest_listed"] == "2026-10-10T11:00:00+00:00"
    assert (found["filled_since"], found["filled_until"]) == ("2026-10-03", "2026-10-10")


@pytest.mark.parametrize("source", ["prensa-latina", "nhandan-es", "granma-en"])
def test_a_gap_is_filled_in_the_same_tick(crawled: Crawled, source: str) -> None:
    found = gap(crawled, source)
    assert (found["state"], found["found"], found["reason"]) == ("filled", 12, None)
    assert fetched(crawled, source)[-9:] == list(range(3, 12))


def test_a_gap_that_nothing_can_fill_is_left_to_a_person(crawled: Crawled) -> None:
    found = gap(crawled, "vov-en")
    assert (found["state"], found["found"]) == ("unfilled", 0)
    assert found["reason"] == "the source has no sitemap or archive to fill it from"
    assert fetched(crawled, "vov-en") == [2, 3, 10, 11]


def test_an_archive_is_walked_until_it_is_too_old(crawled: Crawled) -> None:
    asked = [path for host, path in crawled.site.asked if host == GRANMA and "archivo" in path]
    assert {path.partition("page=")[2][0] for path in asked} == set("123456")


def test_a_walk_begins_at_the_sitemaps_that_may_hold_the_days(crawled: Crawled) -> None:
    asked = [path for host, path in crawled.site.asked if host == NHANDAN]
    assert asked.count("/sitemaps/news-2026-10.xml") == 2, "once by the polling, once to fill"
    assert asked.count("/sitemaps/news-2026-9.xml") == 1, "by the polling alone"


def test_gaps_are_told(crawled: Crawled) -> None:
    assert "4 gaps noticed" in crawled.output
    assert "nothing in it is known any more; 2026-10-03 to 2026-10-10 is filled back" in crawled.output
    assert "gap of 2026-10-03 to 2026-10-10 in vov-en is unfilled: the source has no sitemap" in crawled.status
    assert "3 gaps filled in the last week, with 36 articles" in crawled.status


def test_what_only_a_walk_needs_is_not_kept(crawled: Crawled) -> None:
    assert crawled.db.table("backfill_articles").count == 0
    assert rows(crawled.db, "SELECT 1 FROM backfills WHERE state = 'open'") == []


@pytest.mark.slow
def test_a_gap_whose_filling_was_killed_is_filled_by_the_next_run(tmp_path: Path) -> None:
    dumps = []
    for trap in ("", "/archivo?page=3&q=&s=0"):
        database = tmp_path / f"{bool(trap)}.db"
        with Site({}) as site:
            site.answers = Deadly({(GRANMA, "/feed"): feed(GRANMA, 2, 3)})
            command = ("crawl", "--no-process", "--database", database, *local(site.hosts(GRANMA)), "granma-en")
            run(*command)
            site.answers[GRANMA, "/feed"] = feed(GRANMA, 10, 11)
            granma_archive(site)
            if trap:
                site.answers.kill(start(*command), at=trap)
            run(*command)
        with opened(database) as db:
            dumps.append(list(dump_lines(db)))
    assert dumps[0] == dumps[1]
    assert sum('"table": "gaps"' in line for line in dumps[0]) == 1
