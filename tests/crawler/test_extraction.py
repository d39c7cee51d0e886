from __future__ import annotations

import json
import unicodedata
from copy import copy

import pytest
from extracting import TEXT, URL, Example, block, jsonld, read
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.catalogue import sources
from crawler.decoding import decode
from crawler.errors import CrawlerError, NotAPage
from crawler.extraction import Page, examine, extract
from crawler.source import AnySite


def test_json_ld_is_believed_before_meta_and_meta_before_the_visible_date() -> None:
    visible = '<time datetime="2026-01-03T10:00:00Z">'
    meta = '<meta property="article:published_time" content="2026-01-02T10:00:00Z">'
    block = jsonld(datePublished="2026-01-01T10:00:00Z")
    origins = []
    for head in (meta + block, meta, ""):
        published = read(visible, head).extraction.published
        assert published
        origins.append((published.origin, published.moment.day))
    assert origins == [("json-ld", 1), ("meta", 2), ("time", 3)]


def test_date_in_utc_takes_the_offset_of_the_same_moment_in_local_time() -> None:
    head = '<meta property="article:published_time" content="2026-10-04T02:00:00+00:00">'
    published = read('<time datetime="2026-10-03T22:00:00-04:00">', head).extraction.published
    assert published
    assert (published.moment.isoformat(), published.origin) == ("2026-10-03T22:00:00-04:00", "meta")


def test_naive_date_is_in_the_zone_of_the_source() -> None:
    published = read(head=jsonld(datePublished="2026-07-01 08:00:00")).extraction.published
    assert published
    assert published.moment.isoformat() == "2026-07-01T08:00:00-04:00"


def test_day_in_the_address_is_the_last_but_one_resort() -> None:
    published = read("<p>x", url="https://a.cu/2026/03/09/nota/").extraction.published
    assert published
    assert (published.moment.isoformat(), published.origin) == ("2026-03-09T00:00:00-04:00", "url")


def test_unreadable_date_is_a_problem_and_the_next_source_is_asked() -> None:
    head = jsonld(datePublished="ayer") + '<meta property="article:published_time" content="2026-01-02T10:00:00Z">'
    reading = read(head=head)
    assert reading.extraction.published
    assert reading.extraction.published.origin == "meta"
    assert reading.problems == ("json-ld: unreadable date: 'ayer'",)


def test_broken_block_is_a_problem_and_the_others_are_read() -> None:
    reading = read(head=block('{"@type": "NewsArticle", "headline": ') + jsonld(headline="Titular"))
    assert reading.extraction.title == "Titular"
    assert reading.problems[0].startswith("broken JSON-LD")


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"Titular",}',
        '<!-- {"@type":"NewsArticle","headline":"Titular"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Titular"}\n//]]>',
        '[{"@type":"WebPage"},{"@type":["ReportageNewsArticle"],"headline":["Titular"]}];',
        '{"@graph":[{"@type":"https://schema.org/Article","headline":"Titular"}]}',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Titular&quot;}",
        '{"@type":"NewsArticle","headline":"Titular","description":"dos\nlíneas"}',
    ],
)
def test_json_ld_is_read_as_sites_write_it(text: str) -> None:
    reading = read(head=block(text))
    assert (reading.extraction.title, reading.problems) == ("Titular", ())


def test_article_with_a_date_wins_over_the_teasers_beside_it() -> None:
    head = jsonld(headline="Otra nota") + jsonld(headline="La nota", datePublished="2026-01-01T10:00:00Z")
    assert read(head=head).extraction.title == "La nota"


def test_author_is_found_by_its_name_in_the_graph_and_an_organisation_is_none() -> None:
    graph = [
        {
            "@type": "NewsArticle",
            "headline": "x",
            "author": [{"@id": "#a"}, {"@type": "Organization", "name": "Agencia"}],
        },
        {"@type": "Person", "@id": "#a", "name": "Por Ana Pérez"},
    ]
    assert read(head=block(json.dumps({"@graph": graph}))).extraction.authors == ("Ana Pérez",)


def test_heading_that_readers_see_wins_over_the_shortened_title() -> None:
    head = '<meta property="og:title" content="Inauguran puente en Bayamo">'
    assert (
        read("<h1>Inauguran nuevo puente en Bayamo</h1>", head).extraction.title == "Inauguran nuevo puente en Bayamo"
    )


