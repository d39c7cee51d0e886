"""When an article was published and changed, and how its page and its listing are believed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from extracting import TEXT, Example, block, jsonld, read

from crawler.catalogue import sources
from crawler.source import AnySite, Source

if TYPE_CHECKING:
    from crawler.extraction import Reading

ARTICLE = "https://www.diario.example/mundo/una-nota-cualquiera"


def published(
    body: str = "", head: str = "", *, source: type[Source] = AnySite, listed: str | None = None, url: str = ARTICLE
) -> tuple[str, str] | None:
    moment = datetime.fromisoformat(listed) if listed else None
    found = read(body, head, source=source, listed=moment, url=url).extraction.published
    return (found.moment.isoformat(), found.origin) if found else None


def meta(text: str) -> str:
    return f'<meta property="article:published_time" content="{text}">'


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("<div class=x><span>August 13, 2026</span></div>", "2026-08-13"),
        ("<p>Por Ana Pérez</p><p>13 de agosto de 2026, 10:15</p>", "2026-08-13"),
        ("<ul><li>Ana</li><li>13/08/2026 10:15</li></ul>", "2026-08-13"),
        ("<div>Thứ Năm, 13/8/2026, 10:15 (GMT+7)</div>", "2026-08-13"),
        ("<span>Published on 13 Aug 2026 by Ana Pérez</span>", "2026-08-13"),
        ("<p>Updated August 20, 2026</p><p>August 13, 2026</p>", "2026-08-13"),
        ("<p>13 August 2026 | Updated 20 August 2026</p>", "2026-08-13"),
        ("<p>Actualizado: 20 de agosto de 2026</p><p>13 de agosto de 2026</p>", "2026-08-13"),
    ],
)
def test_date_beside_the_headline_is_read_where_the_metadata_have_none(dateline: str, day: str) -> None:
    found = published(f"<main><header><h1>Una nota</h1></header>{dateline}<p>{TEXT}</p></main>")
    assert found
    assert (found[0][:10], found[1]) == (day, "text")


def test_date_above_the_headline_is_read_if_there_is_none_below() -> None:
    found = published(f"<div><em>13 August 2026</em><h1>Una nota</h1><p>{TEXT}</p></div>")
    assert found == ("2026-08-13T00:00:00+00:00", "text")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div class=related><p>Otra nota</p><span>1 May 2026</span></div>",
        "<aside><span>1 May 2026</span></aside>",
        f"<p>{TEXT} El acto fue el 1 de mayo de 2026.</p>",
    ],
)
def test_date_of_another_article_or_within_the_text_is_not_the_dateline(elsewhere: str) -> None:
    found = published(f"<h1>Una nota</h1>{elsewhere}<div>13 August 2026</div>")
    assert found == ("2026-08-13T00:00:00+00:00", "text")


def test_change_that_only_readers_see_is_the_date_of_the_update() -> None:
    body = f"<h1>Una nota</h1><p>13 August 2026</p><p>Updated 20 August 2026, 10:15</p><p>{TEXT}</p>"
    extraction = read(body, source=AnySite, url=ARTICLE).extraction
    assert extraction.updated
    assert (extraction.updated.moment.isoformat(), extraction.updated.origin) == ("2026-08-20T10:15:00+00:00", "text")


def test_moment_of_a_build_gives_way_to_the_older_date_that_the_page_shows() -> None:
    stamp = jsonld(datePublished="2026-11-20T16:02:46Z", dateModified="2026-11-20T16:02:46Z", headline="Una nota")
    assert published("<h1>Una nota</h1><p>May 14, 2026</p>", stamp) == ("2026-05-14T00:00:00+00:00", "text")
    marked = '<h1>Una nota</h1><p>x</p><div class=related><time pubdate datetime="2026-05-14">May 14, 2026</time></div>'
    assert published(marked, stamp) == ("2026-05-14T00:00:00+00:00", "time")


def test_article_that_never_changed_keeps_its_moment_beside_older_teasers() -> None:
    stamp = jsonld(datePublished="2026-11-20T16:02:46Z", dateModified="2026-11-20T16:02:46Z", headline="Una nota")
    body = (
        '<h1>Una nota</h1><p>20 November 2026</p><div><time class="published" datetime="2026-05-14">Otra</time></div>'
    )
    assert published(body, stamp) == ("2026-11-20T16:02:46+00:00", "json-ld")


def test_day_that_readers_see_gives_the_offset_of_a_moment_in_utc() -> None:
    shown = '<h1>Una nota</h1><time datetime="2026-02-24T04:13:00Z">February 23, 2026</time>'
    assert published(shown) == ("2026-02-23T23:13:00-05:00", "time")
    assert published("<h1>Una nota</h1><p>February 23, 2026</p>", meta("2026-02-24T04:13:00Z")) == (
        "2026-02-23T23:13:00-05:00",
        "meta",
    )


@pytest.mark.parametrize("text", ["Updated February 20, 2026", "By Ana Pérez and Luis Gómez, 20 February 2026", "ayer"])
def test_other_words_beside_a_moment_say_nothing_of_its_offset(text: str) -> None:
    body = f'<h1>Una nota</h1><time datetime="2026-02-24T04:13:00Z">{text}</time>'
    found = published(body, meta("2026-02-24T04:13:00Z"))
    assert found == ("2026-02-24T04:13:00+00:00", "meta")


@pytest.mark.parametrize(
    ("text", "host", "language", "day"),
    [
        ("3/4/2026", "www.diario.com", "en", "2026-03-04"),
        ("3/4/2026", "www.diario.com", "es", "2026-04-03"),
        ("3/4/2026", "www.diario.co.uk", "en", "2026-04-03"),
        ("03/04/2026", "www.diario.com", "en", "2026-04-03"),
        ("13/4/2026", "www.diario.com", "en", "2026-04-13"),
    ],
)
def test_month_is_first_only_where_readers_are_likely_american(text: str, host: str, language: str, day: str) -> None:
    page = f"<html lang={language}><body><h1>Una nota</h1><p>{text}</p></body></html>"
    found = read(page.encode(), source=AnySite, url=f"https://{host}/una-nota-cualquiera").extraction.published
    assert found
    assert found.moment.date().isoformat() == day


def test_source_whose_country_is_known_writes_the_day_first() -> None:
    page = f"<html lang=en><body><h1>Una nota</h1><div class=story><p>{TEXT}</p></div><p>3/4/2026</p></body></html>"
    found = read(page.encode(), source=Example, url="https://www.ejemplo.com/una-nota-mas").extraction.published
    assert found
    assert found.moment.isoformat() == "2026-04-03T00:00:00-04:00"


def test_date_near_the_listing_s_goes_before_a_more_trusted_one_that_is_not() -> None:
    head = jsonld(datePublished="2001-03-03T00:00:00+07:00", headline="x") + meta("2026-10-05T08:00:00+07:00")
    reading = read("<h1>x</h1>", head, source=AnySite, url=ARTICLE, listed=datetime(2026, 10, 5, 1, 30, tzinfo=UTC))
    assert reading.extraction.published
    assert reading.extraction.published.moment.isoformat() == "2026-10-05T08:00:00+07:00"
    assert reading.problems == (
        "json-ld: 2001-03-03T00:00:00+07:00 lies far from the listing's 2026-10-05T01:30:00+00:00",
    )


def test_date_years_off_in_the_metadata_gives_way_to_the_listing_s_own() -> None:
    assert published(f"<h1>x</h1><p>{TEXT}", meta("2001-03-03"), listed="2026-10-05T01:30:00+00:00") == (
        "2026-10-05T01:30:00+00:00",
        "feed",
    )


def test_article_that_a_feed_names_late_keeps_its_own_date() -> None:
    head = jsonld(datePublished="2026-06-01T08:00:00Z", headline="x")
    assert published("<h1>x</h1>", head, listed="2026-10-05T01:30:00+00:00") == ("2026-06-01T08:00:00+00:00", "json-ld")
    assert published("<h1>x</h1>", meta("2026-06-01T08:00:00Z"), listed="2026-10-05T01:30:00+00:00") == (
        "2026-06-01T08:00:00+00:00",
        "meta",
    )


def test_page_without_a_date_is_not_given_the_listing_s_here() -> None:
    """The listing's own date stands in `discoveries`, and revisions fall back on it."""
    assert published(f"<h1>x</h1><p>{TEXT}", listed="2026-10-05T01:30:00+00:00") is None


