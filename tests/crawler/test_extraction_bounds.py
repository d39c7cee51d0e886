"""Pages that would take all the time and memory there is."""

from __future__ import annotations

import time

import pytest
from extracting import TEXT, read

from crawler.errors import NotAPage
from crawler.source import AnySite

WORDS = f"<p>{TEXT}</p>".encode()
MEGABYTE = 1_000_000
SECONDS = 20
"""Of CPU time; each takes less than three where nothing else runs."""


@pytest.mark.parametrize(
    ("page", "length"),
    [
        pytest.param(b"".join(WORDS.replace(b"tres", b"%d" % n) for n in range(10_000)), 9_000, id="10,000 paragraphs"),
        pytest.param(WORDS * 3_000, 1, id="one paragraph 3,000 times"),
        pytest.param(b"<div>" * 100_000 + WORDS, 0, id="100,000 nested elements"),
        pytest.param(b"<div class=related>" * 100_000 + WORDS, 0, id="100,000 nested boxes"),
        pytest.param(b"<div class=related>x</div>" * 20_000 + WORDS, 1, id="20,000 boxes"),
        pytest.param(b"<a href=/x>una nota de ayer</a>" * 30_000 + WORDS, 1, id="30,000 links"),
        pytest.param(b"<table><tr><td>x</table>" * 10_000 + WORDS, 1, id="10,000 tables"),
        pytest.param(b"<div class=photo><img>" * 200 + b"<img>" * 50_000 + WORDS, 1, id="50,000 pictures"),
        pytest.param(b"<div class=photo><img><p>x</div>" * 20_000 + WORDS, 1, id="20,000 pictures with captions"),
        pytest.param(b"<article><h1>x</h1>" * 20_000 + WORDS, 0, id="20,000 nested articles"),
        pytest.param(b"<article><h1>x</h1></article>" * 20_000 + WORDS, 1, id="20,000 articles"),
        pytest.param(b"<a href=/x><p>una nota</p></a>" * 20_000 + WORDS, 1, id="20,000 teasers"),
        pytest.param(
            b'<script type="application/ld+json">{"@type": "NewsArticle", "x": "'
            + b'"a": ' * 2 * MEGABYTE
            + b"</script>"
            + WORDS,
            1,
            id="10 MB of broken JSON",
        ),
        pytest.param(b"<h1>Una nota</h1>" * 20_001 + WORDS, 1, id="20,001 headlines"),
        pytest.param(b"<time datetime=2026-01-01>x</time>" * 50_000 + WORDS, 1, id="50,000 dates"),
        pytest.param(b"<meta name=author content=Ana>" * 20_001 + WORDS, 1, id="20,001 meta elements"),
        pytest.param(b"<!-- x -->" * 1_600_000 + WORDS, 1, id="16 MB of comments"),
        pytest.param(b"<p>" + b"palabra " * 2 * MEGABYTE, 0, id="a paragraph of 16 MB"),
        pytest.param(b"\x00" * 16 * MEGABYTE + WORDS, 0, id="16 MB of nothing"),
        pytest.param(b"<script type='application/ld+json'>" + b'[{"a":' * 2 * MEGABYTE, 0, id="12 MB of brackets"),
    ],
)
def test_page_that_is_too_much_is_read_in_bounded_time(page: bytes, length: int) -> None:
    begun = time.process_time()
    body = read(b"<html><body>" + page, source=AnySite).extraction.body
    assert time.process_time() - begun < SECONDS
    assert len(body) >= length * len(TEXT.strip())


def test_page_of_too_many_elements_is_read_without_a_search_and_says_so() -> None:
    reading = read(b"<html><body><ul>" + b"<li>una entrada" * 30_000 + b"</ul>" + WORDS, source=AnySite)
    assert TEXT.strip() in reading.extraction.body
    assert reading.problems == ("more than 20000 elements: read without telling text from lists",)


def test_null_bytes_inside_a_page_do_not_end_it() -> None:
    page = b"<html><body><h1>Una\x00 nota</h1><article>\x00" + WORDS * 2 + b"</article>\x00</body></html>"
    found = read(page, source=AnySite).extraction
    assert (found.title, found.body) == ("Una nota", TEXT.strip())


def test_page_of_null_bytes_alone_is_none() -> None:
    with pytest.raises(NotAPage):
        read(b"\x00" * MEGABYTE, source=AnySite)