def test_heading_that_is_the_name_of_the_site_is_no_title() -> None:
    head = '<meta property="og:title" content="Inauguran puente en Bayamo">'
    assert read("<h1>El Ejemplo</h1>", head).extraction.title == "Inauguran puente en Bayamo"


def test_heading_that_no_title_of_the_page_resembles_is_no_title() -> None:
    head = '<meta property="og:title" content="Inauguran puente en Bayamo">'
    assert read("<h1>Noticias de hoy</h1>", head).extraction.title == "Inauguran puente en Bayamo"


@pytest.mark.parametrize(
    "ending", [" | El Ejemplo", " - EL EJEMPLO", " – ejemplo.cu", "| Diario El Ejemplo", " | Cuba | El Ejemplo"]
)
def test_name_of_the_site_is_taken_off_the_title(ending: str) -> None:
    title = read(head=f"<title>Inauguran puente{ending}</title>").extraction.title
    assert title in {"Inauguran puente", "Inauguran puente | Cuba"}


def test_dash_inside_a_title_stays() -> None:
    assert read(head="<title>Cuba - Viet Nam: un puente</title>").extraction.title == "Cuba - Viet Nam: un puente"


def test_title_is_unescaped_and_composed() -> None:
    title = read("<h1>Nghe&#803;&#770; An &amp;amp; Hu\u00ea\u0301</h1>").extraction.title
    assert title == "Nghệ An & Huế"


def test_body_is_paragraphs_without_captions_boxes_and_boilerplate() -> None:
    body = (
        f"<div class=story><p>{TEXT}<br>Segunda\n línea.</p><figure>x<figcaption>Foto: archivo</figcaption></figure>"
        "<div class='related-posts'><p>Lea también</p></div><p class=box>Anuncio</p><script>var a</script>"
        "<h2>Título&nbsp;menor</h2>suelto <b>en</b> la caja<p>Síganos en la red</p></div><div class=story>Otra</div>"
    )
    assert read(body).extraction.body == "\n\n".join(
        [TEXT.strip(), "Segunda línea.", "Título menor", "suelto en la caja"]
    )


def test_source_s_body_wins_when_it_holds_enough() -> None:
    longer = "".join(f"<p>{TEXT} {number}</p>" for number in range(9))
    assert read(f"<article>{longer}</article><div class=story>{TEXT}</div>").extraction.body == TEXT.strip()


def test_generic_reader_is_asked_when_the_source_s_body_is_too_short() -> None:
    body = read(f"<div class=story>Breve.</div><article><p>{TEXT}</p><p>{TEXT} fin</p></article>").extraction.body
    assert "fin" in body


def test_page_with_a_headline_and_no_text_has_no_body() -> None:
    extraction = read("<article><h1>Sin texto todavía</h1><div class=story></div></article>").extraction
    assert (extraction.title, extraction.body) == ("Sin texto todavía", "")


def test_page_without_title_body_or_date_is_no_error() -> None:
    extraction = read("<p></p>").extraction
    assert (extraction.title, extraction.body, extraction.published) == (None, "", None)
    assert extraction.missing == ("title", "body", "published")


@pytest.mark.parametrize("link", ["https://www.ejemplo.cu/", "https://www.ejemplo.cu", "/", "http://["])
def test_canonical_link_to_the_home_page_gives_way_to_og_url(link: str) -> None:
    head = f'<link rel="canonical" href="{link}"><meta property="og:url" content="/cuba/una-nota?utm_source=x">'
    assert read(head=head).extraction.canonical_url == URL


def test_site_whose_canonical_links_are_wrong_is_read_by_og_url() -> None:
    head = f'<link rel="canonical" href="/portada"><meta property="og:url" content="{URL}">'
    assert read(head=head).extraction.canonical_url == "https://www.ejemplo.cu/portada"
    assert read(head=head, source=sources()["granma-es"]).extraction.canonical_url == URL


