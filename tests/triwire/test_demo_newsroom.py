"""The demo newsroom: what it holds, what it answers, and that it says the same thing every time."""

from __future__ import annotations

import html
import http.client
import re
import threading
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest

from triwire.demo import texts
from triwire.demo.edition import print_edition
from triwire.demo.newsroom import Newsroom, UnknownEdition
from triwire.demo.outlets import OUTLETS

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = {article.url: article for article in texts.read_articles(1)}
EXPECTED = tomllib.loads((Path(texts.__file__).parent / "expected.toml").read_text(encoding="utf-8"))
STORED = {url for story in EXPECTED["stories"] for url in story["articles"]} | {
    *EXPECTED["alone"],
    *EXPECTED["languages"]["other"],
}


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as opened:
        yield opened


def get(newsroom: Newsroom, url: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(newsroom.hosts[parts.netloc], timeout=10)
    fields = {"Host": parts.netloc} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers=fields)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def figures(url: str) -> set[str]:
    article = ARTICLES[url]
    return set(re.findall(r"\d+(?:[.,]\d+)*", f"{article.title} {article.body}"))


def shingles(url: str) -> set[tuple[str, ...]]:
    article = ARTICLES[url]
    words = re.findall(r"\w+", f"{article.title}\n{article.body}".lower())
    return {tuple(words[start : start + 3]) for start in range(len(words) - 2)}


def containment(one: str, other: str) -> float:
    a, b = shingles(one), shingles(other)
    return len(a & b) / min(len(a), len(b))


def url_of(source: str, part: str) -> str:
    return next(a.url for a in ARTICLES.values() if a.outlet.source == source and part in a.url)


# --- what it holds


def test_every_edition_has_articles_in_its_language() -> None:
    assert Counter(article.outlet.source for article in ARTICLES.values()) == {
        "vov-en": 4,
        "vietnamnews": 5,
        "vietnamplus-vi": 6,
        "vietnamplus-en": 4,
        "vietnamplus-es": 4,
        "nhandan-vi": 5,
        "nhandan-es": 2,
        "granma-es": 4,
        "granma-en": 2,
        "prensa-latina": 5,
    }
    assert Counter(article.language for article in ARTICLES.values()) == {
        "en": 15,
        "es": 14,
        "vi": 11,
        "pt": 1,
    }


def test_the_articles_spread_over_three_weeks_of_october_and_one_is_two_years_older() -> None:
    days = sorted(article.published.date() for article in ARTICLES.values())
    assert days[0] == date(2024, 10, 11)
    assert (days[1], days[-1]) == (date(2026, 10, 2), date(2026, 10, 23))
    assert len(set(days)) >= 15


def test_every_article_but_the_lost_one_has_four_to_nine_paragraphs_in_composed_letters() -> None:
    for article in ARTICLES.values():
        assert article.gone or 4 <= len(article.paragraphs) <= 9, article.url
        assert unicodedata.is_normalized("NFC", article.title + article.body), article.url


def test_every_article_is_expected_somewhere_exactly_once() -> None:
    expected = [url for story in EXPECTED["stories"] for url in story["articles"]]
    expected += EXPECTED["alone"] + EXPECTED["languages"]["other"]
    expected += EXPECTED["unstored"]["gone"] + EXPECTED["unstored"]["forbidden"]
    assert sorted(expected) == sorted(ARTICLES)


def test_every_story_of_several_articles_spans_at_most_three_days() -> None:
    for story in EXPECTED["stories"]:
        times = [ARTICLES[url].published for url in story["articles"]]
        assert (max(times) - min(times)).total_seconds() <= 72 * 3600, story["name"]


def test_no_pair_that_must_stand_apart_is_in_one_story() -> None:
    together = {frozenset(p) for story in EXPECTED["stories"] for p in combinations(story["articles"], 2)}
    assert not together & {frozenset(pair["articles"]) for pair in EXPECTED["apart"]}


def test_the_two_defence_visits_share_most_of_their_words_and_few_of_their_figures() -> None:
    visit, older = url_of("vov-en", "defence"), url_of("vietnamnews", "defence")
    assert 0.65 <= containment(visit, older) <= 0.75
    assert not figures(visit) & figures(older)


def test_two_days_of_the_donation_drive_share_their_words_and_not_their_figures() -> None:
    third, fourth = url_of("nhandan-vi", "ngay-thu-ba"), url_of("nhandan-vi", "ngay-thu-tu")
    assert containment(third, fourth) >= 0.6
    assert figures(third) & figures(fourth) <= {"10", "12", "17", "31"}


@pytest.mark.parametrize(
    ("source", "part", "copy_source", "copy_part"),
    [
        ("vietnamplus-vi", "trao-tang", "nhandan-vi", "ban-giao"),
        ("vietnamplus-es", "planta-de-vacunas", "nhandan-es", "vacunas"),
        ("prensa-latina", "parque-solar", "granma-es", "luz-vietnamita"),
    ],
)
def test_a_reprint_has_its_own_headline_and_nearly_all_of_its_words_from_the_wire(
    source: str, part: str, copy_source: str, copy_part: str
) -> None:
    wire, copy = url_of(source, part), url_of(copy_source, copy_part)
    assert ARTICLES[wire].title != ARTICLES[copy].title
    assert len(ARTICLES[copy].paragraphs) < len(ARTICLES[wire].paragraphs)
    assert len(shingles(wire) & shingles(copy)) / len(shingles(copy)) >= 0.9


