"""What the bytes are, and who reads them."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from crawler.decoding import decode
from crawler.discovery import feeds, jsonfeeds, sections, sitemaps
from crawler.discovery.listing import Listing, Notebook
from crawler.errors import BrokenListing, EmptyListing, NotAListing, OversizedListing
from crawler.text import without_controls

if TYPE_CHECKING:
    from datetime import datetime

LARGEST = 50 * 2**20
"""Bytes of a listing once unpacked; the sitemap protocol's own limit (sitemaps.org/protocol.html)."""

_ROOT = re.compile(
    r"<(?:[A-Za-z_][\w.-]{0,30}:)?(rss|feed|rdf|urlset|sitemapindex|html|body|head|!doctype\s+html)\b",
    re.IGNORECASE,
)
# Not beyond the next "<", or a head full of beginnings would be searched to its end from each of them.
_PROLOGUE = re.compile(r"<\?[^<>]*>|<!--[^<>]*-->|<!DOCTYPE[^<>]*>", re.IGNORECASE)
_READERS = {
    "rss": feeds.read,
    "rdf": feeds.read,
    "feed": feeds.read,
    "urlset": sitemaps.read,
    "sitemapindex": sitemaps.read,
}
_FEED_ADDRESS = re.compile(r"\.(?:rss|xml|atom|rdf|json)\b|/(?:rss|feed|atom|sitemap)", re.IGNORECASE)
_FEED_TYPE = re.compile(r"\b(?:rss|atom|xml|json)\b", re.IGNORECASE)


def read_listing(
    body: bytes, *, url: str, content_type: str | None, timezone: str, now: datetime | None = None
) -> Listing:
    """The entries of a feed, sitemap or section page, told apart by what the bytes are and not by what they
    are called.

    Dates without a zone are in `timezone`, a name; those more than a day after `now` are left out. What is cut off
    or broken gives the entries that can be read and a problem; a ListingError means that there are none to read. A
    sound feed that is empty is no error.
    """
    notebook = Notebook(url, timezone, now)
    # A second byte-order mark, which joined files have, would hide the first letter.
    text = without_controls(decode(_unpacked(body, notebook), content_type)).strip().lstrip("\ufeff").lstrip()
    if not text:
        raise EmptyListing(url, "nothing was sent")
    if text[0] in "{[":
        return jsonfeeds.read(text, notebook)
    root = _ROOT.search(text[:65_536])
    if root is None and sitemaps.is_list(text):
        return sitemaps.read_list(text, notebook)
    if root is None:
        raise NotAListing(url, f"neither feed nor sitemap nor page: it starts with {text[:40]!r}")
    reader = _READERS.get(root.group(1).lower())
    if reader:
        listing = reader(_from_root(text, root.start(), notebook), notebook)
        if not listing.entries and not listing.sitemaps and notebook.problems:
            raise BrokenListing(url, "; ".join(notebook.problems))
        return listing
    # XHTML is HTML that is served as XML and says so.
    if _FEED_ADDRESS.search(url) or (_FEED_TYPE.search(content_type or "") and "xhtml" not in str(content_type)):
        notebook.note("a page was sent where a feed was expected")
    return sections.read(text, notebook)


def _from_root(text: str, start: int, notebook: Notebook) -> str:
    """The document from its root's tag on.

    What stands before it goes: the declaration, whose encoding is not that of the text any more; the document type,
    whose entities could grow without end; and the warnings that some servers print first.
    """
    if "<!ENTITY" in text[:start]:
        notebook.note("declares entities of its own, which are not read")
    elif _PROLOGUE.sub("", text[:start]).strip():
        notebook.note("something stands before the feed")
    return text[start:]


def _unpacked(body: bytes, notebook: Notebook) -> bytes:
    """The bytes without their gzip, which sitemaps keep as a file format, never more than LARGEST of them."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, LARGEST + 1)
    except zlib.error as error:
        raise BrokenListing(notebook.url, f"broken gzip ({error})") from error
    if len(plain) > LARGEST:
        raise OversizedListing(notebook.url, f"more than {LARGEST} bytes when unpacked")
    if not unpacker.eof:
        notebook.note("the gzip is cut off")
    return plain