@pytest.mark.parametrize(
    ("encoding", "header", "declaration"),
    [
        ("utf-8", None, ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("utf-8-sig", None, ""),
        ("utf-16", "text/html", ""),
        ("cp1258", "text/html; charset=windows-1258", ""),
        ("cp1258", None, '<meta charset="windows-1258">'),
        ("cp1258", "text/html; charset=no-such-code", '<meta http-equiv=x content="text/html; charset=windows-1258">'),
    ],
)
def test_vietnamese_comes_out_composed_from_every_encoding(encoding: str, header: str | None, declaration: str) -> None:
    # Letters with their tones apart, the only way in which windows-1258 can write them.
    body = (
        f"<html><head>{declaration}</head><body><h1>Vi\u00ea\u0323t Nam m\u01a1\u0309 c\u01b0\u0309a</h1></body></html>"
    )
    assert read(body.encode(encoding), header=header).extraction.title == "Việt Nam mở cửa"


def test_latin_1_without_a_word_about_it_is_read() -> None:
    assert read("<html><h1>Año nuevo</h1></html>".encode("latin-1")).extraction.title == "Año nuevo"


def test_latin_1_that_is_declared_utf_8_is_read() -> None:
    page = "<html><meta charset=utf-8><h1>Año de cooperación</h1></html>".encode("latin-1")
    assert read(page).extraction.title == "Año de cooperación"


def test_page_cut_off_within_a_letter_stays_utf_8() -> None:
    assert decode("<p>Nos vemos mañ".encode()[:-1], None) == "<p>Nos vemos ma\ufffd"


def test_one_broken_letter_does_not_change_the_encoding() -> None:
    page = "<html><h1>Tiếng Việt có dấu</h1><p>đường phố Hà Nội".encode() + b"\xe1</p></html>"
    assert read(page).extraction.title == "Tiếng Việt có dấu"


def test_utf_8_that_was_encoded_twice_is_put_right() -> None:
    page = "<html><h1>Cuba’s harvest</h1></html>".encode().decode("latin-1").encode()
    assert read(page).extraction.title == "Cuba’s harvest"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (b"", None),
        (b" \n", "text/html"),
        (b"%PDF-1.7 <html>", "text/html"),
        (b"\x89PNG\r\n\x1a\n", None),
        (b'{"html": "<p>x</p>"}', "text/html"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", None),
        (b"Not found", "text/html"),
        (b"<note>x</note>", "application/json"),
    ],
)
def test_what_is_no_html_is_not_a_page(body: bytes, header: str | None) -> None:
    with pytest.raises(NotAPage) as caught:
        extract(Page(URL, body, header), AnySite)
    assert caught.value.url == URL
    assert str(copy(caught.value)) == str(caught.value)


@pytest.mark.parametrize("piece", ["<div>", "<p>", "<b>", "<a href=x>", "<table><tr><td>", "<h1>", "&#0;"])
def test_page_of_one_endless_nesting_is_read(piece: str) -> None:
    assert extract(Page(URL, ("<html>" + piece * 3000 + TEXT).encode()), Example).canonical_url is None


fragments = st.sampled_from(
    [
        b"<p>", b"</p>", b"<div class='story'>", b"<script type='application/ld+json'>", b"</script>", b"<h1>", b"<br>",
        b'{"@type":"NewsArticle","headline":', b'"datePublished":"2026-01-01"}', b"<meta property='og:title' content='",
        b"'>", b"<time datetime='", b"<base href='", b"<link rel=canonical href='http://[", b"\x00", b"<svg>",
        b"\xff\xfe", b"<table><tr><td>", "xin chào ".encode(), b"&#0;&#xD800;&#128;&#x110000;", b"<article>",
        b"<title>",
    ]
)  # fmt: skip
pages = st.one_of(
    st.binary(max_size=200), st.lists(st.one_of(fragments, st.binary(max_size=20)), max_size=40).map(b"".join)
)


@settings(deadline=None)
@given(pages, st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=idna", "application/json"]))
def test_any_bytes_give_the_same_record_twice_or_a_typed_error(body: bytes, header: str | None) -> None:
    page = Page(URL, body, header)
    try:
        first = examine(page, Example)
    except CrawlerError:
        return
    assert examine(page, Example) == first
    assert unicodedata.is_normalized("NFC", f"{first.extraction.title}{first.extraction.body}")