def test_microdata_of_the_page_is_a_date_of_publication() -> None:
    body = '<h1>x</h1><span itemprop="datePublished" content="2026-10-05T08:00:00+07:00">hôm qua</span>'
    assert published(body) == ("2026-10-05T08:00:00+07:00", "time")


@pytest.mark.parametrize(("stated", "offset"), [("2026-01-15 08:00:00", "-05:00"), ("2026-07-15 08:00:00", "-04:00")])
def test_havana_s_naive_times_are_of_winter_and_of_summer(stated: str, offset: str) -> None:
    day = stated[:10]
    page = f'<h1 class="g-story-heading">x</h1><time class=dateline datetime="{stated}">{stated}</time>'
    found = published(page, source=sources()["granma-es"], url=f"https://www.granma.cu/cuba/{day}/una-nota")
    assert found == (f"{day}T08:00:00{offset}", "time")


@pytest.mark.parametrize("kind", ["WebPage", "MedicalWebPage", "ClaimReview"])
def test_page_that_describes_no_article_is_dated_by_its_description_of_itself(kind: str) -> None:
    page = json.dumps({"@graph": [{"@type": kind, "name": "x | Diario", "datePublished": "2026-10-05T08:00:00+07:00"}]})
    assert published("<h1>Una nota</h1>", block(page)) == ("2026-10-05T08:00:00+07:00", "json-ld")
    article = jsonld(headline="Una nota", datePublished="2026-10-04T08:00:00+07:00")
    assert published("<h1>Una nota</h1>", block(page) + article) == ("2026-10-04T08:00:00+07:00", "json-ld")


