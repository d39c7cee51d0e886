from __future__ import annotations

from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import InvalidURL
from crawler.urls import LONGEST, normalise


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://Nhandan.VN/Tin-post1.html", "https://nhandan.vn/Tin-post1.html"),
        ("https://nhandan.vn:443", "https://nhandan.vn/"),
        ("http://nhandan.vn:8080/a", "http://nhandan.vn:8080/a"),
        ("https://nhandan.vn./a#binh-luan", "https://nhandan.vn/a"),
        ("https://www.bbc.com/a?at_medium=RSS&at_campaign=rss", "https://www.bbc.com/a"),
        ("https://a.vn/x?utm_source=rss&b=2&fbclid=Q&a=1&&", "https://a.vn/x?a=1&b=2"),
        ("https://a.vn/x?%75tm_source=rss", "https://a.vn/x"),
        ("https://a.vn/x;jsessionid=0A1B?b=1", "https://a.vn/x?b=1"),
        ("https://a.vn/x;JSESSIONID=0A1B.node1/y", "https://a.vn/x/y"),
        ("https://a.vn/(S(lit3py55t21z5v55vlm25s55))/x.aspx", "https://a.vn/x.aspx"),
        ("https://a.vn/x?PHPSESSID=abc&id=7", "https://a.vn/x?id=7"),
        ("https://a.vn/x?sid=4f2a9c81d0e34b7fa1c2&id=7", "https://a.vn/x?id=7"),
        ("https://a.vn/modules.php?file=article&sid=1234", "https://a.vn/modules.php?file=article&sid=1234"),
        ("https://www.granma.cu/archivo?page=2&q=&s=0", "https://www.granma.cu/archivo?page=2&q=&s=0"),
        ("https://a.cu/a/./b/%2E%2E/c", "https://a.cu/a/c"),
        ("https://a.cu/a%2fb/%7Ecuba/%zz", "https://a.cu/a%2Fb/~cuba/%25zz"),
        ("https://a.cu/a\u00f1o", "https://a.cu/a%C3%B1o"),
        ("https://a.cu/an\u0303o", "https://a.cu/a%C3%B1o"),
        ("https://a.cu/an%CC%83o", "https://a.cu/a%C3%B1o"),
        ("https://a.cu/a%F1o", "https://a.cu/a%F1o"),
        ("https://việtnam.vn/", "https://xn--vitnam-jk8b.vn/"),
        ("http://[2001:DB8::0:1]/", "http://[2001:db8::1]/"),
    ],
)
def test_spellings_of_one_address_become_one(url: str, normal: str) -> None:
    assert normalise(url) == normal


@given(st.from_regex(r"https?://[a-z.-]{1,9}\\.vn/[a-z./~-]{0,9}", fullmatch=True))
def test_an_address_that_is_normal_already_is_told_without_work(url: str) -> None:
    try:
        # An empty fragment takes the long way and changes nothing.
        slow = normalise(f"{url}#")
    except InvalidURL:
        with pytest.raises(InvalidURL):
            normalise(url)
    else:
        assert normalise(url) == slow


def test_relative_address_is_joined_to_its_base() -> None:
    assert normalise("../b?x=1", base="https://a.vn/c/d/e") == "https://a.vn/c/b?x=1"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tin.html",
        "javascript:void(0)",
        "ftp://a.vn/x",
        "https://",
        "https:///a",
        "https://a..vn/",
        "https://a b.vn/",
        "https://a.vn:99999/",
        "https://[::1/",
        "https://user:secret@a.vn/",
        "https://a.vn\\@evil.example/",
        "https://a.vn/\ud800",
        "https://a.vn/" + "x" * LONGEST,
        "https://" + "a" * 300 + ".vn/",
    ],
)
def test_what_cannot_be_fetched_is_refused_with_the_reason(url: str) -> None:
    with pytest.raises(InvalidURL) as caught:
        normalise(url)
    assert caught.value.reason


def test_bad_base_is_an_invalid_url_too() -> None:
    with pytest.raises(InvalidURL):
        normalise("a", base="http://[")


def test_error_survives_being_copied_as_between_processes() -> None:
    error = copy(InvalidURL("x", "no host name"))
    assert (error.url, error.reason) == ("x", "no host name")


addresses = st.one_of(
    st.text(),
    st.text(alphabet="%0123456789abcEé/.:?&=#@[] \u0301\u1ec7+").map("http://a.vn/".__add__),
    st.text(alphabet="aé.%[]:@/1-_\u3002ß\\").map("http://".__add__),
)


@given(addresses)
def test_normal_form_is_its_own_normal_form(url: str) -> None:
    try:
        normal = normalise(url)
    except InvalidURL:
        return
    assert normalise(normal) == normal


@given(addresses, addresses)
def test_no_text_raises_anything_but_invalid_url(url: str, base: str) -> None:
    try:
        normal = normalise(url, base)
    except InvalidURL:
        return
    assert normal.isascii()
    assert normal.startswith(("http://", "https://"))
