"""Feeds, sitemaps and section pages as they should not be, served by a real server: what is kept, and what is said."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from conftest import local, run
from crawler_site import Says, Site

from crawler.copies import original
from crawler.discovery import LARGEST
from crawler.sources.granma import GranmaSpanish
from crawler.traps import MOST_SHAPES, Shapes, trap
from storage.database import opened, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

GRANMA, MOBILE, GRANMA_EN = "www.granma.cu", "m.granma.cu", "en.granma.cu"
VNS, NHANDAN, NHANDAN_ES = "vietnamnews.vn", "nhandan.vn", "es.nhandan.vn"
ARCHIVE = "/archivo?page=1&q=&s=0"


def rss(*items: str, head: str = "", channel: str = "") -> Says:
    text = f'{head}<rss version="2.0"{channel}><channel><title>T</title>{"".join(items)}</channel></rss>'
    return Says(text.encode(), headers={"Content-Type": "application/rss+xml"})


def item(link: str, title: str = "Título", date: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"


def links(*hrefs: str) -> Says:
    text = "".join(f'<a href="{href.replace("&", "&amp;")}">Enlace</a>' for href in hrefs)
    return Says(f"<html><body>{text}</body></html>".encode(), headers={"Content-Type": "text/html"})


def index(*urls: str) -> Says:
    return Says(
        f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in urls)}</sitemapindex>".encode()
    )


def urlset(*urls: str) -> Says:
    return Says(f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode())


def page(name: str) -> Says:
    body = f"<html><body><h1>{name}</h1><p>Texto de {name}.</p></body></html>"
    return Says(body.encode(), headers={"Content-Type": "text/html"})


BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ja">{}]>'.format(
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
)
OUTSIDE = (
    f'<!DOCTYPE rss SYSTEM "https://{VNS}/evil.dtd" [<!ENTITY e SYSTEM "https://{VNS}/evil.txt">'
    f'<!ENTITY % p SYSTEM "https://{VNS}/evil.ent"> %p;]>'
)
COPIES = (
    "/amp/cuba/2026-10-05/copia",
    "/cuba/2026-10-05/copia/amp",
    "/cuba/2026-10-05/copia/amp/",
    "/cuba/2026-10-05/copia?amp=1",
    "/cuba/2026-10-05/copia?print=1",
    "/cuba/2026-10-05/copia/imprimir",
    f"https://{MOBILE}/cuba/2026-10-05/copia",
    "/cuba/2026-10-05/copia?outputType=amp&utm_source=x",
)
SESSIONS = (
    "/cuba/2026-10-05/sesion;jsessionid=0A1B2C",
    "/cuba/2026-10-05/sesion;jsessionid=FFFFFF",
    "/cuba/2026-10-05/sesion?PHPSESSID=qwertyuiop",
    "/cuba/2026-10-05/sesion?sid=4f2a9c81d0e34b7fa1c2",
)
FACETS = tuple(f"/cuba/2026-10-05/lista?{name}=1&orden={n}" for name in "abcdefgh" for n in range(3))
CALENDAR = tuple(f"/calendario/{year}/{month:02}/" for year in range(1990, 2050) for month in range(1, 13))

ANSWERS = {
    # One article in two feeds, at two addresses and under two titles; entities that explode; the news of others.
    (VNS, "/rss/politics-laws.rss"): rss(item(f"https://{VNS}/politics/1700001/one.html", "One")),
    (VNS, "/rss/society.rss"): rss(item(f"https://www.{VNS}/society/1700001/renamed.html?utm_source=rss", "Renamed")),
    (VNS, "/rss/world.rss"): rss(item(f"https://{VNS}/world/1700002/two.html", "&l9;"), head=BOMB),
    (VNS, "/rss/economy.rss"): rss(item("https://elsewhere.example/1700003/x.html"), item("https://b.example/4/y.html")),
    (VNS, "/politics/1700001/one.html"): page("one"),
    (VNS, "/society/1700001/renamed.html?utm_source=rss"): page("renamed"),
    (VNS, "/world/1700002/two.html"): page("two"),
    # Relative links, xml:base, two marks of byte order, dates ahead, a document type that lies outside.
    (GRANMA, "/feed"): Says(
        "\ufeff\ufeff".encode()
        + rss(
            item("/cuba/2026-10-05/relativo"),
            f'<item xml:base="https://{GRANMA}/mundo/2026-10-05/"><link>base</link><title>x</title></item>',
            item(f"https://{GRANMA}/cuba/2026-10-05/futuro", date="Mon, 05 Oct 2099 10:00:00 -0400"),
        ).body
    ),
    (GRANMA, "/cuba/2026-10-05/relativo"): page("relativo"),
    (GRANMA, "/mundo/2026-10-05/base"): page("base"),
    (GRANMA, "/cuba/2026-10-05/futuro"): page("futuro"),
    # A section page with everything that could lead a crawl in circles, and one article a hundred times over.
    (GRANMA, ARCHIVE): links(
        *COPIES, "/cuba/2026-10-05/copia", *SESSIONS, *FACETS, *CALENDAR,
        "/cuba/2026-10-05/" + "cuba/2026-10-05/" * 4 + "eco", "?page=2", "/archivo?page=3&q=&s=0", "/",
    ),
    (GRANMA, "/cuba/2026-10-05/copia"): page("copia"),
    (GRANMA, "/cuba/2026-10-05/sesion"): page("sesion"),
    # A sound feed without entries; a section without articles; a document type that lies outside.
    (GRANMA_EN, "/feed"): rss(),
    (GRANMA_EN, ARCHIVE): links("/sport", "/world", "/archivo?page=2"),
    (NHANDAN, "/rss/home.rss"): rss(item(f"https://{NHANDAN}/mot-post1.html", "&e;"), head=OUTSIDE),
    (NHANDAN, "/mot-post1.html"): page("mot"),
    # JSON where RSS should be, behind a mark of byte order.
    (NHANDAN, "/rss/thegioi-1231.rss"): Says(
        "\ufeff".encode() + json.dumps({"items": [{"url": "/hai-post2.html", "title": "Hai"}]}).encode()
    ),
    (NHANDAN, "/hai-post2.html"): page("hai"),
    # An index that names itself, a bomb, sixty thousand entries, a child that is cut off, and a list of addresses.
    (NHANDAN, "/sitemap.xml"): index(
        f"https://{NHANDAN}/sitemap.xml", f"https://{NHANDAN}/bomb.xml.gz", f"https://{NHANDAN}/tags.xml",
        f"https://{NHANDAN}/half.xml", f"https://{NHANDAN}/list.txt", f"https://{NHANDAN}/page.xml",
    ),
    (NHANDAN, "/bomb.xml.gz"): Says(gzip.compress(bytes(LARGEST + 1), compresslevel=1)),
    (NHANDAN, "/tags.xml"): urlset(*(f"https://{NHANDAN}/tag/{number}" for number in range(60_000))),
    (NHANDAN, "/half.xml"): Says(urlset(f"https://{NHANDAN}/ba-post3.html", f"https://{NHANDAN}/tu-post4").body[:-40]),
    (NHANDAN, "/ba-post3.html"): page("ba"),
    (NHANDAN, "/list.txt"): Says(f"https://{NHANDAN}/nam-post5.html\n".encode()),
    (NHANDAN, "/nam-post5.html"): page("nam"),
    (NHANDAN, "/page.xml"): links("/mot-post1.html"),
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
        hosts = site.hosts(GRANMA, MOBILE, GRANMA_EN, VNS, f"www.{VNS}", NHANDAN)
        names = ("vietnamnews", "granma-es", "granma-en", "nhandan-vi")
        done = run("crawl", "--no-process", "--database", database, *local(hosts), *names)
    with opened(database) as db:
        yield Crawled(db, site, done.stderr)


def listing(crawled: Crawled, host: str, path: str) -> dict[str, Any]:
    return rows(crawled.db, "SELECT * FROM listings WHERE url = ?", [f"https://{host}{path}"])[0]


def articles(crawled: Crawled, like: str) -> list[str]:
    found = rows(crawled.db, "SELECT url FROM articles WHERE url LIKE ? ORDER BY url", [like])
    return [row["url"] for row in found]


def asked(crawled: Crawled, host: str) -> list[str]:
    return [path for name, path in crawled.site.asked if name == host]


def test_nothing_raises_out_of_a_run(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.output
    assert "faults of triwire's own" not in crawled.output


def test_an_article_in_two_feeds_is_one_and_fetched_once(crawled: Crawled) -> None:
    assert articles(crawled, "%1700001%") == [f"https://{VNS}/politics/1700001/one.html"]
    assert [path for path in asked(crawled, VNS) if "1700001" in path] == ["/politics/1700001/one.html"]
    named = rows(crawled.db, "SELECT title FROM discoveries WHERE url LIKE '%1700001%' ORDER BY title")
    assert [row["title"] for row in named] == ["One", "Renamed"]


def test_entities_that_explode_are_not_expanded(crawled: Crawled) -> None:
    found = rows(crawled.db, "SELECT title FROM discoveries WHERE url LIKE '%1700002%'")
    assert "jaja" not in str(found[0]["title"])
    assert "entities of its own" in listing(crawled, VNS, "/rss/world.rss")["problems"]


def test_nothing_that_a_document_type_names_is_asked_for(crawled: Crawled) -> None:
    assert not [path for path in asked(crawled, VNS) if "evil" in path]
    assert articles(crawled, "%mot-post1%")


@pytest.mark.parametrize(
    ("host", "path", "number"), [(VNS, "/rss/economy.rss", 2), (GRANMA_EN, ARCHIVE, 3), (NHANDAN, "/tags.xml", 50_000)]
)
def test_a_listing_without_an_article_of_ours_says_so(crawled: Crawled, host: str, path: str, number: int) -> None:
    found = listing(crawled, host, path)
    assert found["outcome"] == "barren"
    assert f"none of its {number} entries is an article of" in found["problems"]
    assert rows(crawled.db, "SELECT 1 FROM problems WHERE subject = ?", [f"https://{host}{path}"])


def test_relative_links_and_bases_lead_to_articles(crawled: Crawled) -> None:
    assert articles(crawled, "%relativo") == [f"https://{GRANMA}/cuba/2026-10-05/relativo"]
    assert articles(crawled, "%/base") == [f"https://{GRANMA}/mundo/2026-10-05/base"]


def test_a_date_in_the_future_is_told_and_not_believed(crawled: Crawled) -> None:
    assert rows(crawled.db, "SELECT published, declared FROM discoveries WHERE url LIKE '%futuro'") == [
        {"published": None, "declared": ""}
    ]
    assert "a date in the future" in listing(crawled, GRANMA, "/feed")["problems"]


def test_copies_for_amp_telephones_and_printers_are_one_article(crawled: Crawled) -> None:
    assert articles(crawled, "%copia%") == [f"https://{GRANMA}/cuba/2026-10-05/copia"]
    assert [path for path in asked(crawled, GRANMA) if "copia" in path] == ["/cuba/2026-10-05/copia"]
    assert asked(crawled, MOBILE) == []


def test_ids_of_sessions_make_no_articles(crawled: Crawled) -> None:
    assert articles(crawled, "%sesion%") == [f"https://{GRANMA}/cuba/2026-10-05/sesion"]


def test_lists_with_filters_are_bounded(crawled: Crawled) -> None:
    assert 0 < len(articles(crawled, "%lista%")) <= 3 * MOST_SHAPES


def test_calendars_and_folders_that_repeat_are_not_followed(crawled: Crawled) -> None:
    assert articles(crawled, "%calendario%") == articles(crawled, "%eco") == []


def test_a_section_page_leads_to_no_other(crawled: Crawled) -> None:
    assert [path for path in asked(crawled, GRANMA) if "page=" in path or path == "/"] == [ARCHIVE]


def test_a_feed_without_entries_is_no_failure(crawled: Crawled) -> None:
    found = listing(crawled, GRANMA_EN, "/feed")
    assert (found["outcome"], found["entries"], found["error"]) == ("read", 0, None)


def test_json_behind_a_byte_order_mark_is_read(crawled: Crawled) -> None:
    assert listing(crawled, NHANDAN, "/rss/thegioi-1231.rss")["kind"] == "json"
    assert articles(crawled, "%hai-post2%")


def test_an_index_that_names_itself_is_read_once(crawled: Crawled) -> None:
    assert asked(crawled, NHANDAN).count("/sitemap.xml") == 1
    assert listing(crawled, NHANDAN, "/sitemap.xml")["found_in"] is None


@pytest.mark.parametrize(
    ("path", "problem"),
    [("/bomb.xml.gz", "OversizedListing"), ("/page.xml", "HTML where a feed or sitemap should be")],
)
def test_a_sitemap_that_cannot_be_read_says_why(crawled: Crawled, path: str, problem: str) -> None:
    assert problem in listing(crawled, NHANDAN, path)["error"]


def test_a_sitemap_that_is_too_long_is_read_as_far_as_the_protocol_goes(crawled: Crawled) -> None:
    found = listing(crawled, NHANDAN, "/tags.xml")
    assert found["entries"] == 50_000
    assert "more than 50000 entries; the rest is left" in found["problems"]


@pytest.mark.parametrize("slug", ["ba-post3", "nam-post5"])
def test_half_a_sitemap_and_a_list_of_addresses_give_what_they_hold(crawled: Crawled, slug: str) -> None:
    assert articles(crawled, f"%{slug}%")


def test_a_feed_of_ten_thousand_items_is_noted_whole(database: Path) -> None:
    items = (item(f"https://{NHANDAN_ES}/noticia-post{number}.html", f"Título {number}") for number in range(10_000))
    with Site({(NHANDAN_ES, "/rss/home.rss"): rss(*items)}) as site:
        # On no beat, so that none of them is fetched here.
        run(
            "crawl",
            *("--no-process", "--beat-only", "--database", database, *local(site.hosts(NHANDAN_ES)), "nhandan-es"),
        )
    with opened(database) as db:
        assert db.table("articles").count == 10_000
        (found,) = rows(db, "SELECT entries, problems FROM listings WHERE role = 'feed'")
    assert found == {"entries": 10_000, "problems": "[]"}


# The rules by themselves.


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_has_the_key_of_its_original(copy: str) -> None:
    url = copy if copy.startswith("https") else f"https://{GRANMA}{copy}"
    assert GranmaSpanish.key(url) == GranmaSpanish.key(f"https://{GRANMA}/cuba/2026-10-05/copia")
    assert GranmaSpanish.is_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.granma.cu/print",
        "https://www.granma.cu/cuba/2026-10-05/amplio-debate",
        "https://www.granma.cu/cuba/2026-10-05/el-amp",
        "https://www.granma.cu/amp",
        "https://m.elsewhere.example/x",
        "https://www.granma.cu/x?m=2&view=full&id=7",
    ],
)
def test_what_only_looks_like_a_copy_is_none(url: str) -> None:
    assert original(url, GranmaSpanish.hosts) == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://a.cu/lista?a=1&b=2&c=3&d=4&e=5&f=6&g=7", "too many parameters"),
        ("https://a.cu/" + "a/" * 3 + "x", "a folder that repeats"),
        ("https://a.cu/" + "/".join("abcdefghijklmn"), "too many folders"),
        ("https://a.cu/2010/10/10/10/uno", None),
        ("https://a.cu/index.php?Itemid=5&id=7&option=com_content&view=article", None),
    ],
)
def test_a_trap_is_told_from_an_article(url: str, reason: str | None) -> None:
    assert trap(url) == reason


def test_articles_that_are_told_apart_by_a_number_are_no_combinations() -> None:
    shapes = Shapes()
    assert all(shapes.admit(f"https://a.cu/noticia.php?id={number}") for number in range(1000))
    assert not all(shapes.admit(f"https://a.cu/noticia.php?{name}=1") for name in "abcdefgh")