def test_name_of_a_page_that_describes_no_article_is_no_headline() -> None:
    page = json.dumps({"@type": "WebPage", "name": "Portada de Diario", "datePublished": "2026-10-05T08:00:00+07:00"})
    assert read("<p>x", block(page), source=AnySite, url=ARTICLE).extraction.title is None


def test_dates_of_a_broken_description_are_read_all_the_same() -> None:
    broken = '{"@type": "NewsArticle", "headline": "El "puente" de Bayamo", "datePublished": "2026-10-05T08:00:00Z"}'
    reading = read("<h1>x</h1>", block(broken), source=AnySite, url=ARTICLE)
    assert reading.extraction.published
    assert reading.extraction.published.moment.isoformat() == "2026-10-05T08:00:00+00:00"
    assert reading.problems[0].startswith("broken JSON-LD")


def test_date_of_what_is_no_article_is_not_taken_from_a_broken_description() -> None:
    broken = '{"@type": "Event", "name": "El "puente"", "datePublished": "2026-10-05T08:00:00Z"}'
    found = published("<h1>x</h1>", block(broken))
    assert found is None or found[1] == "text"


@pytest.mark.parametrize(
    "name",
    ["og:pubdate", "bt:pubdate", "prism.publicationDate", "DC.issued", "dcterms.date", "pub_date", "parsely-pub-date"],
)
def test_names_that_systems_give_the_day_of_publication_are_known(name: str) -> None:
    assert published("<h1>x</h1>", f'<meta name="{name}" content="2026-10-05">') == (
        "2026-10-05T00:00:00+00:00",
        "meta",
    )


def served(stated: str) -> Reading:
    head = jsonld(headline="x", datePublished=stated) + meta("2026-10-05T08:00:00Z")
    date = ("Date", "Tue, 06 Oct 2026 10:00:00 GMT")
    return read("<h1>x</h1>", head, source=AnySite, url=ARTICLE, headers=(date,))


def test_date_after_the_page_was_served_is_not_believed() -> None:
    reading = served("2027-10-05T08:00:00Z")
    assert reading.extraction.published
    assert reading.extraction.published.moment.isoformat() == "2026-10-05T08:00:00+00:00"
    assert reading.problems == ("json-ld: 2027-10-05T08:00:00+00:00 is after the page was served",)


def test_date_of_the_next_morning_is_believed() -> None:
    reading = served("2026-10-07T06:00:00Z")
    assert reading.extraction.published
    assert (reading.extraction.published.moment.day, reading.problems) == (7, ())


@pytest.mark.parametrize("header", ["yesterday", "", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_moment_of_an_answer_that_cannot_be_read_refuses_nothing(header: str) -> None:
    reading = read("<h1>x</h1>", meta("2027-10-05T08:00:00Z"), url=ARTICLE, headers=(("date", header),))
    assert reading.extraction.published
    assert reading.extraction.published.moment.year == 2027


def test_date_in_a_script_is_shown_to_nobody() -> None:
    script = '<div><script>var x = "13/08/2026"</script></div><p>14/08/2026</p>'
    assert published(f"<h1>Una nota</h1>{script}<p>{TEXT}</p>") == ("2026-08-14T00:00:00+00:00", "text")


def test_year_that_stands_alone_is_no_new_year_s_day() -> None:
    assert published(f"<h1>Una nota</h1><p>{TEXT}<footer>© 2026 Diario</footer>") is None


def test_new_year_s_day_gives_way_to_the_day_that_the_page_shows() -> None:
    stated = meta("2026-01-01T03:00:00Z")
    assert published("<h1>Una nota</h1><p>March 5, 2026</p>", stated) == ("2026-03-05T00:00:00+00:00", "text")
    for shown in ("January 1, 2026", "Updated March 5, 2026", ""):
        assert published(f"<h1>Una nota</h1><p>{shown}</p>", stated) == ("2026-01-01T03:00:00+00:00", "meta")


def test_day_in_the_address_gives_the_offset_of_a_moment_in_utc() -> None:
    url = "https://www.diario.example/2026/02/23/una-nota-cualquiera/"
    assert published("<h1>Una nota</h1>", meta("2026-02-24T04:13:00Z"), url=url) == (
        "2026-02-23T23:13:00-05:00",
        "meta",
    )
    far = published("<h1>Una nota</h1>", meta("2026-02-26T04:13:00Z"), url=url)
    assert far == ("2026-02-26T04:13:00+00:00", "meta")
