"""What is known to go wrong on the pages of Viet Nam's and Cuba's outlets, each on a page of ours in their shape."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from extracting import TEXT, jsonld, paragraphs, read

from crawler.catalogue import sources
from crawler.dates import read_date
from crawler.extraction import Page, examine
from crawler.source import AnySite
from pipeline.language import identify

VIETNAMESE = "Thủ tướng đã đến thăm nhà máy mới ở Mariel và trò chuyện với công nhân về kế hoạch năm tới. " * 3
ENGLISH = "The minister visited three factories in the province and spoke with the workers about next year. " * 3


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0" encoding="utf-16"?><html><body><h1>Hà Nội mở cửa</h1></body></html>',
        '<html><head><meta charset="utf-16"></head><body><h1>Hà Nội mở cửa</h1></body></html>',
        '<html><meta http-equiv=Content-Type content="text/html; charset=utf-16le"><h1>Hà Nội mở cửa</h1></html>',
    ],
)
@pytest.mark.parametrize("header", [None, "text/html; charset=utf-16"])
def test_page_in_utf_8_that_says_it_is_utf_16_is_read(page: str, header: str | None) -> None:
    found = examine(Page("https://vietnamnews.vn/society/1/x.html", page.encode(), header), sources()["vietnamnews"])
    assert found.extraction.title == "Hà Nội mở cửa"


def test_page_that_is_utf_16_is_read_as_such() -> None:
    page = "<html><body><h1>Hà Nội mở cửa</h1></body></html>".encode("utf-16")
    assert examine(Page("https://vietnamnews.vn/society/1/x.html", page), AnySite).extraction.title == "Hà Nội mở cửa"


def test_letters_with_their_marks_apart_are_composed_in_every_field() -> None:
    title, author, section = (
        unicodedata.normalize("NFD", text) for text in ("Giá gạo lên đỉnh", "Nguyễn Văn Đức", "Thời sự")
    )
    head = jsonld(headline=title, author={"@type": "Person", "name": author}, articleSection=section)
    body = unicodedata.normalize("NFD", VIETNAMESE)
    page = f"<h1>{title}</h1><article>{paragraphs(body, body + '2')}</article>"
    found = read(page, head, source=AnySite).extraction
    assert (found.title, found.authors, found.section) == ("Giá gạo lên đỉnh", ("Nguyễn Văn Đức",), "Thời sự")
    assert unicodedata.is_normalized("NFC", found.body)
    assert VIETNAMESE.strip() in found.body


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sat, 22 Aug 2026 22:16:56 +0700", "2026-08-22T22:16:56+07:00"),
        ("Sat, 22 Aug 2026 22:16:56 +07:00", "2026-08-22T22:16:56+07:00"),
        ("Sat, 22 Aug 2026 22:16:56 +07", "2026-08-22T22:16:56+07:00"),
        ("8/23/2026 5:20:00\u202fAM", "2026-08-23T05:20:00+07:00"),
        ("Sat, 22 Aug 2026 15:16:56 GMT", "2026-08-22T15:16:56+00:00"),
        ("Sat, 22 Aug 26 22:16:56 +0700", "2026-08-22T22:16:56+07:00"),
    ],
)
def test_dates_of_vietnamese_feeds_are_read_in_all_their_forms(text: str, moment: str) -> None:
    assert read_date(text, "Asia/Ho_Chi_Minh").isoformat() == moment
    page = f'<h1>x</h1><meta property="article:published_time" content="{text}">'
    found = read(page, source=sources()["vnexpress-vi"], url="https://vnexpress.net/mot-bai-bao-4700001.html")
    assert found.extraction.published
    assert found.extraction.published.moment.isoformat() == moment


def vnexpress_of_2014() -> str:
    return (
        '<html><head><meta name="dc.created" content="2001-03-03"><meta name="pubdate" content="2001-03-03">'
        '</head><body><h1 class="title_post">Ba dự án điện mặt trời</h1>'
        '<span class="span lead_post_detail">Ba tỉnh cùng khởi công.</span>'
        f'<div class="fck_detail"><p class="Normal">{VIETNAMESE}</p></div></body></html>'
    )


def test_founding_day_of_vnexpress_in_its_metadata_is_not_the_article_s_date() -> None:
    """trafilatura and htmldate both answer 2001-03-03 for its pages of 2014."""
    listed = datetime.fromisoformat("2014-07-01T09:00:00+07:00")
    url = "https://vnexpress.net/ba-du-an-dien-mat-troi-3012345.html"
    found = read(vnexpress_of_2014().encode(), source=sources()["vnexpress-vi"], url=url, listed=listed).extraction
    assert found.published
    assert (found.published.moment, found.published.origin) == (listed, "feed")


def test_lead_of_vnexpress_stands_outside_its_body_and_is_read() -> None:
    url = "https://vnexpress.net/ba-du-an-dien-mat-troi-3012345.html"
    found = read(vnexpress_of_2014().encode(), source=sources()["vnexpress-vi"], url=url).extraction
    assert found.lead == "Ba tỉnh cùng khởi công."
    assert found.body == VIETNAMESE.strip()


def test_canonical_link_of_granma_to_its_home_page_is_not_believed() -> None:
    url = "https://www.granma.cu/cuba/2026-10-05/arroz-05-10-2026-10-10-10"
    head = f'<link rel="canonical" href="https://www.granma.cu/"><meta property="og:url" content="{url}">'
    assert read("<h1>Arroz</h1>", head, source=sources()["granma-es"], url=url).extraction.canonical_url == url


CUBADEBATE = "http://www.cubadebate.cu/noticias/2026/04/26/una-nota/"


def cubadebate() -> str:
    return (
        '<html><head><meta property="article:published_time" content="2026-04-26T15:35:23-04:00"></head><body>'
        '<h1>Cubadebate</h1><h2 class="title">Una nota del domingo</h2><time datetime="2026-04-26 11:35">26/4</time>'
        f'<div class="note_content"><p>{TEXT}</p><div id="anexos_list"><h2>Otra nota entera</h2>'
        f"<p>{TEXT.replace('tres', 'cuatro')}</p></div></div></body></html>"
    )


def test_article_that_cubadebate_embeds_in_another_is_not_part_of_it() -> None:
    found = read(cubadebate().encode(), source=sources()["cubadebate-es"], url=CUBADEBATE).extraction
    assert found.body == TEXT.strip()


def test_clock_of_greenwich_that_cubadebate_labels_as_havana_s_is_not_believed() -> None:
    found = read(cubadebate().encode(), source=sources()["cubadebate-es"], url=CUBADEBATE).extraction
    assert found.published
    assert (found.published.moment.isoformat(), found.published.origin) == ("2026-04-26T11:35:00-04:00", "time")


def test_english_page_that_declares_vietnamese_is_english() -> None:
    article = f"<article>{paragraphs(ENGLISH, ENGLISH + 'x')}</article>"
    page = f'<html lang="vi"><body><h1>Factories open</h1>{article}</body></html>'
    found = read(page.encode(), source=AnySite).extraction
    assert found.declared_language == "vi"
    assert identify(found.body, found.declared_language).language == "en"


def test_vietnamese_footer_of_an_english_page_is_not_in_its_body() -> None:
    footer = "Mời quý độc giả theo dõi VOV.VN trên Facebook, Zalo và các nền tảng khác để cập nhật tin tức."
    lines = paragraphs(ENGLISH, ENGLISH + "x", footer)
    for source, box in ((AnySite, "article"), (sources()["vov-en"], "div class=text-long")):
        page = f"<h1>Factories open</h1><{box}>{lines}</{box.partition(' ')[0]}>"
        found = read(page, source=source, url="https://english.vov.vn/en/politics/factories-open-post1234.vov")
        assert "Mời" not in found.extraction.body
        assert found.extraction.body.startswith(ENGLISH.strip())
