from __future__ import annotations

import gzip
import itertools
import json
import time
import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import read_date
from crawler.discovery import LARGEST, Listing, read_listing
from crawler.discovery.listing import MOST_ENTRIES
from crawler.errors import (
    BrokenListing,
    EmptyListing,
    ListingError,
    NotAListing,
    OversizedListing,
    UnreadableDate,
)

if TYPE_CHECKING:
    from pathlib import Path

HANOI = timezone(timedelta(hours=7))


def read(body: bytes | str, url: str = "https://a.vn/rss/home.rss", content_type: str | None = None) -> Listing:
    data = body.encode() if isinstance(body, str) else body
    return read_listing(data, url=url, content_type=content_type, timezone="Asia/Ho_Chi_Minh")


def item(number: int = 1, date: str = "Sat, 22 Aug 2026 22:16:56 +0700") -> str:
    return (
        f"<item><title>Tin số {number}</title><link>https://a.vn/tin-post{number}.vnp</link>"
        f"<description><![CDATA[<p>Tóm tắt</p>]]></description><pubDate>{date}</pubDate></item>"
    )


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sat, 22 Aug 2026 22:16:56 +0700", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("Sat, 22 Aug 2026 22:16:56 +07:00", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("Sat, 22 Aug 2026 22:16:56 +07", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("Sat, 22 Aug 2026 15:16:56 GMT", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("Sun, 23 Aug 26 05:20:00 +0700", datetime(2026, 8, 23, 5, 20, tzinfo=HANOI)),
        ("8/23/2026 5:20:00 AM", datetime(2026, 8, 23, 5, 20, tzinfo=HANOI)),
        ("8/3/2026 12:20:00\u202fPM", datetime(2026, 8, 3, 12, 20, tzinfo=HANOI)),
        ("2026-08-22T22:16:56+07:00", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("2026-08-22T15:16:56.000Z", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("2026-08-22", datetime(2026, 8, 22, tzinfo=HANOI)),
        ("Thứ bảy, 22/08/2026, 22:16 (GMT+7)", datetime(2026, 8, 22, 22, 16, tzinfo=HANOI)),
        ("22:16 | 22/08/2026", datetime(2026, 8, 22, 22, 16, tzinfo=HANOI)),
        ("ngày 22 tháng 8 năm 2026", datetime(2026, 8, 22, tzinfo=HANOI)),
        ("22 de agosto de 2026 22:16:56", datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)),
        ("August, 22/2026 - 22:16", datetime(2026, 8, 22, 22, 16, tzinfo=HANOI)),
    ],
)
def test_every_form_of_date_is_the_moment_that_its_writer_meant(text: str, moment: datetime) -> None:
    assert read_date(text, "Asia/Ho_Chi_Minh") == moment


def test_date_in_havana_follows_summer_time() -> None:
    winter, summer = (read_date(day, "America/Havana") for day in ("2026-01-10 08:00", "2026-07-10 08:00"))
    assert (winter.isoformat()[-6:], summer.isoformat()[-6:]) == ("-05:00", "-04:00")


@pytest.mark.parametrize("text", ["", "hôm qua", "2026-13-45", "0001-01-01T00:00:00Z", "1 Aug 2026 10:00 CST"])
def test_date_that_would_be_guessed_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        read_date(text, "Asia/Ho_Chi_Minh")


@given(st.one_of(st.text(), st.text(alphabet="0123456789/:-+TZ AMpm,abcjun")))
def test_no_text_raises_anything_but_unreadable_date(text: str) -> None:
    with suppress(UnreadableDate):
        assert read_date(text, "America/Havana").utcoffset() is not None


def test_rss_gives_address_title_summary_and_date() -> None:
    listing = read(rss(item(7, "Sat, 22 Aug 2026 22:16:56 +07:00")))
    (entry,) = listing.entries
    assert listing.kind == "rss"
    assert listing.problems == ()
    assert (entry.url, entry.title, entry.summary) == (
        "https://a.vn/tin-post7.vnp",
        "Tin số 7",
        "Tóm tắt",
    )
    assert entry.published == datetime(2026, 8, 22, 22, 16, 56, tzinfo=HANOI)
    assert entry.updated is None


