from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import pytest
from lxml.cssselect import CSSSelector

from crawler.catalogue import source_for, sources
from crawler.source import AnySite, Source
from crawler.spider import NewsSpider
from crawler.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = list(sources().values())
COUNTRIES = frozenset(("AR", "CH", "CN", "CU", "DE", "ES", "FR", "GB", "MX", "RU", "US", "VE", "VN"))
FEED_HOSTS = frozenset(("feeds.bbci.co.uk", "rss.dw.com", "feeds.elpais.com", "e00-elmundo.uecdn.es"))
"""Where publishers serve feeds and no articles."""
SAVED = sorted(Path(__file__).parents[1].glob("pages/*/*/expected.json"))


def spiders(family: type[NewsSpider]) -> Iterator[type[NewsSpider]]:
    """Every class below another that a module of the sources defines."""
    for spider in family.__subclasses__():
        if spider.__module__.startswith("crawler.sources."):
            yield spider
        yield from spiders(spider)


def test_catalogue_holds_at_least_sixty_editions_in_the_three_languages() -> None:
    assert len(EVERY) >= 60
    assert {source.language for source in EVERY} == {"vi", "es", "en"}


def test_no_two_sources_have_one_name() -> None:
    names = [spider.name for spider in spiders(NewsSpider) if spider.name]
    assert sorted(names) == list(sources())


@pytest.mark.parametrize("source", EVERY)
def test_source_states_who_it_is(source: type[Source]) -> None:
    assert source.outlet
    assert source.language in {"vi", "es", "en"}
    assert source.country in COUNTRIES
    assert source.timezone in available_timezones() - {"UTC"}
    assert source.minimum > 0


@pytest.mark.parametrize("source", EVERY)
def test_source_states_how_well_it_is_known(source: type[Source]) -> None:
    assert source.evidence in {"live", "documented", "inferred"}
    known = re.fullmatch(r"20\d\d(-(0[1-9]|1[0-2]))?", source.seen)
    assert bool(known) == (source.evidence != "inferred")
    assert known or source.seen == ""


@pytest.mark.parametrize("source", EVERY)
def test_hosts_are_spelled_as_addresses_are(source: type[Source]) -> None:
    assert source.hosts
    assert [urlsplit(normalise(f"https://{host}/")).netloc for host in source.hosts] == list(source.hosts)


@pytest.mark.parametrize("source", EVERY)
def test_source_lists_articles_at_its_own_hosts_only(source: type[Source]) -> None:
    assert source.listings()
    assert [normalise(url) for url in source.listings()] == list(source.listings())
    assert {urlsplit(url).netloc for url in source.listings()} <= {*source.hosts, *FEED_HOSTS}


@pytest.mark.parametrize("source", EVERY)
def test_listing_at_a_source_s_own_host_is_the_source_s(source: type[Source]) -> None:
    own = [url for url in source.listings() if urlsplit(url).netloc in source.hosts]
    assert {source_for(url) for url in own} <= {source}


@pytest.mark.parametrize("source", EVERY)
def test_front_page_and_listing_are_no_article(source: type[Source]) -> None:
    pages = (f"https://{host}{path}" for host in source.hosts for path in ("/", "/search?q=cuba", "/tag/cuba", "/rss"))
    assert [url for url in (*pages, *source.listings()) if source.is_article(url)] == []


@pytest.mark.parametrize("source", EVERY)
def test_selectors_are_css(source: type[Source]) -> None:
    fields = (source.title, source.lead, source.body, source.authors, source.published, *source.drop)
    for selector in filter(None, fields):
        CSSSelector(selector, translator="html")


@pytest.mark.parametrize("case", SAVED)
def test_article_belongs_to_one_source_though_editions_share_a_host(case: Path) -> None:
    url = json.loads(case.read_text(encoding="utf-8"))["url"]
    assert [source.name for source in EVERY if source.is_article(url)] == [case.parent.parent.name]


@pytest.mark.parametrize("case", SAVED)
def test_page_and_its_canonical_address_are_one_article(case: Path) -> None:
    expected = json.loads(case.read_text(encoding="utf-8"))
    source = sources()[case.parent.parent.name]
    canonical = expected["canonical_url"]
    if canonical and urlsplit(canonical).netloc in source.hosts:
        assert source.key(canonical) == source.key(expected["url"])


def test_page_of_a_shared_host_that_is_no_edition_s_article_is_nobody_s() -> None:
    assert source_for("https://www.bbc.com/news/articles/c0mzl8r5j2eo") is AnySite
    assert source_for("https://vovworld.vn/fr-FR/a-b-c-1399015.vov") is AnySite