@pytest.mark.parametrize("name", ["rice-gift", "vaccine-plant", "stamps"])
def test_the_three_languages_of_an_agency_item_give_the_same_figures(name: str) -> None:
    story = next(story for story in EXPECTED["stories"] if story["name"] == name)
    agency = [url for url in story["articles"] if "vietnamplus" in url]
    # Dates are words in Spanish and English, and figures in Vietnamese; the quarter likewise.
    figure = re.compile(r"(?<![\d/])\d+(?:[.,]\d+)*(?![\d/]|[.,]\d)")
    numbers = [{f.replace(",", ".") for f in figure.findall(ARTICLES[url].body) if len(f) > 2} for url in agency]
    assert numbers[1] == numbers[2]
    assert numbers[0] <= numbers[1]


# --- what it answers


def listed(newsroom: Newsroom) -> Iterator[str]:
    for outlet in OUTLETS:
        monthly = ("/sitemaps/news-2026-10.xml",) if outlet.has_sitemap else ()
        for path in (*outlet.feeds, *monthly):
            body = get(newsroom, f"https://{outlet.host}{path}")[1].decode()
            yield from (url.replace("&amp;", "&") for url in re.findall(r"<(?:link|loc)>([^<]+)</", body))


def test_every_listed_address_answers_200_but_for_the_gone_and_the_moved(newsroom: Newsroom) -> None:
    odd = {url: get(newsroom, url)[0].status for url in set(listed(newsroom))}
    moved = next(a.moved_from for a in ARTICLES.values() if a.moved_from)
    assert {url: status for url, status in odd.items() if status != 200} == {
        EXPECTED["unstored"]["gone"][0]: 404,
        moved: 301,
    }


def test_every_page_says_its_title_and_its_text(newsroom: Newsroom) -> None:
    for url in STORED | set(EXPECTED["unstored"]["forbidden"]):
        article, page = ARTICLES[url], unicodedata.normalize("NFC", get(newsroom, url)[1].decode())
        reading = html.unescape(re.sub(r"</?strong>", "", page))
        for passage in (article.title, article.lead, *article.body.split("\n\n")):
            assert passage in reading, (url, passage)


def test_every_alias_leads_to_its_article(newsroom: Newsroom) -> None:
    for alias, url in EXPECTED["aliases"].items():
        response, body = get(newsroom, alias)
        if response.status == 301:
            assert response.headers["Location"] == url
        else:
            assert body == get(newsroom, url)[1]


def test_robots_forbids_the_magazine_and_slows_one_site(newsroom: Newsroom) -> None:
    forbidden = EXPECTED["unstored"]["forbidden"][0]
    rules = {}
    for outlet in OUTLETS:
        response, body = get(newsroom, f"https://{outlet.host}/robots.txt")
        assert response.status == 200
        rules[outlet.host] = RobotFileParser()
        rules[outlet.host].parse(body.decode().splitlines())
    blocked = {url for url in ARTICLES if not rules[urlsplit(url).netloc].can_fetch("triwire", url)}
    assert blocked == {forbidden}
    assert {host for host, rule in rules.items() if rule.crawl_delay("triwire")} == {"es.nhandan.vn"}


def test_an_article_stands_in_two_feeds_and_two_in_none() -> None:
    feeds = Counter(len(article.feeds) for article in ARTICLES.values())
    assert feeds == {1: 38, 2: 1, 0: 2}


def test_the_feeds_speak_the_dialects_of_their_sites(newsroom: Newsroom) -> None:
    news = get(newsroom, "https://vietnamnews.vn/rss/politics-laws.rss")[1]
    assert news.startswith(b'<?xml version="1.0" encoding="utf-16"?>')
    assert "Việt Nam" in news.decode("utf-8")
    plus = get(newsroom, "https://www.vietnamplus.vn/rss/home.rss")[1].decode()
    assert "<pubDate>Tue, 06 Oct 2026 08:12:00 +07:00</pubDate>" in plus
    assert "&quot;kỷ lục&quot;]]>" in plus
    wire = get(newsroom, "https://www.prensa-latina.cu/feed/")[1].decode()
    assert "<title>Presentan en La Habana &#8220;El río &#038; la caña&#8221;" in wire
    assert "<pubDate>Thu, 08 Oct 2026 22:32:00 +0000</pubDate>" in wire


