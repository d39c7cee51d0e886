"""`triwire sources` lists the sources with their state; `triwire sources add` looks at a site and proposes a class."""

from __future__ import annotations

import asyncio
import http.client
import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_site import Says, Site, html

from crawler.discovery import Entry
from crawler.errors import CrawlerError
from crawler.extraction import Page, as_json, extract
from crawler.surveying import look_at, propose
from crawler.surveying.addresses import guess_form
from crawler.surveying.proposal import Given, minimum_of, name_of
from crawler.surveying.site import Answer
from storage.database import opened, value
from storage.moments import later

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.source import Source
    from crawler.surveying import Survey

HOST = "www.ejemplo.cu"
TEXTS = {
    "llueve-en-la-sierra": (
        "Llueve en la sierra",
        "La lluvia llegó de madrugada y no paró hasta el mediodía.",
    ),
    "abre-el-nuevo-mercado": (
        "Abre el nuevo mercado",
        "El mercado abrió sus puertas a las siete de la mañana.",
    ),
    "gana-el-equipo-local": (
        "Gana el equipo local",
        "El equipo local ganó por tres carreras en el último turno.",
    ),
}


def path(slug: str) -> str:
    return f"/2026/11/2{len(slug) % 3}/{slug}/"


def article(slug: str) -> Says:
    title, sentence = TEXTS[slug]
    described = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Ejemplo", "url": f"https://{HOST}/"},
            {
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": "2026-11-20T09:30:00-05:00",
                "author": {"@type": "Person", "name": "Rosa Díaz"},
                "mainEntityOfPage": f"https://{HOST}{path(slug)}",
            },
        ],
    }
    paragraphs = "".join(
        f"<p class='parrafo'>{sentence} Frase {n} de la redacción sobre ese asunto.</p>" for n in range(9)
    )
    return html(
        f"<html lang='es'><head><title>{title} - Ejemplo</title><meta property='og:site_name' content='Ejemplo'>"
        f"<meta property='og:title' content='{title}'><meta name='robots' content='index'>"
        f"<link rel='canonical' href='https://{HOST}{path(slug)}'>"
        f"<script type='application/ld+json'>{json.dumps(described)}</script></head>"
        f"<body class='single'><nav><a href='/'>Portada</a></nav><main><h1 class='titular'>{title}</h1>"
        f"<time class='fecha' datetime='2026-11-20T09:30:00-05:00'>20 de noviembre</time>"
        f"<div class='cuerpo-nota'>{paragraphs}<div class='publicidad'>Compre ya</div></div></main></body></html>"
    )


ITEMS = "".join(
    f"<item><title>{title}</title><link>https://{HOST}{path(slug)}</link>"
    f"<pubDate>Fri, 20 Nov 2026 09:30:00 -0500</pubDate></item>"
    for slug, (title, _) in TEXTS.items()
)
LINKS = "".join(f"<a href='{path(slug)}'>{title} en la portada de hoy</a>" for slug, (title, _) in TEXTS.items())
SITE = {
    (HOST, "/robots.txt"): Says(f"User-agent: *\nDisallow: /privado/\nSitemap: https://{HOST}/mapa.xml\n".encode()),
    (HOST, "/"): html(
        "<html lang='es'><head><link rel='alternate' type='application/rss+xml' href='/comments/feed/'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed/'></head>"
        f"<body><a href='/quienes-somos/'>Quiénes somos</a>{LINKS}</body></html>"
    ),
    (HOST, "/feed/"): Says(f'<?xml version="1.0"?><rss version="2.0"><channel>{ITEMS}</channel></rss>'.encode()),
    (HOST, "/mapa.xml"): Says(
        f"<urlset><url><loc>https://{HOST}{path('gana-el-equipo-local')}</loc></url></urlset>".encode()
    ),
    **{(HOST, path(slug)): article(slug) for slug in TEXTS},
}


def look(
    site: Site, folder: Path, *flags: str, url: str = f"https://{HOST}/", code: int = 0
) -> subprocess.CompletedProcess[str]:
    hosts = local(site.hosts(HOST))
    return run("sources", "--database", folder / "none.db", "add", url, *hosts, *flags, code=code)


@dataclass(frozen=True)
class Written:
    """The folder into which a proposal was written, what was told, and what was asked for."""

    folder: Path
    done: subprocess.CompletedProcess[str]
    asked: list[str]

    @property
    def module(self) -> Path:
        return self.folder / "new/crawler/sources/ejemplo.py"

    def source(self) -> type[Source]:
        """The class that was written, imported."""
        spec = importlib.util.spec_from_file_location("ejemplo", self.module)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.Ejemplo


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("survey")
    with Site(SITE) as site:
        done = look(site, folder, "--write", "--folder", str(folder / "new"))
    return Written(folder, done, [where for _, where in site.asked])