def test_no_two_sources_share_a_listing() -> None:
    listings = [url for source in EVERY for url in (*source.feeds, *source.sitemaps, *source.sections)]
    assert len(listings) == len(set(listings))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.vietnamplus.vn/a-b-post1131827.vnp", "vietnamplus-vi"),
        ("https://es.vietnamplus.vn/cuba/1131827.vnp", "vietnamplus-es"),
        ("https://nhandan.vn/tin-post976624.html?utm_source=x", "nhandan-vi"),
        ("https://english.vov.vn/en/politics/diplomacy/a-post1.vov", "vov-en"),
        ("https://vietnamnews.vn/politics-laws/1656789/a-b-c.html", "vietnamnews"),
        ("http://www.granma.cu/cuba/2026-03-08/a-b-08-03-2026-22-03-10", "granma-es"),
        ("https://www.prensa-latina.cu/2022/01/05/sintesis-de-cuba-212", "prensa-latina"),
        ("https://vietnamnet.vn/ky-su-viet-2551207.html", "vietnamnet-vi"),
        ("https://vietnamnet.vn/en/blind-tuner-2551933.html", "vietnamnet-en"),
        ("https://vietnamnet.vn/en/a-man-sleepless-for-39-years-E16969.html", "vietnamnet-en"),
        ("https://vovworld.vn/es-ES/cultura/una-carta-1398220.vov", "vovworld-es"),
        ("https://vovworld.vn/en-US/culture/a-quartet-1399015.vov", "vovworld-en"),
        ("https://vietnam.vnanet.vn/spanish/tin-van/campanas-421006.html", "vnanet-es"),
        ("https://tuoitre.vn/chuyen-la-10026082219191464.htm", "tuoitre-vi"),
        ("https://news.tuoitre.vn/lifelong-pains-10323344.htm", "tuoitre-en"),
        ("https://vneconomy.vn/viettel-dat-chan-toi-dominica.htm", "vneconomy-vi"),
        ("https://hanoitimes.vn/joint-venture-for-lng-terminal-314645.html", "hanoitimes"),
        ("https://hanoitimes.vn/dray-nur-a-symphony.895521.html", "hanoitimes"),
        ("https://en.qdnd.vn/economy/international-cooperation/a-b-594467", "qdnd-en"),
        ("https://example.org/2026/10/a-story-in-six-words/", "any"),
    ],
)
def test_article_is_known_by_its_address(url: str, name: str) -> None:
    assert source_for(url).name == name
    assert source_for(url).is_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.vietnamplus.vn/",
        "https://www.vietnamplus.vn/chinhtri/",
        "https://nhandan.vn/chot-tra-co-tuc-tag1134.html",
        "https://english.vov.vn/en/politics",
        "https://vietnamnews.vn/politics-laws",
        "https://www.granma.cu/cuba",
        "https://www.prensa-latina.cu/2022/01/05/",
        "https://vietnamnet.vn/en/politics",
        "https://vovworld.vn/es-ES.vov",
        "https://vnexpress.net/suc-khoe/cam-nang/thoat-vi-ben-452",
        "https://tienphong.vn/epaper/2026/TP-226/",
        "https://nhandan.vn/special/vui-khoe-giua-ngay-he/index.html",
        "https://vneconomy.vn/doanh-nghiep-niem-yet.htm",
        "https://baotintuc.vn/xa-hoi-129ct0.htm",
        "https://vtcnews.vn/thoi-su-28.html",
        "https://en.qdnd.vn/military/intl-relations-and-cooperation",
        "https://example.org/about",
    ],
)
def test_other_pages_are_no_articles(url: str) -> None:
    assert not source_for(url).is_article(url)


def test_what_is_no_address_is_no_article() -> None:
    assert not AnySite.is_article("mailto:redaccion@granma.cu")


def test_article_of_another_host_is_not_the_source_s() -> None:
    assert not sources()["vietnamplus-es"].is_article("https://en.vietnamplus.vn/a-post12.vnp")


def test_numbered_article_keeps_its_key_when_its_slug_changes() -> None:
    source = sources()["vietnamplus-vi"]
    spellings = (
        "https://www.vietnamplus.vn/tieu-de-cu-post1131827.vnp",
        "http://vietnamplus.vn/tieu-de-moi-post1131827.vnp?utm_source=zalo",
        "https://www.vietnamplus.vn/chinhtri/1131827.vnp",
        "https://www.vietnamplus.vn/1131827.vnp#top",
    )
    assert {source.key(url) for url in spellings} == {"www.vietnamplus.vn/1131827"}


def test_same_number_in_another_edition_is_another_article() -> None:
    en, es = sources()["vietnamplus-en"], sources()["vietnamplus-es"]
    assert en.key("https://en.vietnamplus.vn/a-post12.vnp") != es.key("https://es.vietnamplus.vn/a-post12.vnp")


def test_article_without_a_number_is_its_address_whatever_the_scheme_host_or_last_slash() -> None:
    source = sources()["prensa-latina"]
    spellings = (
        "https://www.prensa-latina.cu/2026/10/03/una-nota/",
        "http://prensa-latina.cu/2026/10/03/una-nota?utm_medium=rss",
    )
    assert {source.key(url) for url in spellings} == {"https://www.prensa-latina.cu/2026/10/03/una-nota"}


def test_reading_a_page_s_address_loads_neither_scrapy_nor_trafilatura() -> None:
    code = (
        "import sys, crawler.urls, crawler.source, crawler.discovery, crawler.extraction\n"
        "print([name for name in ('scrapy', 'trafilatura', 'htmldate') if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_module_imports_trafilatura() -> None:
    package = Path(__file__).parents[2] / "crawler"
    users = [path.name for path in package.rglob("*.py") if "from trafilatura" in path.read_text(encoding="utf-8")]
    assert users == ["generic.py"]
