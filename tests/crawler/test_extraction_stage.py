"""From an answer of a server to the database: what the listing and the headers say of a page is read with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_site import Says, Site
from extracting import TEXT

from crawler.extraction import EXTRACTION_VERSION
from crawler.stage import Extract
from storage.articles import read_capture, save_extraction
from storage.database import opened, rows, value, writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

PRENSA = "www.prensa-latina.cu"
DAY = "/2026/10/05"


def page(title: str, head: str = "", **headers: str) -> Says:
    text = (
        f"<html><head>{head}</head><body><h1 class=entry-title>{title}</h1>"
        f"<div class=entry-content><p>{TEXT}{title}.</p></div></body></html>"
    )
    return Says(text.encode(), headers={"Content-Type": "text/html", **headers})


def item(slug: str, date: str) -> str:
    return f"<item><title>t</title><link>https://{PRENSA}{DAY}/{slug}/</link><pubDate>{date}</pubDate></item>"


SLUGS = ("reservada", "plantilla", "error", "consentimiento", "nota")
ITEMS = "".join(item(slug, "Mon, 05 Oct 2026 12:00:00 GMT") for slug in SLUGS)
ANSWERS = {
    (PRENSA, "/feed/"): Says(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{ITEMS}</channel></rss>'.encode(),
        headers={"Content-Type": "application/rss+xml"},
    ),
    (PRENSA, f"{DAY}/reservada/"): page(
        "Una nota reservada",
        '<meta name="robots" content="noarchive"><meta name="tdm-policy" content="https://x.cu/tdm.json">',
        **{"X-Robots-Tag": "googlebot: nosnippet", "TDM-Reservation": "1"},
    ),
    (PRENSA, f"{DAY}/plantilla/"): page("Una nota", '<meta name="dc.date" content="2001-03-03">'),
    (PRENSA, f"{DAY}/error/"): Says(
        b"<html><title>Error 500</title><body><h1>Error interno del servidor</h1></body></html>",
        headers={"Content-Type": "text/html"},
    ),
    (PRENSA, f"{DAY}/consentimiento/"): Says(
        b"<html><body><h1>Valoramos su privacidad</h1><p>Usamos cookies.</p></body></html>",
        headers={"Content-Type": "text/html; charset=utf-8"},
    ),
    (PRENSA, f"{DAY}/nota/"): page(
        "Otra nota", '<meta property="article:published_time" content="2026-10-05T07:55:00-04:00">'
    ),
}


@dataclass
class Crawled:
    db: Database
    database: Path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    database = tmp_path_factory.mktemp("extraction") / "news.db"
    with Site(ANSWERS) as site:
        run("crawl", "--database", database, *local(site.hosts(PRENSA)), "prensa-latina")
    with opened(database) as db:
        yield Crawled(db, database)


def extraction(db: Database, slug: str) -> dict[str, object]:
    (found,) = rows(
        db,
        "SELECT e.* FROM extractions e JOIN articles a ON a.id = e.article WHERE a.url LIKE ?",
        [f"%/{slug}%"],
    )
    return found


def test_reservations_are_kept_with_where_they_stood_and_shown(crawled: Crawled) -> None:
    found = rows(
        crawled.db, "SELECT origin, agent, directive, value, outlet, title FROM reserved ORDER BY origin, directive"
    )
    assert [tuple(row.values())[:4] for row in found] == [
        ("header", "googlebot", "nosnippet", ""),
        ("header", "", "tdm-reservation", "1"),
        ("meta", "", "noarchive", ""),
        ("meta", "", "tdm-policy", "https://x.cu/tdm.json"),
    ]
    assert {(row["outlet"], row["title"]) for row in found} == {("Prensa Latina", "Una nota reservada")}


def test_reservation_changes_nothing_in_how_an_article_is_kept(crawled: Crawled) -> None:
    """It is for people to act on; our archive is shown to nobody."""
    assert value(crawled.db, "SELECT body FROM reading WHERE url LIKE '%reservada%'")


def test_date_of_the_template_gives_way_to_the_feed_s(crawled: Crawled) -> None:
    found = extraction(crawled.db, "plantilla")
    assert (found["published"], found["published_origin"]) == ("2026-10-05T12:00:00+00:00", "feed")
    assert "lies far from the listing's" in str(found["problems"])


def test_date_of_the_page_near_the_feed_s_stays(crawled: Crawled) -> None:
    found = extraction(crawled.db, "nota")
    assert (found["published_as_read"], found["published_origin"]) == ("2026-10-05T07:55:00-04:00", "meta")


@pytest.mark.parametrize(("slug", "what"), [("error", "an error page"), ("consentimiento", "a request for consent")])
def test_page_in_an_article_s_place_is_a_failure_that_can_be_seen(crawled: Crawled, slug: str, what: str) -> None:
    (found,) = rows(crawled.db, "SELECT stage, why FROM problems WHERE subject LIKE ?", [f"%{slug}%"])
    assert found["stage"] == "extract"
    assert str(found["why"]).startswith("NoArticle")
    assert what in str(found["why"])
    query = "SELECT 1 FROM revisions r JOIN articles a ON a.id = r.article WHERE a.url LIKE ?"
    assert not rows(crawled.db, query, [f"%{slug}%"])


def test_reading_a_page_again_leaves_the_same_rows(crawled: Crawled) -> None:
    stage = Extract(crawled.database)
    before = rows(crawled.db, "SELECT * FROM reservations ORDER BY 1, 2, 3, 4, 5")
    capture = str(extraction(crawled.db, "reservada")["capture"])
    (result,) = stage.work(stage.load(crawled.db, [capture]))
    with writing(crawled.db):
        assert save_extraction(crawled.db, read_capture(crawled.db, capture), result, EXTRACTION_VERSION) is None
    assert rows(crawled.db, "SELECT * FROM reservations ORDER BY 1, 2, 3, 4, 5") == before
    assert len(before) == 4