def test_the_site_is_looked_at_politely(written: Written) -> None:
    asked = written.asked
    assert asked[0] == "/robots.txt"
    assert asked.count("/robots.txt") == 1
    assert len(asked) == len(set(asked)) <= 8
    assert "/comments/feed/" not in asked


def test_nothing_is_stored(written: Written) -> None:
    assert sorted(path.name for path in written.folder.iterdir()) == ["new"]


def test_the_class_states_what_was_seen(written: Written) -> None:
    source = written.source()
    assert (source.name, source.outlet, source.language) == ("ejemplo", "Ejemplo", "es")
    assert (source.country, source.timezone) == ("CU", "America/Havana")
    assert source.hosts == (HOST, "ejemplo.cu")
    assert source.feeds == (f"https://{HOST}/feed/",)
    assert source.sitemaps == (f"https://{HOST}/mapa.xml",)
    assert source.evidence == "live"
    assert all(source.is_article(f"https://{HOST}{path(slug)}") for slug in TEXTS)
    assert not source.is_article(f"https://{HOST}/quienes-somos/")
    assert not any(source.is_article(url) for url in source.listings())


def test_the_class_is_formatted_as_ours_are(written: Written) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "--line-length", "120", written.module],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_test_page_is_ours_and_reads_as_expected(written: Written) -> None:
    (case,) = (written.folder / "new/tests/pages/ejemplo").iterdir()
    page = (case / "page.html").read_bytes()
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    for title, sentence in TEXTS.values():
        assert title.encode() not in page
        assert sentence[:20].encode() not in page
    assert b"Compre ya" not in page
    assert b"Rosa" not in page
    # The shape is the site's.
    for shape in (b"cuerpo-nota", b"titular", b"fecha", b"NewsArticle", b"publicidad", b"parrafo"):
        assert shape in page
    assert expected["title"] == "Una nota de muestra para probar la lectura"
    assert expected["authors"] == ["Ana Pérez"]
    assert expected["published"] == "2026-11-20T09:30:00-05:00"
    assert expected["published_from"] == "json-ld"
    assert len(expected["body"]) >= 4

    source = written.source()
    record = as_json(extract(Page(expected["url"], page, "text/html; charset=utf-8"), source))
    record["body"] = str(record["body"]).split("\n\n")
    assert {"url": expected["url"], **record} == expected
    assert source.is_article(expected["url"])


def test_what_was_seen_and_what_is_doubtful_is_told(written: Written) -> None:
    done = written.done
    assert f"https://{HOST}/feed/  rss, 3 entries" in done.stderr
    assert "2026-11-20T09:30:00-05:00 (json-ld)" in done.stderr
    assert "look: minimum is half of what a day of its feed brings" in done.stderr
    assert "class Ejemplo(NewsSpider):" in done.stdout
    assert "wrote " in done.stdout


def test_nothing_is_overwritten(written: Written) -> None:
    before = written.module.read_text(encoding="utf-8")
    with Site(SITE) as site:
        done = look(
            site, written.folder, "--write", "--folder", str(written.folder / "new"), "--outlet", "Otro", code=1
        )
    assert "ejemplo.py is there already" in done.stderr
    assert written.module.read_text(encoding="utf-8") == before


def test_nothing_is_written_without_a_word(tmp_path: Path) -> None:
    with Site(SITE) as site:
        done = look(site, tmp_path, "--folder", str(tmp_path / "new"))
    assert "class Ejemplo" in done.stdout
    assert "nothing was written" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("robots", "url", "says"),
    [
        (Says(b"User-agent: *\nDisallow: /"), f"https://{HOST}/", "robots.txt forbids"),
        (Says(b"", 500), f"https://{HOST}/", "cannot be had (HTTP 500)"),
        (None, "https://www.granma.cu/cuba", "www.granma.cu is granma-es already"),
        (None, "http://127.0.0.1/", "not a public address"),
        (None, "ftp://www.ejemplo.cu/", "neither http nor https"),
    ],
)
def test_an_address_that_may_not_be_asked_for_says_why(
    tmp_path: Path, robots: Says | None, url: str, says: str
) -> None:
    with Site({**SITE, (HOST, "/robots.txt"): robots or SITE[HOST, "/robots.txt"]}) as site:
        done = look(site, tmp_path, "--write", "--folder", str(tmp_path / "new"), url=url, code=1)
        assert {where for _, where in site.asked} <= {"/robots.txt"}
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


