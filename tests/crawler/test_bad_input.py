"""What sites really send. Each case ends in an outcome that can be seen, and costs nothing else."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_site import Says, Site, feed, html

from storage.database import opened, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

GRANMA, GRANMA_EN, PRENSA, VNS, VOV = (
    "www.granma.cu",
    "en.granma.cu",
    "www.prensa-latina.cu",
    "vietnamnews.vn",
    "english.vov.vn",
)
ARCHIVE = "/archivo?page=1&q=&s=0"
VIETNAMESE = "Thủ tướng Việt Nam thăm chính thức Cuba và dự lễ khánh thành nhà máy mới ở Mariel."
SPANISH = "El presidente recibió a la delegación vietnamita y ambos países firmaron tres acuerdos de cooperación."


def page(title: str, *paragraphs: str, head: str = "", encoding: str = "utf-8") -> Says:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    heading = f'<h1 class="g-story-heading">{title}</h1>' if title else ""
    return html(
        f"<html><head>{head}</head><body><article>{heading}"
        f'<div class="story-body-textt">{body}</div></article></body></html>',
        encoding,
    )


DATED = '<meta property="article:published_time" content="2026-10-05T10:00:00-04:00">'
ANSWERS = {
    # A feed that is a page; the section page beside it still works, with every spelling of one address.
    (GRANMA, "/feed"): html("<html><body><h1>Mantenimiento</h1><a href='/x'>Inicio</a></body></html>"),
    (GRANMA, ARCHIVE): html(
        '<html><body><a href="/cuba/2026-10-05/uno?utm_source=x&amp;fbclid=1#arriba">Uno</a>'
        '<a href="HTTPS://WWW.Granma.cu:443/cuba/2026-10-05/uno">Uno</a>'
        '<a href="//granma.cu/cuba/2026-10-05/uno/">Uno</a>'
        '<a href="/cuba/2026-10-05/sin-cuerpo">Tres</a>'
        '<a href="/cuba/2026-10-05/sin-titulo">Cuatro</a><a href="/cuba/2026-10-05/nada">Cinco</a>'
        '<a href="/cuba/2026-10-05/no-es-pagina">Seis</a><a href="/cuba/2026-10-05/error">Siete</a>'
        '<a href="/cuba/2026-10-05/entidades">Ocho</a><a href="/cuba/2026-10-05/circulo">Nueve</a>'
        '<a href="/cuba/2026-10-05/a-portada">Diez</a><a href="javascript:alert(1)">Once</a><a href="http://[">Doce</a>'
    ),
    (GRANMA, "/cuba/2026-10-05/uno"): page("Uno", SPANISH, SPANISH, head=DATED),
    (GRANMA, "/cuba/2026-10-05/sin-cuerpo"): page("Sin cuerpo", head=DATED),
    (GRANMA, "/cuba/2026-10-05/sin-titulo"): page("", SPANISH + " Sin título.", head=DATED),
    (GRANMA, "/cuba/2026-10-05/nada"): Says(b"", headers={"Content-Type": "text/html"}),
    (GRANMA, "/cuba/2026-10-05/no-es-pagina"): Says(b"%PDF-1.4 \x00\xff", headers={"Content-Type": "application/pdf"}),
    (GRANMA, "/cuba/2026-10-05/error"): Says(b"oops", 500),
    (GRANMA, "/cuba/2026-10-05/entidades"): page(
        "Cuba &amp; Vi&#7879;t Nam: &laquo;" + unicodedata.normalize("NFD", "Đồng chí") + "&raquo;", SPANISH, head=DATED
    ),
    (GRANMA, "/cuba/2026-10-05/circulo"): Says(status=302, headers={"Location": "/cuba/2026-10-05/circulo"}),
    (GRANMA, "/cuba/2026-10-05/a-portada"): Says(status=302, headers={"Location": "/"}),
    (GRANMA, "/"): html("<h1>Portada</h1>"),
    # Nothing at all, and half a feed.
    (GRANMA_EN, "/feed"): Says(b""),
    (PRENSA, "/feed/"): Says(
        feed(f"https://{PRENSA}/2026/10/05/primero/", f"https://{PRENSA}/2026/10/05/segundo/").body[:-25],
        headers={"Content-Type": "application/rss+xml"},
    ),
    (PRENSA, "/2026/10/05/primero/"): page("Universidades", "Esta é uma notícia em português sobre a cooperação.",
        "O acordo prevê a formação de professores e não há ainda data para o início das aulas.", head=DATED),
    # Other encodings, declared and not.
    (VNS, "/rss/politics-laws.rss"): feed(
        f"https://{VNS}/politics-laws/1700001/mot.html", encoding="windows-1258", declared="windows-1258",
        title="Hà Nô\u0323i",  # the code page has â and ô, and marks for the tones
    ),
    (VNS, "/rss/society.rss"): feed(
        f"https://{VNS}/society/1700002/hai.html", encoding="latin-1", declared="utf-8", title="Cooperación"
    ),
    (VNS, "/rss/world.rss"): Says(b"<rss><channel>" + b"<item><title>x</title></item>" * 1_900_000),
    (VNS, "/politics-laws/1700001/mot.html"): html(
        f"<html><head>{DATED}<title>Hà Nội</title></head><body><h1>Hà Nội</h1><div id='abody'>"
        f"<p>{VIETNAMESE}</p><p>{VIETNAMESE}</p></div></body></html>"
    ),
    (VNS, "/society/1700002/hai.html"): html(
        f"<html><body><h1>Cooperación</h1><div id='abody'><p>{SPANISH} Y nada más.</p></div></body></html>"
    ),
    # A robots.txt that cannot be had.
    (VOV, "/robots.txt"): Says(b"try later", 503, {"Retry-After": "120"}),
}  # fmt: skip


@dataclass(frozen=True)
class Crawled:
    db: Database
    site: Site
    output: str


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    database: Path = tmp_path_factory.mktemp("bad") / "news.db"
    with Site(ANSWERS) as site:
        hosts = site.hosts(GRANMA, "granma.cu", GRANMA_EN, PRENSA, VNS, VOV)
        names = ("granma-es", "granma-en", "prensa-latina", "vietnamnews", "vov-en")
        done = run("crawl", "--database", database, *local(hosts), *names)
    with opened(database) as db:
        yield Crawled(db, site, done.stderr)


def listing(crawled: Crawled, host: str, path: str) -> dict[str, object]:
    found = rows(crawled.db, "SELECT * FROM listings WHERE url = ?", [f"https://{host}{path}"])
    return found[0]


def fetch(crawled: Crawled, slug: str) -> dict[str, object]:
    return rows(crawled.db, "SELECT * FROM fetches WHERE url LIKE ?", [f"%/{slug}%"])[0]


def extraction(crawled: Crawled, slug: str) -> dict[str, object]:
    return rows(
        crawled.db,
        "SELECT e.*, t.text AS body FROM extractions e JOIN articles a ON a.id = e.article"
        " JOIN texts t ON t.id = e.text WHERE a.url LIKE ?",
        [f"%/{slug}"],
    )[0]


def test_nothing_raises_out_of_a_run(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.output


@pytest.mark.parametrize(
    ("host", "path", "problem"),
    [
        (GRANMA, "/feed", "HTML where a feed"),
        (GRANMA_EN, "/feed", "EmptyListing"),
        (GRANMA_EN, ARCHIVE, "HTTP 404"),
        (VNS, "/rss/world.rss", "larger than download max size"),
        (VOV, "/rss/home.rss", "robots.txt"),
    ],
)
def test_a_listing_that_cannot_be_read_says_why(crawled: Crawled, host: str, path: str, problem: str) -> None:
    found = listing(crawled, host, path)
    assert problem in str(found["error"])
    assert found["failures"] == 1


def test_half_a_feed_gives_what_it_holds_and_says_so(crawled: Crawled) -> None:
    found = listing(crawled, PRENSA, "/feed/")
    assert found["problems"] != "[]"
    assert rows(crawled.db, "SELECT 1 FROM articles WHERE url LIKE '%primero%'")


@pytest.mark.parametrize(("path", "title"), [("/rss/politics-laws.rss", "Hà Nội"), ("/rss/society.rss", "Cooperación")])
def test_feeds_in_other_encodings_keep_their_letters(crawled: Crawled, path: str, title: str) -> None:
    found = rows(crawled.db, "SELECT title FROM discoveries WHERE listing = ?", [f"https://{VNS}{path}"])
    assert found == [{"title": title}]


def test_every_spelling_of_an_address_is_one_article(crawled: Crawled) -> None:
    assert len(rows(crawled.db, "SELECT 1 FROM articles WHERE url LIKE '%2026-10-05/uno%'")) == 1
    assert crawled.site.asked.count((GRANMA, "/cuba/2026-10-05/uno")) == 1


@pytest.mark.parametrize(
    ("slug", "missing"),
    [("hai.html", ["published"]), ("sin-cuerpo", ["body"]), ("sin-titulo", ["title"]), ("uno", [])],
)
def test_a_page_that_lacks_a_field_is_kept_and_says_so(crawled: Crawled, slug: str, missing: list[str]) -> None:
    assert json.loads(str(extraction(crawled, slug)["missing"])) == missing


def test_entities_and_combining_marks_become_letters(crawled: Crawled) -> None:
    assert extraction(crawled, "entidades")["title"] == "Cuba & Việt Nam: «Đồng chí»"


@pytest.mark.parametrize(
    ("slug", "state", "reason"),
    [
        ("nada", "queued", "empty answer"),
        ("error", "queued", "HTTP 500"),
        ("circulo", "queued", "redirect"),
        ("a-portada", "refused", "no article"),
        ("segundo", "gone", "HTTP 404"),
    ],
)
def test_a_page_that_cannot_be_had_says_why(crawled: Crawled, slug: str, state: str, reason: str) -> None:
    found = fetch(crawled, slug)
    assert found["state"] == state
    assert reason in str(found["reason"])
    assert (found["next_at"] is not None) == (state == "queued"), "what may pass is tried again, later"


def test_what_is_no_page_is_archived_and_counted_as_a_failure(crawled: Crawled) -> None:
    assert fetch(crawled, "no-es-pagina")["state"] == "archived"
    errors = rows(crawled.db, "SELECT error FROM work WHERE error IS NOT NULL")
    assert [str(row["error"]).partition(":")[0] for row in errors] == ["NotAPage"]


def test_a_language_that_we_do_not_know_is_other(crawled: Crawled) -> None:
    found = rows(crawled.db, "SELECT language, story_id FROM reading WHERE url LIKE '%primero%'")
    assert found[0]["language"] == "other"
    assert found[0]["story_id"]


def test_a_host_without_robots_txt_is_left_alone(crawled: Crawled) -> None:
    assert {path for host, path in crawled.site.asked if host == VOV} == {"/robots.txt"}


def test_everything_is_in_the_list_of_problems(crawled: Crawled) -> None:
    found = rows(crawled.db, "SELECT stage, subject FROM problems")
    subjects = " ".join(str(row["subject"]) for row in found)
    for slug in ("nada", "error", "circulo", "a-portada", "segundo", "no-es-pagina", "hai.html", "world.rss"):
        assert slug in subjects, slug