def test_atom_gives_both_its_dates() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">A &amp;amp; B</title>'
        '<link rel="alternate" href="/a"/><published>2026-08-22T10:00:00Z</published>'
        "<updated>2026-08-22T11:00:00Z</updated></entry></feed>"
    )
    listing = read(feed)
    (entry,) = listing.entries
    assert (listing.kind, entry.url, entry.title) == ("atom", "https://a.vn/a", "A & B")
    assert str(entry.published) == "2026-08-22 10:00:00+00:00"
    assert str(entry.updated) == "2026-08-22 11:00:00+00:00"


RDF_ITEM = (
    '<item rdf:about="https://a.cu/1"><title>Uno</title><link>https://a.cu/1</link>'
    "<dc:date>2026-08-22T10:00:00-04:00</dc:date></item>"
)
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
RSS_ITEM = "<item><title>Uno</title><link>https://a.cu/1</link><pubDate>2026-08-22T10:00:00-04:00</pubDate></item>"


@pytest.mark.parametrize(
    "feed",
    [
        f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/">{RDF_ITEM}</rdf:RDF>',
        f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/"><channel/>{RDF_ITEM}</rdf:RDF>',
        f'<rss version="0.91"><channel><title>T</title>{RSS_ITEM}</channel></rss>',
        f'<rss version="0.92"><channel><title>T</title>{RSS_ITEM}</channel></rss>',
        f'<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel>{RSS_ITEM}</channel></rss>',
        f"<rss><channel><title>T</title></channel>{RSS_ITEM}</rss>",
        f"<rss><channel>{RSS_ITEM.replace('pubDate', 'dc:date')}</channel></rss>",
    ],
    ids=["0.90", "1.0", "0.91", "0.92", "2.0", "items beside the channel", "a prefix that nobody declared"],
)
def test_every_version_of_rss_is_read(feed: str) -> None:
    listing = read(feed)
    (entry,) = listing.entries
    assert (listing.kind, entry.url, entry.title) == ("rss", "https://a.cu/1", "Uno")
    assert str(entry.published) == "2026-08-22 10:00:00-04:00"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link>https://a.vn/1</link>", "https://a.vn/1"),
        ("<link>\n  /1\n</link>", "https://a.vn/1"),
        ("<link><![CDATA[ https://a.vn/1 ]]></link>", "https://a.vn/1"),
        ("<atom:link rel='self' href='/me'/><atom:link href='/1'/>", "https://a.vn/1"),
        ("<atom:link rel='enclosure' href='/a.mp3'/><guid>https://a.vn/1</guid>", "https://a.vn/1"),
        ("<link/><guid isPermaLink='true'>https://a.vn/1</guid>", "https://a.vn/1"),
        ("<link>https://feeds.b.cu/~r/x/1</link><fb:origLink>https://a.vn/1</fb:origLink>", "https://a.vn/1"),
    ],
)
def test_the_address_of_an_item_is_found_where_its_feed_keeps_it(link: str, url: str) -> None:
    spaces = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"'
    feed = f"<rss {spaces}><channel><link>https://a.vn/</link><item><title>x</title>{link}</item></channel></rss>"
    assert [entry.url for entry in read(feed).entries] == [url]


def test_a_guid_that_is_no_address_is_not_taken_for_one() -> None:
    listing = read(rss("<item><title>x</title><guid isPermaLink='false'>https://a.vn/?p=1</guid></item>", item(2)))
    assert [entry.title for entry in listing.entries] == ["Tin số 2"]
    assert listing.problems == ("an entry has no link",)


def test_what_belongs_to_a_picture_is_not_the_article_s() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    item = (
        "<item><media:title>Foto</media:title><media:description>Pie</media:description>"
        "<title>Uno</title><description>Resumen</description><link>/1</link></item>"
    )
    (entry,) = read(f"<rss {media}><channel>{item}</channel></rss>").entries
    assert (entry.title, entry.summary) == ("Uno", "Resumen")


def test_atom_in_xhtml_is_plain() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/>'
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Việt <b>Nam</b></div></title>'
        '<content type="xhtml"><div>Một<br/>hai</div></content></entry></feed>'
    )
    (entry,) = read(feed).entries
    assert (entry.title, entry.summary) == ("Việt Nam", "Một hai")