def looked_at(answers: dict[tuple[str, str], Says]) -> Survey:
    """The survey of a site that answers so, over plain HTTP."""
    with Site(answers) as site:

        async def ask(url: str) -> Answer:
            connection = http.client.HTTPConnection(site.place)
            connection.request("GET", url.removeprefix(f"https://{HOST}"), headers={"Host": HOST})
            response = connection.getresponse()
            body = response.read()
            connection.close()
            return Answer(url, response.status, body, response.headers["Content-Type"])

        return asyncio.run(look_at(f"https://{HOST}/", ask, lambda _: [f"https://{HOST}/mapa.xml"]))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({(HOST, "/"): Says(b"", 403)}, "HTTP 403"),
        ({(HOST, "/"): Says(b"%PDF-1.4")}, "neither feed nor sitemap nor page"),
        ({(HOST, "/"): html("<body><p>Cerrado</p></body>")}, "without links"),
        (
            {
                (HOST, "/"): html("<body><a href='/a'>uno</a></body>"),
                (HOST, "/feed/"): Says(b"", 404),
                (HOST, "/mapa.xml"): Says(b"", 404),
            },
            "how articles are addressed",
        ),
        ({(HOST, path(slug)): Says(b"", 404) for slug in TEXTS}, "none of its articles could be had"),
    ],
)
def test_a_site_that_shows_too_little_says_what(changes: dict[tuple[str, str], Says], says: str) -> None:
    with pytest.raises(CrawlerError, match=says):
        propose(looked_at({**SITE, **changes}), Given())


def test_a_feed_that_nobody_announces_is_tried_for() -> None:
    survey = looked_at({**SITE, (HOST, "/"): html(f"<body>{LINKS}</body>")})
    assert [found.url for found in survey.feeds] == [f"https://{HOST}/feed/"]


def test_without_a_feed_the_sitemap_tells_the_form_and_then_the_links() -> None:
    without = {**SITE, (HOST, "/"): html(f"<body>{LINKS}</body>"), (HOST, "/feed/"): Says(b"", 404)}
    assert [found.url for found in looked_at(without).sitemaps] == [f"https://{HOST}/mapa.xml"]
    bare = looked_at({**without, (HOST, "/mapa.xml"): Says(b"", 404)})
    assert (bare.feeds, bare.sitemaps) == ([], [])
    assert bare.form is not None
    assert bare.form.fits == 3
    proposal = propose(bare, Given())
    assert proposal.sections == (f"https://{HOST}/",)
    assert "no feed was found: are there any?" in proposal.doubts


def test_a_sitemap_index_is_declared_and_one_child_is_read() -> None:
    index = "<sitemapindex>" + "".join(
        f"<sitemap><loc>https://{HOST}/{name}.xml</loc></sitemap>" for name in ("pages", "news")
    )
    survey = looked_at(
        {
            **SITE,
            (HOST, "/"): html("<body><a href='/x'>x</a></body>"),
            (HOST, "/feed/"): Says(b"", 404),
            (HOST, "/mapa.xml"): Says(f"{index}</sitemapindex>".encode()),
            (HOST, "/news.xml"): SITE[HOST, "/mapa.xml"],
        }
    )
    assert [(found.url, len(found.listing.entries)) for found in survey.sitemaps] == [(f"https://{HOST}/mapa.xml", 1)]
    assert not any(url.endswith("pages.xml") for url, _ in survey.asked)


def test_what_the_page_lacks_is_doubtful() -> None:
    page = "<html lang='es'><body><h1>Titular</h1><p>Corto.</p></body></html>"
    doubts = propose(looked_at({**SITE, **{(HOST, path(slug)): html(page) for slug in TEXTS}}), Given()).doubts
    assert "the page gave no author" in doubts


def test_a_domain_without_a_country_asks_for_it(tmp_path: Path) -> None:
    host = "ejemplo.com"
    answers = {
        (host, where): Says(answer.body.replace(HOST.encode(), host.encode()), answer.status, answer.headers)
        for (_, where), answer in SITE.items()
    }
    with Site(answers) as site:
        hosts = local(site.hosts(host))
        command = ("sources", "--database", tmp_path / "none.db", "add", host, *hosts)
        assert "give --country and --timezone" in run(*command, code=1).stderr
        said = run(*command, "--country", "us", "--timezone", "America/New_York").stdout
    assert 'country = "US"' in said


