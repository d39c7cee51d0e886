"""How often a listing is visited, and which are."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, local, run
from crawler_site import Says, Site, feed
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import polling
from crawler.discovery.polling import CEILING, FIRST, FLOOR, LONGEST_BACKOFF, MOST_ASKED, Rhythm, next_rhythm
from storage import agenda, listings
from storage.database import opened, rows
from storage.frontier import Sighting, discover, save_source
from storage.listings import Answer, Next
from storage.moments import later
from storage.records import SourceFacts

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

GRANMA, PRENSA = "www.granma.cu", "www.prensa-latina.cu"


# The rule.


def test_a_feed_that_is_mostly_known_is_visited_more_rarely() -> None:
    assert next_rhythm(Rhythm(30, 1), known=0.7, late=0).minutes == 45


def test_a_feed_that_is_hardly_known_is_visited_more_often() -> None:
    assert next_rhythm(Rhythm(30, 1), known=0.3, late=0).minutes == 15


def test_what_lies_between_stays_as_it_is() -> None:
    assert next_rhythm(Rhythm(30, 1), known=0.5, late=0) == Rhythm(30, 2)


def test_one_visit_on_time_is_not_enough() -> None:
    once = next_rhythm(Rhythm(30, 0), known=0.0, late=0)
    assert once == Rhythm(30, 1)
    assert next_rhythm(once, known=0.0, late=0).minutes == 15


def test_a_visit_that_somebody_asked_for_changes_nothing() -> None:
    assert next_rhythm(Rhythm(30, 5), known=1.0, late=-3) == Rhythm(30, 5)


def test_after_a_pause_of_ours_nothing_is_concluded() -> None:
    assert next_rhythm(Rhythm(30, 5), known=0.0, late=600) == Rhythm(30, 0)


def test_a_quiet_feed_that_wakes_up_is_visited_often_at_once() -> None:
    assert next_rhythm(Rhythm(CEILING, 9), known=0.0, late=0).minutes == FIRST


visits = st.tuples(
    st.floats(0, 1),
    st.one_of(st.none(), st.floats(-100, 100_000)),
)


@given(st.floats(0.001, 1e9), st.lists(visits, max_size=60))
def test_no_history_brings_the_interval_below_ten_minutes_or_above_a_day(first: float, history: Any) -> None:
    rhythm = Rhythm(first)
    for known, late in history:
        rhythm = next_rhythm(rhythm, known=known, late=late)
        assert FLOOR <= rhythm.minutes <= CEILING


@given(st.floats(FLOOR, CEILING), st.integers(2, 9), st.floats(0, 1))
def test_more_that_is_known_never_brings_the_next_visit_nearer(minutes: float, on_time: int, known: float) -> None:
    rhythm = Rhythm(minutes, on_time)
    less, more = (next_rhythm(rhythm, known=share, late=0).minutes for share in (known / 2, known))
    assert less <= more


@given(st.floats(FLOOR, CEILING), st.one_of(st.none(), st.floats(0, 1e12)))
def test_a_wish_for_rest_is_heeded_within_reason(minutes: float, asked: float | None) -> None:
    wait = polling.pause(Rhythm(minutes), asked)
    assert max(minutes, min(asked or 0, MOST_ASKED)) == wait <= CEILING


@given(st.floats(0, 1e6), st.integers(1, 10_000), st.one_of(st.none(), st.floats(0, 1e12)))
def test_a_feed_that_fails_is_tried_ever_more_rarely_and_never_given_up(
    minutes: float, failures: int, retry: float | None
) -> None:
    wait = polling.backoff(minutes, failures, retry)
    assert FLOOR <= wait <= LONGEST_BACKOFF
    assert wait <= polling.backoff(minutes, failures + 1, retry)
    assert wait >= min(retry or 0, LONGEST_BACKOFF)
    assert math.isfinite(wait)


def test_after_a_dozen_failures_a_feed_is_tried_once_a_month() -> None:
    assert polling.backoff(30, 12) == LONGEST_BACKOFF == 30 * 24 * 60


# Which listings are visited.


@pytest.fixture
def source(db: Database) -> str:
    save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
    return "granma-es"


def url(path: str) -> str:
    return f"https://{GRANMA}{path}"


def answered(db: Database, path: str, *, barren: bool = False) -> None:
    answer = Answer("rss", "hash", None, None, 1, (), "rules", barren)
    listings.save_reading(db, url(path), answer, Next(30, 30, 0, None))


def failed(db: Database, path: str) -> None:
    listings.save_failure(db, url(path), "HTTP 500", wait=60)


def visited(db: Database) -> set[str]:
    return {listing.url.removeprefix(f"https://{GRANMA}") for listing in listings.polled(db)}


def test_what_was_found_stands_in_only_where_nothing_of_its_kind_answers(db: Database, source: str) -> None:
    listings.declare(db, source, {url("/feed"): "feed", url("/feed2"): "feed", url("/cuba"): "section"})
    listings.note_found(db, source, "feed", [url("/rss")], url("/cuba"))
    assert visited(db) == {"/feed", "/feed2", "/cuba"}
    failed(db, "/feed")
    assert visited(db) == {"/feed", "/feed2", "/cuba"}
    failed(db, "/feed2")
    assert visited(db) == {"/feed", "/feed2", "/cuba", "/rss"}
    answered(db, "/feed")
    assert visited(db) == {"/feed", "/feed2", "/cuba"}


def test_a_source_without_a_sitemap_uses_the_one_that_was_found_with_its_children(db: Database, source: str) -> None:
    listings.declare(db, source, {url("/feed"): "feed"})
    listings.note_found(db, source, "sitemap", [url("/index.xml")], url("/robots.txt"))
    listings.follow(db, source, url("/index.xml"), [url("/1.xml"), url("/2.xml"), url("/index.xml")])
    listings.follow(db, source, url("/2.xml"), [url("/1.xml"), url("/index.xml"), url("/3.xml")])
    assert visited(db) == {"/feed", "/index.xml", "/1.xml", "/2.xml", "/3.xml"}
    listings.follow(db, source, url("/index.xml"), [url("/1.xml")])
    assert visited(db) == {"/feed", "/index.xml", "/1.xml"}
    listings.declare(db, source, {url("/feed"): "feed", url("/sitemap.xml"): "sitemap"})
    assert visited(db) == {"/feed", "/sitemap.xml"}


def test_the_home_page_is_looked_at_until_a_feed_answers(db: Database, source: str) -> None:
    listings.declare(db, source, {url("/"): "home", url("/cuba"): "section"})
    assert visited(db) == {"/cuba", "/"}
    listings.note_found(db, source, "feed", [url("/rss")], url("/"))
    assert visited(db) == {"/cuba", "/rss"}
    failed(db, "/rss")
    assert visited(db) == {"/cuba", "/", "/rss"}
    listings.declare(db, source, {url("/"): "home", url("/feed"): "feed"})
    assert visited(db) == {"/feed"}


def test_a_found_feed_that_names_nothing_of_ours_is_left_alone_for_good(db: Database, source: str) -> None:
    listings.note_found(db, source, "feed", [url("/rss")], url("/"))
    answered(db, "/rss", barren=True)
    listings.note_found(db, source, "feed", [url("/rss")], url("/"))
    assert visited(db) == set()


def test_a_sitemap_of_a_declared_index_may_name_nothing_of_ours_yet(db: Database, source: str) -> None:
    listings.declare(db, source, {url("/feed"): "feed", url("/index.xml"): "sitemap"})
    listings.follow(db, source, url("/index.xml"), [url("/2026-12.xml")])
    answered(db, "/2026-12.xml", barren=True)
    assert visited(db) == {"/feed", "/index.xml", "/2026-12.xml"}


def test_a_declared_feed_that_names_nothing_of_ours_is_visited_on(db: Database, source: str) -> None:
    listings.declare(db, source, {url("/feed"): "feed"})
    answered(db, "/feed", barren=True)
    assert visited(db) == {"/feed"}
    listings.note_found(db, source, "feed", [url("/rss")], url("/"))
    assert visited(db) == {"/feed", "/rss"}, "and others are looked for"


def test_pages_that_announce_ever_other_feeds_do_not_fill_the_table(db: Database, source: str) -> None:
    for number in range(500):
        listings.note_found(db, source, "feed", [url(f"/rss?{number}")], url("/"))
    assert db.table("listings").count == listings.MOST_FOUND
    assert len(visited(db)) == listings.MOST_STAND_INS


def test_a_listing_that_is_declared_no_more_is_not_visited(db: Database, source: str) -> None:
    listings.declare(db, source, {url("/feed"): "feed", url("/old"): "feed"})
    listings.declare(db, source, {url("/feed"): "feed"})
    assert visited(db) == {"/feed"}
    listings.declare(db, source, {url("/feed"): "feed", url("/old"): "feed"})
    assert visited(db) == {"/feed", "/old"}


# What a tick has to do.


def in_catalogue(db: Database, source: str) -> None:
    agenda.save_catalogue(db, [source], "digest")


def test_only_what_is_due_is_on_the_agenda(db: Database, source: str) -> None:
    in_catalogue(db, source)
    assert agenda.read_agenda(db) == agenda.Agenda((), None)
    listings.declare(db, source, {url("/feed"): "feed"})
    assert agenda.read_agenda(db) == agenda.Agenda((source,), None)
    answered(db, "/feed")
    (next_at,) = db.conn.execute("SELECT next_at FROM listings").fetchone()
    assert agenda.read_agenda(db) == agenda.Agenda((), (source, next_at))


def test_a_fetch_that_is_due_later_waits(db: Database, source: str) -> None:
    in_catalogue(db, source)
    listings.declare(db, source, {url("/feed"): "feed"})
    discover(db, source, url("/feed"), [Sighting("key", url("/cuba/1"), None, None, None, None)])
    answered(db, "/feed")
    assert agenda.read_agenda(db).due == (source,)
    soon = later(5)
    db.conn.execute("UPDATE fetches SET next_at = ?", [soon])
    assert agenda.read_agenda(db) == agenda.Agenda((), (source, soon))


def test_a_source_that_the_code_states_no_more_is_not_crawled(db: Database, source: str) -> None:
    in_catalogue(db, source)
    listings.declare(db, source, {url("/feed"): "feed"})
    agenda.save_catalogue(db, [], "other")
    assert agenda.read_agenda(db) == agenda.Agenda((), None)


# A tick, as cron runs it.


def put_off(database: Path, minutes: float) -> None:
    """As if every listing had just been visited."""
    with opened(database) as db:
        db.conn.execute("UPDATE listings SET next_at = ?, outcome = 'read'", [later(minutes)])


def planned(database: Path) -> None:
    """A database that knows the whole catalogue, none of it visited."""
    from crawler.catalogue import catalogue_digest
    from triwire.planning import note_catalogue

    with opened(database) as db:
        note_catalogue(db, catalogue_digest())


def test_a_tick_with_nothing_due_says_what_comes_next_and_imports_no_scrapy(database: Path) -> None:
    planned(database)
    put_off(database, 7)
    script = (
        "import sys; from triwire.cli import main; main(sys.argv[1:], standalone_mode=False);"
        "print([name for name in ('scrapy', 'twisted', 'lxml', 'trafilatura') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "crawl", "--database", str(database)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nothing was due (next: " in done.stderr
    assert "in 7 minutes)" in done.stderr
    assert done.stdout == "[]\n"


def test_a_source_that_is_new_in_the_code_is_noticed(database: Path) -> None:
    from crawler.catalogue import catalogue_digest
    from triwire.planning import plan

    planned(database)
    put_off(database, 7)
    with opened(database) as db:
        db.conn.execute("DELETE FROM catalogue WHERE source = 'granma-es'")
        db.conn.execute("DELETE FROM listings WHERE source = 'granma-es'")
        assert plan(db, {}).due == ()
        db.conn.execute("UPDATE catalogue SET digest = 'of other files'")
        assert plan(db, {}).due == ("granma-es",)
        assert agenda.known_digest(db) == catalogue_digest()


PAGE = Says(b"<html><body><h1>Uno</h1><p>Texto.</p></body></html>", headers={"Content-Type": "text/html"})
UNO = "/cuba/2026-10-05/uno"


def granma_feed(*paths: str, **headers: str) -> Says:
    says = feed(*(url(path) for path in paths))
    return Says(says.body, headers={**says.headers, **headers})


def tick(database: Path, site: Site, *arguments: str) -> str:
    hosts = local(site.hosts(GRANMA, PRENSA))
    return run("crawl", "--no-process", "--database", database, *hosts, *arguments).stderr


def test_a_tick_visits_what_is_due_and_nothing_else(database: Path) -> None:
    """And the feed's wishes, the server's, and a refusal decide when each is due again."""
    planned(database)
    put_off(database, 60)
    answers = {
        (GRANMA, "/feed"): granma_feed(UNO, **{"Cache-Control": "public, max-age=2700"}),
        (GRANMA, UNO): PAGE,
        (PRENSA, "/feed/"): Says(b"", 429, {"Retry-After": str(14 * 3600)}),
    }
    with opened(database) as db:
        db.conn.execute("UPDATE listings SET next_at = NULL WHERE url LIKE ?", [f"https://{GRANMA}/feed"])
        db.conn.execute("UPDATE listings SET next_at = NULL WHERE url LIKE ?", [f"https://{PRENSA}/feed/"])
    with Site(answers) as site:
        told = tick(database, site)
    paths = [(host, path) for host, path in site.asked if path != "/robots.txt"]
    assert (paths.count((GRANMA, "/feed")), paths.count((GRANMA, UNO)), paths.count((PRENSA, "/feed/"))) == (1, 1, 1)
    assert {host for host, _ in paths} == {GRANMA, PRENSA}
    assert not [path for _, path in paths if "archivo" in path], "the section page is not due"
    assert "1 articles new" in told
    waits = {
        row["url"]: (datetime.fromisoformat(row["next_at"]) - datetime.now(UTC)) / timedelta(minutes=1)
        for row in rows_of(database, "SELECT url, next_at FROM listings WHERE url LIKE '%/feed%'")
    }
    assert 40 < waits[url("/feed")] <= 45, "max-age asks for more than the first interval"
    assert 13.5 * 60 < waits[f"https://{PRENSA}/feed/"] <= 14 * 60


def rows_of(database: Path, sql: str) -> list[dict[str, Any]]:
    with opened(database) as db:
        return rows(db, sql)


def test_a_server_that_always_says_not_modified_is_asked_for_everything_once_a_day(database: Path) -> None:
    state = "SELECT outcome, next_at, read_at FROM listings WHERE url LIKE '%/feed'"

    class Lying(Site):
        """Answers any condition with 304."""

    with Lying({(GRANMA, "/feed"): granma_feed(UNO, ETag='"1"'), (GRANMA, UNO): PAGE}) as site:
        tick(database, site, "granma-es")
        site.answers[GRANMA, "/feed"] = Says(b"", 304, {"ETag": '"1"'})
        tick(database, site, "granma-es")
        assert rows_of(database, state)[0]["outcome"] == "unchanged"
        with opened(database) as db:
            db.conn.execute("UPDATE listings SET read_at = ?", [later(-25 * 60)])
        told = tick(database, site, "granma-es")
    assert "HTTP 304" in told, "without a condition that is no answer"
    assert rows_of(database, state)[0]["outcome"] == "failed"


def test_what_a_clock_put_off_that_was_ahead_is_done_once_it_is_right(database: Path) -> None:
    planned(database)
    put_off(database, 60)
    ahead = later(9 * 365 * 24 * 60)
    with opened(database) as db:
        db.conn.execute("UPDATE listings SET next_at = ?, checked_at = ? WHERE source = 'granma-es'", [ahead, ahead])
        page = f"https://{PRENSA}/2026/10/05/uno/"
        discover(db, "prensa-latina", f"https://{PRENSA}/feed/", [Sighting(page, page, None, None, None, None)])
        db.conn.execute("UPDATE fetches SET next_at = ?", [ahead])
    answers = {(GRANMA, "/feed"): granma_feed(UNO), (GRANMA, UNO): PAGE, (PRENSA, "/2026/10/05/uno/"): PAGE}
    with Site(answers) as site:
        tick(database, site)
    assert set(answers) <= set(site.asked)
    with opened(database) as db:
        assert rows(db, "SELECT url FROM listings WHERE checked_at > ?", [later(60)]) == []


def test_a_clock_that_begins_with_the_epoch_hurries_nothing(db: Database, source: str) -> None:
    listings.visit_listing(db, url("/feed"), source)
    answered(db, "/feed")
    planned_at = rows(db, "SELECT url, checked_at, next_at FROM listings")
    agenda.set_clock(db, datetime(1970, 1, 1, tzinfo=UTC))
    assert rows(db, "SELECT url, checked_at, next_at FROM listings") == planned_at
    agenda.set_clock(db, datetime.now(UTC) - timedelta(minutes=10))
    assert [row["next_at"] for row in rows(db, "SELECT next_at FROM listings WHERE checked_at IS NOT NULL")] == [None]


def test_a_line_that_is_down_counts_against_no_site(database: Path) -> None:
    hosts = (GRANMA, "en.granma.cu", PRENSA, "vietnamnews.vn", "nhandan.vn", "es.nhandan.vn", "www.trabajadores.cu")
    sources = ("granma-es", "granma-en", "prensa-latina", "vietnamnews", "nhandan-vi", "nhandan-es", "trabajadores")
    of_prensa = "SELECT failures, next_at FROM listings WHERE url = 'https://www.prensa-latina.cu/feed/'"

    def crawl_an_hour_later(places: dict[str, str]) -> str:
        with opened(database) as db:
            db.conn.execute(
                "UPDATE listings SET checked_at = strftime(:form, checked_at, '-1 hour'),"
                " read_at = strftime(:form, read_at, '-1 hour'), next_at = strftime(:form, next_at, '-1 hour')",
                {"form": "%Y-%m-%dT%H:%M:%S+00:00"},
            )
            db.conn.execute("DELETE FROM robots")
        return run("crawl", "--no-process", "--database", database, *local(places), *sources).stderr

    answers = {(GRANMA, "/feed"): granma_feed(UNO), (PRENSA, "/feed/"): granma_feed()}
    with Site(answers) as site:
        crawl_an_hour_later(site.hosts(*hosts))
    # Nobody listens there any more.
    told = [crawl_an_hour_later(dict.fromkeys(hosts, site.place)) for _ in range(4)]
    assert "is this machine's line down?" in told[-1]
    assert rows_of(database, "SELECT url FROM listings WHERE failures > 2") == []
    (silent,) = rows_of(database, of_prensa)
    assert silent["next_at"] < later(FIRST * 2 + 1), "it is asked again soon"
    # The line is up again, and one site is still silent: that is its own fault.
    with Site(answers) as again:
        crawl_an_hour_later({**again.hosts(*hosts), PRENSA: site.place})
        crawl_an_hour_later({**again.hosts(*hosts), PRENSA: site.place})
    (failed,) = rows_of(database, of_prensa)
    assert failed["failures"] > silent["failures"]


def test_feeds_that_the_home_page_announces_are_visited_when_the_declared_one_fails(database: Path) -> None:
    home = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss/todo">'
        b'<link rel="alternate" type="application/rss+xml" title="Comentarios" href="/rss/opinan">'
        b'<link rel="alternate" type="application/rss+xml" href="https://elsewhere.example/rss"></head>'
        b'<body><a href="/cuba/2026-10-05/de-la-portada">Portada</a></body></html>'
    )
    answers = {
        (PRENSA, "/robots.txt"): Says(
            b"User-agent: *\nDisallow:\nSitemap: https://www.prensa-latina.cu/mapa.txt\nSitemap: https://b.example/x.xml\n"
        ),
        (PRENSA, "/"): Says(home, headers={"Content-Type": "text/html"}),
        (PRENSA, "/rss/todo"): feed(f"https://{PRENSA}/2026/10/05/uno/"),
        (PRENSA, "/mapa.txt"): Says(f"https://{PRENSA}/2026/10/05/dos/\n".encode()),
    }
    with Site(answers) as site:
        tick(database, site, "prensa-latina")
    asked = {path for host, path in site.asked if host == PRENSA}
    assert asked == {
        *("/robots.txt", "/feed/", "/", "/rss/todo", "/mapa.txt"),
        *("/2026/10/05/uno/", "/2026/10/05/dos/"),
    }
    found = rows_of(database, "SELECT url, role, found_in FROM listings WHERE found_in IS NOT NULL ORDER BY url")
    assert found == [
        {
            "url": f"https://{PRENSA}/mapa.txt",
            "role": "sitemap",
            "found_in": f"https://{PRENSA}/robots.txt",
        },
        {"url": f"https://{PRENSA}/rss/todo", "role": "feed", "found_in": f"https://{PRENSA}/"},
    ]
