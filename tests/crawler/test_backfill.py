"""`triwire crawl --since --until`: days looked up in sitemaps and archives."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from conftest import local, run, start
from crawler_site import ROBOTS, Deadly, Says, Site
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Entry
from crawler.discovery.periods import Days, day_of, may_hold, period_of, was_published_in
from crawler.urls import normalise
from storage import backfills
from storage.database import opened, rows, writing
from storage.dump import dump_lines
from storage.frontier import save_source
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

NHANDAN, PRENSA = "es.nhandan.vn", "www.prensa-latina.cu"
HANOI = "Asia/Ho_Chi_Minh"


# What an address says about its days.


@pytest.mark.parametrize(
    ("path", "since", "until"),
    [
        ("/sitemaps/news-2026-8.xml", (2026, 8, 1), (2026, 8, 31)),
        ("/sitemaps/2026/8/article.xml", (2026, 8, 1), (2026, 8, 31)),
        ("/sitemap-pt-post-2026-02.xml", (2026, 2, 1), (2026, 2, 28)),
        ("/sitemap_202612.xml.gz", (2026, 12, 1), (2026, 12, 31)),
        ("/sitemap.xml?yyyy=2026&mm=08&dd=05", (2026, 8, 5), (2026, 8, 5)),
        ("/sitemap/2026-08-05.xml", (2026, 8, 5), (2026, 8, 5)),
        ("/sitemap-20260805.xml", (2026, 8, 5), (2026, 8, 5)),
        ("/sitemap-2026.xml", (2026, 1, 1), (2026, 12, 31)),
        ("/2019/theme/sitemap-2026-8.xml", (2026, 8, 1), (2026, 8, 31)),
    ],
)
def test_a_sitemap_is_named_for_its_days(path: str, since: tuple[int, ...], until: tuple[int, ...]) -> None:
    assert period_of(f"https://a.vn{path}") == Days(date(*since), date(*until))


@pytest.mark.parametrize(
    "path", ["/sitemap.xml", "/post-sitemap12.xml", "/sitemap.xml?page=2001", "/s-2026-13.xml.2", "/s/2026-02-30.xml"]
)
def test_a_sitemap_that_names_no_days_may_hold_any(path: str) -> None:
    assert period_of(f"https://a.vn{path}") in {None, Days(date(2026, 1, 1), date(2026, 12, 31))}


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/cuba/2026-10-05/uno", (2026, 10, 5)),
        ("/2026/10/05/uno/", (2026, 10, 5)),
        ("/noticias/20261005/uno", (2026, 10, 5)),
    ],
)
def test_an_article_s_address_tells_its_day(path: str, day: tuple[int, ...]) -> None:
    assert day_of(f"https://a.cu{path}") == date(*day)


@pytest.mark.parametrize("path", ["/uno-post20261005.html", "/2026/uno", "/2026/13/05/uno/", "/2026-02-30/uno"])
def test_an_address_without_a_day_tells_none(path: str) -> None:
    assert day_of(f"https://a.cu{path}") is None


@given(st.one_of(st.text(), st.text(alphabet="0123456789-/_.=&?ymd")))
def test_no_address_breaks_the_reading_of_days(text: str) -> None:
    url = f"https://a.cu/{quote(text, safe='/?=&')}"
    period, day = period_of(url), day_of(url)
    assert period is None or period.since <= period.until
    assert day is None or 1900 <= day.year < 2100


AUGUST = Days(date(2026, 8, 10), date(2026, 8, 20))


def moment(day: int, month: int = 8) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("child", "held"),
    [
        (Entry("https://a.vn/news-2026-8.xml"), True),
        (Entry("https://a.vn/news-2026-9.xml"), False),
        (Entry("https://a.vn/news-2026-7.xml", updated=moment(15)), False),
        (Entry("https://a.vn/2026-08-09.xml"), True),
        (Entry("https://a.vn/post-sitemap3.xml", updated=moment(15)), True),
        (Entry("https://a.vn/post-sitemap3.xml", updated=moment(1, 9)), True),
        (Entry("https://a.vn/post-sitemap3.xml", updated=moment(1)), False),
        (Entry("https://a.vn/post-sitemap3.xml"), True),
    ],
)
def test_a_sitemap_is_walked_when_its_name_or_its_last_change_leave_room(child: Entry, held: bool) -> None:
    assert may_hold(child, AUGUST, HANOI) is held


@pytest.mark.parametrize(
    ("entry", "listed_in", "inside"),
    [
        (Entry("https://a.vn/x", published=moment(15), updated=moment(1, 9)), "/s.xml", True),
        (Entry("https://a.vn/x", published=moment(1, 9)), "/s.xml", False),
        (Entry("https://a.vn/2026/08/15/x/", updated=moment(1, 9)), "/s.xml", True),
        (Entry("https://a.vn/x", updated=moment(1)), "/s.xml", False),
        (Entry("https://a.vn/x", updated=moment(15)), "/s.xml", True),
        (Entry("https://a.vn/x", updated=moment(1, 9)), "/s.xml", False),
        (Entry("https://a.vn/x", updated=moment(1, 9)), "/s-2026-08-15.xml", True),
        (Entry("https://a.vn/x"), "/s-2026-9.xml", False),
        (Entry("https://a.vn/x"), "/s-2026-8.xml", None),
        (Entry("https://a.vn/x"), "/s.xml", None),
    ],
)
def test_an_entry_is_dated_by_what_is_surest(entry: Entry, listed_in: str, inside: bool | None) -> None:
    assert was_published_in(entry, AUGUST, HANOI, f"https://a.vn{listed_in}") is inside


def test_days_are_those_of_the_source() -> None:
    entry = Entry("https://a.vn/x", published=datetime(2026, 8, 9, 18, tzinfo=UTC))
    assert was_published_in(entry, AUGUST, HANOI, "https://a.vn/s.xml") is True
    assert was_published_in(entry, AUGUST, "America/Havana", "https://a.vn/s.xml") is False


def test_every_archive_is_a_template_of_addresses() -> None:
    from crawler.catalogue import sources

    templates = [archive for source in sources().values() for archive in source.past()]
    assert templates
    for template in templates:
        first, second = (template.format(page=n, index=n - 1, day=date(2026, 8, 23 - n)) for n in (1, 2))
        assert first != second, template
        assert "{" not in normalise(first)


# A walk.

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def url(number: int) -> str:
    return f"https://{NHANDAN}/noticia-post{number}.html"


def sitemap(*entries: tuple[int, str]) -> Says:
    urls = "".join(
        f"<url><loc>{url(number)}</loc>{f'<lastmod>{day}T09:00:00+07:00</lastmod>' if day else ''}</url>"
        for number, day in entries
    )
    return Says(f"<urlset {SPACE}>{urls}</urlset>".encode())


def index(*children: tuple[str, str]) -> Says:
    rows = "".join(
        f"<sitemap><loc>https://{NHANDAN}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for path, day in children
    )
    return Says(f"<sitemapindex {SPACE}>{rows}</sitemapindex>".encode())


def page(number: object) -> Says:
    body = f"<html><body><h1>Noticia {number}</h1><p>Texto de la noticia.</p></body></html>"
    return Says(body.encode(), headers={"Content-Type": "text/html"})


def answers() -> dict[tuple[str, str], Says]:
    """A site whose sitemaps are indexed twice over, with an index that names itself and its own parent."""
    packed = gzip.compress(sitemap((5, "2026-08-12"), (6, "2026-08-31")).body)
    texts = {
        "/sitemap.xml": index(
            ("/sitemaps/news-2026-7.xml", ""),
            ("/sitemaps/news-2026-8.xml", ""),
            ("/sitemaps/more.xml", "2026-09-30"),
            ("/sitemaps/old.xml", "2026-08-01"),
            ("/sitemap.xml", ""),
        ),
        "/sitemaps/news-2026-8.xml": sitemap((1, "2026-08-09"), (2, "2026-08-10"), (3, "2026-08-20"), (4, "")),
        "/sitemaps/more.xml": index(("/sitemaps/packed.xml.gz", "2026-08-31"), ("/sitemaps/more.xml", "")),
        "/sitemaps/packed.xml.gz": Says(packed, headers={"Content-Type": "application/gzip"}),
        "/rss/home.rss": Says(b"<rss><channel></channel></rss>"),
    }
    pages = {f"/noticia-post{number}.html": page(number) for number in range(1, 7)}
    return {(NHANDAN, path): says for path, says in {**texts, **pages}.items()}


def walk(database: Path, site: Site, *arguments: str) -> tuple[str, ...]:
    hosts = local(site.hosts(NHANDAN, PRENSA))
    days = ("--since", "2026-08-10", "--until", "2026-08-20")
    return ("crawl", "--no-process", "--database", str(database), *hosts, *days, *(arguments or ("nhandan-es",)))


@dataclass(frozen=True)
class Walked:
    db: Database
    asked: list[str]
    output: str
    again: str
    dumps: tuple[list[str], list[str]]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    database: Path = tmp_path_factory.mktemp("past") / "news.db"
    with Site(answers()) as site, opened(database) as db:
        output = run(*walk(database, site)).stderr
        asked = [path for host, path in site.asked if host == NHANDAN]
        first = list(dump_lines(db))
        again = run(*walk(database, site)).stderr
        yield Walked(db, asked, output, again, (first, list(dump_lines(db))))


def test_the_articles_of_these_days_are_fetched_and_no_others(walked: Walked) -> None:
    found = rows(walked.db, "SELECT url, state FROM fetches ORDER BY url")
    assert found == [{"url": url(number), "state": "archived"} for number in (2, 3, 5)]


def test_what_is_left_out_is_counted(walked: Walked) -> None:
    assert "2 entries of other days left out" in walked.output
    assert "1 entries without a date left out" in walked.output
    assert "3 articles named in those days" in walked.output


def test_only_sitemaps_that_may_hold_the_days_are_read_each_once(walked: Walked) -> None:
    sitemaps = sorted(path for path in walked.asked if "sitemap" in path)
    assert sitemaps == [
        "/sitemap.xml",
        "/sitemaps/more.xml",
        "/sitemaps/news-2026-8.xml",
        "/sitemaps/packed.xml.gz",
    ]


def test_the_polling_is_not_disturbed(walked: Walked) -> None:
    assert "/rss/home.rss" not in walked.asked
    visited = "SELECT url FROM listings WHERE polled AND (next_at IS NOT NULL OR outcome IS NOT NULL)"
    assert rows(walked.db, visited) == []
    read = rows(walked.db, "SELECT url FROM listings WHERE NOT polled ORDER BY url")
    assert [row["url"].rpartition("/")[2] for row in read] == ["more.xml", "news-2026-8.xml", "packed.xml.gz"]


def test_a_walk_that_is_made_again_changes_nothing(walked: Walked) -> None:
    assert walked.dumps[1] == walked.dumps[0]
    assert "articles new" not in walked.again.replace("0 articles new", "")
    assert "pages archived" not in walked.again


@pytest.mark.parametrize("trap", ["/sitemaps/packed.xml.gz", "/noticia-post3.html"])
def test_a_walk_that_is_killed_goes_on_where_it_was(database: Path, walked: Walked, trap: str) -> None:
    with Site({}) as site:
        site.answers = Deadly(answers())
        site.answers.kill(start(*walk(database, site)), at=trap)
        site.asked.clear()
        run(*walk(database, site))
        asked = [path for _, path in site.asked]
    with opened(database) as db:
        assert list(dump_lines(db)) == walked.dumps[0]
    if "sitemap" in trap:
        assert "/sitemap.xml" not in asked, "what was read is not read again"


def test_a_source_whose_sitemap_only_robots_txt_names_and_archives_are_walked_too(database: Path) -> None:
    """Never visited before: the home page is asked for, since with it comes robots.txt."""

    def links(*slugs: str) -> Says:
        text = "".join(f'<a href="https://{PRENSA}/2026/08/20/{slug}/">x</a>' for slug in slugs)
        return Says(f"<html><body>{text}</body></html>".encode(), headers={"Content-Type": "text/html"})

    sites = {
        (PRENSA, "/robots.txt"): Says(ROBOTS + f"Sitemap: https://{PRENSA}/mapa.txt".encode()),
        (PRENSA, "/"): links(),
        (PRENSA, "/mapa.txt"): Says(f"https://{PRENSA}/2026/08/15/uno/\nhttps://{PRENSA}/2026/08/25/dos/\n".encode()),
        (PRENSA, "/2026/08/20/page/1/"): links("tres", "cuatro"),
        # Beyond its last page the site sends the last again.
        (PRENSA, "/2026/08/20/page/2/"): links("cinco"),
        (PRENSA, "/2026/08/20/page/3/"): links("cinco"),
        (PRENSA, "/2026/08/20/page/4/"): links("cinco"),
    }
    with Site(sites) as site:
        run(*walk(database, site, "prensa-latina"))
        asked = [path for host, path in site.asked]
    assert "/2026/08/20/page/3/" in asked
    assert "/2026/08/20/page/4/" not in asked
    assert "/feed/" not in asked
    with opened(database) as db:
        found = rows(db, "SELECT url FROM articles ORDER BY url")
    assert [row["url"].rstrip("/").rpartition("/")[2] for row in found] == ["uno", "cinco", "cuatro", "tres"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--until", "2026-08-10"), "--until needs --since"),
        (("--since", "2026-08-10", "--until", "2026-08-01"), "is after --until"),
        (("--since", "yesterday"), "yesterday"),
    ],
)
def test_days_that_make_no_sense_are_refused(database: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in run("crawl", "--database", database, *arguments, code=2).stderr


# Its bounds.


@pytest.fixture
def page_of_a_walk(db: Database) -> backfills.Page:
    save_source(db, SourceFacts("nhandan-es", "Nhân Dân", "es", "VN", HANOI, 1))
    walk = backfills.ask_for(db, "nhandan-es", "2026-08-10", "2026-08-20")
    first = backfills.Page(walk, f"https://{NHANDAN}/sitemap.xml", "2026-08-10", "2026-08-20")
    backfills.add_pages(db, [first])
    return first


def test_a_walk_has_an_end_whatever_its_indexes_name(db: Database, page_of_a_walk: backfills.Page) -> None:
    walk = page_of_a_walk.backfill
    pages = (backfills.Page(walk, f"https://{NHANDAN}/{number}.xml", "", "", 1) for number in range(6_000))
    with writing(db):
        assert backfills.add_pages(db, pages) == 6_001 - backfills.MOST_PAGES
    assert db.table("backfill_pages").count == backfills.MOST_PAGES


def test_a_page_that_fails_is_tried_again_later_and_given_up_in_the_end(
    db: Database, page_of_a_walk: backfills.Page
) -> None:
    for tries in range(1, backfills.MOST_TRIES + 1):
        backfills.save_failed_page(db, page_of_a_walk, "HTTP 500")
        assert backfills.due_pages(db, "nhandan-es", 10) == []
        assert rows(db, "SELECT attempts FROM backfill_pages") == [{"attempts": tries}]
    assert rows(db, "SELECT state FROM backfills") == [{"state": "done"}]