def test_xml_base_is_what_links_are_relative_to() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.cu/noticias/"><entry><link href="uno"/></entry>'
        '<entry xml:base="2026/"><link href="dos"/></entry>'
        '<entry xml:base="http://["><link href="/tres"/></entry></feed>'
    )
    assert [entry.url for entry in read(feed).entries] == [
        "https://b.cu/noticias/uno",
        "https://b.cu/noticias/2026/dos",
        "https://a.vn/tres",
    ]


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 1440),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60),
        ("<sy:updatePeriod>minutely</sy:updatePeriod>", None),
        ("", None),
    ],
)
def test_a_feed_s_wish_for_rest_is_read(channel: str, minutes: float | None) -> None:
    space = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    assert read(f"<rss {space}><channel>{channel}{item()}</channel></rss>").asked_minutes == minutes


NOW = datetime(2026, 8, 23, 12, tzinfo=UTC)


def test_a_date_in_the_future_is_left_out_and_told() -> None:
    feed = rss(item(1, "Sun, 23 Aug 2026 23:00:00 +0700"), item(2, "Fri, 23 Aug 2069 12:00:00 +0700"))
    listing = read_listing(
        feed.encode(), url="https://a.vn/rss", content_type=None, timezone="Asia/Ho_Chi_Minh", now=NOW
    )
    assert [entry.published for entry in listing.entries] == [datetime(2026, 8, 23, 23, tzinfo=HANOI), None]
    assert listing.problems == ("a date in the future: 'Fri, 23 Aug 2069 12:00:00 +0700'",)


def test_a_sitemap_may_be_a_list_of_addresses() -> None:
    listing = read("\ufeffhttps://a.vn/1\r\nhttps://a.vn/2\r\n\r\nnonsense\r\n", url="https://a.vn/sitemap.txt")
    assert (listing.kind, [entry.url for entry in listing.entries]) == (
        "sitemap",
        ["https://a.vn/1", "https://a.vn/2", "https://a.vn/nonsense"],
    )


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff", "\n\ufeff "])
def test_a_byte_order_mark_too_many_hides_nothing(mark: str) -> None:
    assert read(mark + rss(item())).entries[0].title == "Tin số 1"
    assert read(mark + json.dumps({"items": [{"url": "/a"}]})).entries[0].url == "https://a.vn/a"


def test_a_feed_of_ten_thousand_items_is_read_whole() -> None:
    listing = read(rss(*(item(number) for number in range(10_000))))
    assert (len(listing.entries), listing.problems) == (10_000, ())


def test_a_sitemap_of_sixty_thousand_entries_is_read_as_far_as_the_protocol_goes() -> None:
    urls = "".join(f"<url><loc>https://a.vn/{number}</loc></url>" for number in range(60_000))
    listing = read(f"<urlset>{urls}</urlset>")
    assert len(listing.entries) == MOST_ENTRIES == 50_000
    assert listing.problems == ("more than 50000 entries; the rest is left",)


def test_json_feed_is_read() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a", "title": "A"}, 3]}
    listing = read(json.dumps(feed))
    assert (listing.kind, listing.entries[0].url) == ("json", "https://a.vn/a")
    assert listing.problems == ("an item is no object",)


def test_sitemap_gives_last_change_and_news_date() -> None:
    sitemap = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://a.vn/a </loc>'
        "<lastmod>2026-08-22</lastmod><image:image><image:loc>https://a.vn/a.jpg</image:loc></image:image>"
        "<news:news><news:publication_date>2026-08-21T10:00:00+07:00</news:publication_date>"
        "<news:title>Một</news:title></news:news></url></urlset>"
    )
    listing = read(gzip.compress(sitemap.encode()))
    (entry,) = listing.entries
    assert (listing.kind, entry.url, entry.title) == ("sitemap", "https://a.vn/a", "Một")
    assert str(entry.published) == "2026-08-21 10:00:00+07:00"
    assert str(entry.updated) == "2026-08-22 00:00:00+07:00"


def test_sitemap_index_gives_its_children() -> None:
    index = "<sitemapindex><sitemap><loc>https://a.vn/sitemaps/news-2026-8.xml</loc></sitemap></sitemapindex>"
    listing = read(index)
    assert (listing.kind, listing.entries) == ("sitemap index", ())
    assert [child.url for child in listing.sitemaps] == ["https://a.vn/sitemaps/news-2026-8.xml"]


