"""A page as it was fetched, and as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from urllib.parse import urljoin

from lxml import etree, html

from crawler.decoding import decode
from crawler.errors import InvalidURL, NotAPage
from crawler.text import markup_bytes, one_line
from crawler.urls import normalise

_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"ID3", "a recording"),
    (b"\x00\x00\x00", "a film"),
)
_NO_HTML = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?:pdf|json|zip|octet-stream|(?:rss|atom)\+xml)",
    re.IGNORECASE,
)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|section|main|div|table|h[1-6]|p)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered for an address."""

    url: str
    body: bytes
    content_type: str | None = None
    """The header, as it was sent."""
    headers: tuple[tuple[str, str], ...] = ()
    """The other headers of the answer, where they are known."""


@dataclass(frozen=True)
class Document:
    """A page as a tree, which its readers share, and what they could not read."""

    url: str
    root: html.HtmlElement
    problems: list[str] = field(default_factory=list)

    @cached_property
    def base(self) -> str:
        """What relative addresses are relative to."""
        for element in self.root.iter("base"):
            try:
                return urljoin(self.url, str(element.get("href") or ""))
            except ValueError:
                break
        return self.url

    def address(self, link: str | None) -> str | None:
        """A link of the page in its normal form; None for what is no address, which pages have in every
        field."""
        text = one_line(link or "")
        if not text:
            return None
        try:
            return normalise(text, base=self.base)
        except InvalidURL as error:
            self.problems.append(str(error)[:200])
            return None


def read_document(page: Page) -> Document:
    """The page's tree, without comments. Raises NotAPage, and InvalidURL for an address that cannot have been
    fetched."""
    url = normalise(page.url)
    text = _decoded(page)
    if not text or text.isspace():
        raise NotAPage(page.url, "nothing was sent")
    if _FEED.match(text) or text.lstrip()[0] in "{[":
        raise NotAPage(page.url, "a feed, a drawing or data")
    if not _MARKUP.search(text[:262_144]):
        raise NotAPage(page.url, "text without HTML")
    try:
        root = html.document_fromstring(markup_bytes(text), parser=_parser(), ensure_head_body=False)
    except etree.LxmlError as error:
        raise NotAPage(page.url, f"HTML without content ({error})"[:200]) from error
    return Document(url, root)


@cache
def _parser() -> etree.HTMLParser:
    """Reads UTF-8 alone: the bytes are decoded before, and the page's own meta element must not choose another
    encoding.

    Every element is a plain HtmlElement: lxml.html's own parser asks Python for the class of each, which is a
    tenth of the time that a page takes.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def _decoded(page: Page) -> str:
    for signature, what in _SIGNATURES:
        if page.body.startswith(signature):
            raise NotAPage(page.url, what)
    if _NO_HTML.match((page.content_type or "").strip()) and not _MARKUP.search(page.body[:1024].decode("latin-1")):
        raise NotAPage(page.url, f"served as {page.content_type}")
    return decode(page.body, page.content_type)