def test_the_pages_have_the_bad_habits_of_their_sites(newsroom: Newsroom) -> None:
    granma = get(newsroom, url_of("granma-es", "luz"))[1].decode()
    assert '<link rel="canonical" href="https://www.granma.cu/">' in granma
    assert 'datetime="2026-10-12 20:10:33"' in granma
    assert "Mời quý độc giả theo dõi VOV.VN" in get(newsroom, url_of("vov-en", "defence"))[1].decode()
    hospital = get(newsroom, url_of("nhandan-vi", "dong-hoi"))[1].decode()
    assert unicodedata.is_normalized("NFD", hospital)
    assert "October, 11/2024 - 08:40" in get(newsroom, url_of("vietnamnews", "defence"))[1].decode()
    plus = get(newsroom, url_of("vietnamplus-es", "arroz"))[1].decode()
    assert plus.count("application/ld+json") == 2
    assert "Cuba,<strong> Nguyen Thu Hang</strong>," in plus


@pytest.mark.parametrize("path", ["/feed", "/archivo?page=1&q=&s=0"])
def test_a_listing_that_has_not_changed_answers_304(newsroom: Newsroom, path: str) -> None:
    url = f"https://www.granma.cu{path}"
    first, body = get(newsroom, url)
    assert (first.status, bool(body)) == (200, True)
    assert get(newsroom, url, If_None_Match=first.headers["ETag"])[0].status == 304
    assert get(newsroom, url, If_Modified_Since=first.headers["Last-Modified"])[0].status == 304
    assert get(newsroom, url, If_None_Match='"other"')[0].status == 200
    assert get(newsroom, url, If_Modified_Since="Thu, 01 Oct 2026 00:00:00 GMT")[0].status == 200
    # The hash outweighs the date.
    fresh = get(newsroom, url, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"])
    assert fresh[0].status == 200


def test_an_unknown_path_answers_404_in_the_language_of_the_site(newsroom: Newsroom) -> None:
    response, body = get(newsroom, "https://www.granma.cu/no-hay")
    assert response.status == 404
    assert "La página que busca ya no existe." in body.decode()


def test_an_address_refuses_the_name_of_another_site(newsroom: Newsroom) -> None:
    assert get(newsroom, "https://nhandan.vn/robots.txt", Host="www.granma.cu")[0].status == 421


def test_a_connection_stays_open_for_the_next_request(newsroom: Newsroom) -> None:
    connection = http.client.HTTPConnection(newsroom.hosts["nhandan.vn"], timeout=10)
    for path in ("/robots.txt", "/nowhere", "/rss/home.rss"):
        connection.request("GET", path, headers={"Host": "nhandan.vn"})
        response = connection.getresponse()
        assert response.read()
        assert not response.will_close
    connection.close()


def test_every_site_has_an_address_of_its_own(newsroom: Newsroom) -> None:
    assert [*newsroom.hosts] == [outlet.host for outlet in OUTLETS]
    assert len({address.partition(":")[0] for address in newsroom.hosts.values()}) == len(OUTLETS)


def test_every_request_is_counted() -> None:
    with Newsroom() as newsroom:
        get(newsroom, "https://en.granma.cu/feed")
        get(newsroom, "https://en.granma.cu/gone?page=2")
        assert newsroom.requests == [("en.granma.cu", "/feed", 200), ("en.granma.cu", "/gone?page=2", 404)]


def test_leaving_closes_everything_even_an_open_connection() -> None:
    before = threading.active_count()
    with Newsroom() as newsroom:
        address = newsroom.hosts["nhandan.vn"]
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("GET", "/robots.txt", headers={"Host": "nhandan.vn"})
        connection.getresponse().read()
    connection.close()
    assert threading.active_count() == before
    assert not newsroom.hosts
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(address, timeout=10).connect()


# --- the same thing every time


def test_two_prints_of_an_edition_are_the_same_bytes() -> None:
    assert print_edition(1) == print_edition(1)


def test_two_answers_are_the_same_to_the_last_header(newsroom: Newsroom) -> None:
    url = "https://www.vietnamplus.vn/rss/home.rss"
    (one, body), (other, again) = get(newsroom, url), get(newsroom, url)
    assert (one.getheaders(), body) == (other.getheaders(), again)


def test_edition_2_changes_one_page_and_the_listings_of_its_site() -> None:
    first, second = print_edition(1), print_edition(2)
    host, path = urlsplit(EXPECTED["correction"]["url"])[1:3]
    assert first.keys() == second.keys()
    assert {key for key in first if first[key] != second[key]} == {
        (host, path),
        (host, "/"),
        (host, "/rss/home.rss"),
        (host, "/sitemap.xml"),
        (host, "/sitemaps/news-2026-10.xml"),
    }


def test_turning_to_edition_2_corrects_the_figure_and_adds_a_paragraph() -> None:
    correction = EXPECTED["correction"]
    feed = "https://www.vietnamplus.vn/rss/home.rss"
    with Newsroom() as newsroom:
        etag = get(newsroom, feed)[0].headers["ETag"]
        before = get(newsroom, correction["url"])[1].decode()
        newsroom.turn(2)
        after = get(newsroom, correction["url"])[1].decode()
        assert get(newsroom, feed, If_None_Match=etag)[0].status == 200
    assert correction["before"] in before
    assert correction["added"] not in before
    assert correction["before"] not in after
    assert correction["after"] in after
    assert correction["added"] in after


def test_an_edition_that_was_never_printed_is_refused() -> None:
    with pytest.raises(UnknownEdition, match="not 3"):
        Newsroom(edition=3)