def test_section_page_gives_each_link_once_with_its_words_and_the_feeds() -> None:
    page = (
        "<html><head><base href='/en/'><link rel=alternate type='application/rss+xml' href=/feed></head><body>"
        "<a href='a.html#top'><img></a><a href='a.html'>A <b>headline</b></a><a href='javascript:x()'>menu</a>"
        "<a href='https://b.cu/'>B</a></body></html>"
    )
    listing = read(page, url="https://a.vn/politics")
    assert listing.kind == "section"
    assert [(entry.url, entry.title) for entry in listing.entries] == [
        ("https://a.vn/en/a.html", "A headline"),
        ("https://b.cu/", "B"),
    ]
    assert [feed.url for feed in listing.feeds] == ["https://a.vn/feed"]
    assert listing.problems == ()


def test_page_in_place_of_a_feed_is_a_problem() -> None:
    listing = read("<!DOCTYPE html><a href=/x>x</a>", content_type="application/rss+xml")
    assert listing.problems == ("a page was sent where a feed was expected",)


def test_feed_that_declares_utf_16_over_utf_8_bytes_is_read() -> None:
    listing = read(rss(item(), head='<?xml version="1.0" encoding="utf-16"?>'))
    assert (listing.entries[0].title, listing.problems) == ("Tin số 1", ())


def test_feed_in_real_utf_16_is_read() -> None:
    assert read(rss(item(), head="").encode("utf-16")).entries[0].title == "Tin số 1"


def test_windows_1258_comes_out_composed() -> None:
    # The code page writes tones as marks of their own.
    head = '<?xml version="1.0" encoding="windows-1258"?>'
    body = rss("<item><title>Viê\u0323t Nam</title><link>/a</link></item>", head=head).encode("cp1258")
    assert read(body).entries[0].title == "Việt Nam"


def test_latin_1_is_read_by_its_header() -> None:
    body = rss("<item><title>Año</title><link>/a</link></item>", head="").encode("latin-1")
    assert read(body, content_type="text/xml; charset=ISO-8859-1").entries[0].title == "Año"


def test_half_written_feed_gives_what_is_there_and_a_problem() -> None:
    whole = rss(item(1), item(2), item(3))
    listing = read(whole[: whole.index("</title><link>https://a.vn/tin-post3")])
    assert [entry.title for entry in listing.entries[:2]] == ["Tin số 1", "Tin số 2"]
    assert listing.problems[0].startswith("broken XML")


def test_bare_ampersand_and_entities_of_html_are_mended() -> None:
    listing = read(rss("<item><title>Ron & az&uacute;car</title><link>https://a.cu/?b=1&c=2</link></item>"))
    (entry,) = listing.entries
    assert (entry.title, entry.url) == ("Ron & azúcar", "https://a.cu/?b=1&c=2")


def test_warning_printed_before_the_feed_costs_no_entry() -> None:
    listing = read("<br />\n<b>Warning</b>: mysql_connect()\n" + rss(item()))
    assert len(listing.entries) == 1
    assert listing.problems == ("something stands before the feed",)


def test_comment_and_stylesheet_before_the_feed_are_no_problem() -> None:
    head = '<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><!-- generated --><!DOCTYPE rss SYSTEM "rss.dtd">'
    assert read(rss(item(), head=head)).problems == ()


@pytest.mark.parametrize(
    "body",
    [
        rss(f"<item><title>{'A' * 2**21}</title><link>/a</link><description>{'B' * 2**21}</description></item>"),
        json.dumps({"items": [{"url": "/a", "title": "A" * 2**21, "summary": "B" * 2**21}]}),
        f"<urlset><url><loc>https://a.vn/a</loc><news><title>{'A' * 2**21}</title></news></url></urlset>",
        f"<html><body><a href='/a'>{'A' * 2**21}</a></body></html>",
    ],
)
def test_of_words_without_end_the_beginning_is_kept(body: str) -> None:
    (entry,) = read(body).entries
    assert entry.title == "A" * 500
    assert entry.summary in {None, "B" * 5_000}


def test_title_that_was_escaped_twice_is_plain() -> None:
    listing = read(rss("<item><title>A &amp;amp;quot;B&amp;amp;quot;</title><link>/a</link></item>"))
    assert listing.entries[0].title == 'A "B"'


def test_unreadable_date_is_a_problem_and_no_date() -> None:
    listing = read(rss(item(date="hôm qua")))
    assert listing.entries[0].published is None
    assert listing.problems == ("unreadable date: 'hôm qua'",)


