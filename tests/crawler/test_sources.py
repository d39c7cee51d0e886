from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml.cssselect import CSSSelector

from crawler.catalogue import source_for, sources
from crawler.source import AnySite, Source

EVERY = list(sources().values())


def test_catalogue_holds_the_ten_editions() -> None:
    assert list(sources()) == [
        "granma-en",
        "granma-es",
        "nhandan-es",
        "nhandan-vi",
        "prensa-latina",
        "vietnamnews",
        "vietnamplus-en",
        "vietnamplus-es",
        "vietnamplus-vi",
        "vov-en",
    ]


@pytest.mark.parametrize("source", EVERY)
def test_source_states_who_it_is(source: type[Source]) -> None:
    assert source.outlet
    assert source.language in {"vi", "es", "en"}
    assert len(source.country) == 2
    assert source.country.isupper()
    assert ZoneInfo(source.timezone)
    assert source.hosts
    assert source.minimum > 0


@pytest.mark.parametrize("source", EVERY)
def test_source_lists_articles_at_its_own_hosts_only(source: type[Source]) -> None:
    listings = (*source.feeds, *source.sitemaps, *source.sections)
    assert listings
    assert {source_for(url) for url in listings} == {source}
    assert not any(source.is_article(url) for url in listings)


@pytest.mark.parametrize("source", EVERY)
def test_selectors_are_css(source: type[Source]) -> None:
    fields = (source.title, source.lead, source.body, source.authors, source.published, *source.drop)
    for selector in filter(None, fields):
        CSSSelector(selector, translator="html")


def test_no_two_sources_share_a_host() -> None:
    hosts = [host for source in EVERY for host in source.hosts]
    assert len(hosts) == len(set(hosts))


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
        "print([name for name in ('scrapy', 'trafilatura', 'htmldate', 'feedparser') if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_module_imports_trafilatura() -> None:
    package = Path(__file__).parents[2] / "crawler"
    users = [path.name for path in package.rglob("*.py") if "from trafilatura" in path.read_text(encoding="utf-8")]
    assert users == ["generic.py"]