@pytest.mark.parametrize(
    ("articles", "pattern"),
    [
        (["https://x.vn/viet-nam-trao-tang-post1069412.vnp"], r"^https?://[^/]+/[^?#]+?-post(?P<id>\d{4,})\.vnp$"),
        (["https://x.vn/be-boi-dat-vang-3634512.html"], r"^https?://[^/]+/[^?#]+?-(?P<id>\d{4,})\.html$"),
        (["https://x.vn/tin-20261120093000123.htm"], r"^https?://[^/]+/[^?#]+?-(?P<id>\d{16,})\.htm$"),
        (["https://x.vn/economy/1727120/coffee.html"], r"^https?://[^/]+/(?:[^/?#]+/)*(?P<id>\d{5,})/[^/?#]+$"),
        (["https://x.cu/2026/10/05/una-nota/"], r"^https?://[^/]+/(?:[^/?#]+/)*\d{4}/\d{2}/\d{2}/[^/?#]+/?$"),
        (["https://x.cu/cuba/2026-10-05/una"], r"^https?://[^/]+/(?:[^/?#]+/)*\d{4}-\d{2}-\d{2}/[^/?#]+/?$"),
        (["https://x.cu/2026/10/una-nota/"], r"^https?://[^/]+/(?:[^/?#]+/)*\d{4}/\d{2}/[^/?#]+/?$"),
        (["https://x.cu/node/12345"], r"^https?://[^/]+/(?:[^/?#]+/)*(?P<id>\d{4,})/?$"),
        (["https://x.cu/el-precio-del-arroz.html"], r"^https?://[^/]+/(?:[^/?#]+/)*[^/?#]+(?:-[^/?#-]+){3,}\.html$"),
    ],
)
def test_the_form_of_addresses_is_guessed(articles: list[str], pattern: str) -> None:
    form = guess_form(articles, ["https://x.vn/", "https://x.vn/chinh-tri/"])
    assert form is not None
    assert (form.pattern, form.fits, form.others) == (pattern, 1, 0)


def test_addresses_without_a_form_have_none() -> None:
    assert guess_form(["https://x.cu/a", "https://x.cu/b"]) is None
    assert guess_form([]) is None


def test_a_form_may_miss_a_few_special_pages() -> None:
    listed = [f"https://x.cu/2026/10/05/nota-{n}/" for n in range(9)] + ["https://x.cu/especial"]
    form = guess_form(listed, [*listed, "https://x.cu/2026/10/04/otra/"])
    assert form is not None
    assert (form.fits, form.of, form.others) == (9, 10, 1)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.ejemplo.cu", "ejemplo"),
        ("ejemplo.com.cu", "ejemplo"),
        ("en.ejemplo.cu", "ejemplo-en"),
        ("noticias.ejemplo.cu", "ejemplo"),
        ("xn--bo-yja.vn", "xn-bo-yja"),
    ],
)
def test_a_source_is_named_after_its_host(host: str, name: str) -> None:
    assert name_of(host) == name


def test_a_minimum_is_half_a_usual_day() -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    entries = [Entry("https://x/", published=start + timedelta(hours=2 * n)) for n in range(60)]
    assert minimum_of(entries) == 6
    assert minimum_of(entries[:3]) == 1
    assert minimum_of([]) == 1


def test_every_source_is_listed_before_anything_was_crawled(tmp_path: Path) -> None:
    found = json.loads(run("sources", "--json", "--database", tmp_path / "none.db").stdout)
    by_name = {row["source"]: row for row in found}
    assert by_name["granma-es"]["state"] == "not visited yet"
    assert by_name["granma-es"]["evidence"] in {"live", "documented", "inferred"}
    assert by_name["granma-es"]["listings"]
    assert list(by_name) == sorted(by_name)
    assert not (tmp_path / "none.db").exists()


def test_the_list_shows_the_state_of_each_source(database: Path) -> None:
    with Site({("www.granma.cu", "/feed"): SITE[HOST, "/feed/"]}) as site:
        hosts = local(site.hosts("www.granma.cu"))
        told = run("crawl", "--no-process", "--database", database, *hosts, "granma-es").stderr
    assert "warning: granma-es (barren): its listings name 3 addresses" in told
    with opened(database) as db:
        assert value(db, "SELECT count(*) FROM articles") == 0
        assert value(db, "SELECT count(*) FROM warnings WHERE ended_at IS NULL") == 1
        db.conn.execute("UPDATE listings SET next_at = ?", [later(75)])
    found = {row["source"]: row for row in json.loads(run("sources", "--json", "--database", database).stdout)}
    assert found["granma-es"]["last_success"]
    assert [warning["kind"] for warning in found["granma-es"]["warnings"]] == ["barren"]
    assert found["granma-es"]["state"] == "barren"
    assert found["granma-en"]["state"] == "not visited yet"
    text = run("sources", "--database", database).stdout
    (line,) = (line for line in text.splitlines() if line.startswith("granma-es "))
    assert "in 75 min" in line or "in 74 min" in line
    assert "granma-es, barren since" in text
    assert "1 with warnings" in text