def test_entry_without_a_link_is_a_problem_and_costs_no_other() -> None:
    listing = read(rss("<item><title>x</title></item>", item(2)))
    assert [entry.title for entry in listing.entries] == ["Tin số 2"]
    assert listing.problems == ("an entry has no link",)


def test_sound_feed_without_entries_is_empty_and_no_error() -> None:
    assert read(rss()).entries == ()


@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_entities_are_never_expanded(root: str) -> None:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{names}]><{root}><channel><item><title>&l9;</title>'
        f"<link>https://a.vn/1</link></item></channel><url><loc>https://a.vn/1</loc></url></{root}>"
    )
    listing = read(body)
    assert listing.entries[0].url == "https://a.vn/1"
    assert "ha" not in str(listing.entries[0].title)
    assert listing.problems[0] == "declares entities of its own, which are not read"


def test_file_named_by_an_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("quiet")
    body = (
        f'<!DOCTYPE rss [<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
        "<rss><channel><item><title>&f;</title><link>/a</link></item></channel></rss>"
    )
    assert "quiet" not in str(read(body))


def test_body_that_names_a_file_is_not_opened(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item()))
    with pytest.raises(NotAListing):
        read(str(feed))


def test_gzip_bomb_is_oversized() -> None:
    with pytest.raises(OversizedListing):
        read(gzip.compress(bytes(LARGEST + 1), compresslevel=1))


def test_gzip_bomb_is_never_unpacked_whole() -> None:
    body = gzip.compress(bytes(6 * LARGEST), compresslevel=1)
    tracemalloc.start()
    try:
        with suppress(OversizedListing):
            read(body)
        assert tracemalloc.get_traced_memory()[1] < 3 * LARGEST
    finally:
        tracemalloc.stop()


def test_gzip_that_is_cut_off_gives_what_is_there() -> None:
    body = gzip.compress(rss(*(item(number) for number in range(2000))).encode())
    listing = read(body[: len(body) // 2])
    assert len(listing.entries) > 100
    assert listing.problems[0] == "the gzip is cut off"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", EmptyListing),
        (b" \n\t", EmptyListing),
        (b"Service unavailable", NotAListing),
        (b'{"error": 404}', NotAListing),
        (b"<html><body>nothing here</body></html>", NotAListing),
        (b"%PDF-1.7", NotAListing),
        (b"{" * 100, BrokenListing),
        (b"[" * 100_000, BrokenListing),
        (b"\x1f\x8b\x08broken", BrokenListing),
        (b"<rss><channel><item><titl", BrokenListing),
        (b"<urlset><url><loc>", BrokenListing),
    ],
)
def test_what_cannot_be_read_is_a_typed_error(body: bytes, error: type[ListingError]) -> None:
    with pytest.raises(error) as caught:
        read(body)
    assert caught.value.url == "https://a.vn/rss/home.rss"


@pytest.mark.parametrize(
    "piece",
    [b"<a", b"&", b"<item>", b"<![CDATA[", b"<!--", b'<x y="', b"&lt;script&gt;", b"<?", b"<!"],
)
def test_a_megabyte_of_one_mistake_is_read_in_one_pass(piece: bytes) -> None:
    # No time is asserted, but what is not linear would not end within a test run's patience.
    with suppress(ListingError):
        assert read(b"<rss><channel>" + piece * (2**20 // len(piece))).kind == "rss"


@pytest.mark.parametrize("piece", [b"<?", b"<!--", b"<!doctype"])
def test_a_head_of_nothing_but_beginnings_is_read_in_one_pass(piece: bytes) -> None:
    body = piece * (60_000 // len(piece)) + rss("<item><title>x</title><link>/a</link></item>", head="").encode()
    began = time.process_time()
    assert len(read(body).entries) == 1
    # A quadratic search took twice as long on a fast machine, with every request of the crawl waiting.
    assert time.process_time() - began < 0.5


fragments = st.sampled_from(
    [b"<rss>", b"<item>", b"</item>", b"<link>", b"http://[", b"<feed>", b"<urlset><url><loc>", b"<html>", b"<a href='"]
)


@given(st.one_of(st.binary(), st.lists(st.one_of(fragments, st.binary(max_size=9))).map(b"".join)))
def test_no_bytes_raise_anything_but_a_listing_error(body: bytes) -> None:
    try:
        listing = read(body)
    except ListingError:
        return
    for entry in itertools.chain(listing.entries, listing.sitemaps, listing.feeds):
        assert entry.url.startswith(("http://", "https://"))
