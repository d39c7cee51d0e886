"""RSS, Atom and RDF, through feedparser, which alone knows their forty ways of being almost right.

feedparser gets documents that are sound: lxml repairs the others first, because feedparser's own fallback takes
ten seconds for a megabyte of hostile ones. Its dates are not used: it drops two of the five forms that our
sources write.
"""

from __future__ import annotations

import io

from lxml import etree

from crawler.discovery.listing import Entry, Listing, Notebook
from crawler.discovery.markup import read_xml
from crawler.errors import OversizedListing
from crawler.text import plain

MOST_ELEMENTS = 200_000
"""Of one feed: some 20,000 entries, where the longest that we know have 500. feedparser needs four seconds for them."""


def read(text: str, notebook: Notebook) -> Listing:
    """The entries of a feed, sound or not."""
    # feedparser takes a second or two to import: only who reads a feed pays for it.
    import feedparser

    root = read_xml(text, notebook)
    if root is None:
        return Listing("rss", (), problems=notebook.problems)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise OversizedListing(notebook.url, f"a feed of more than {MOST_ELEMENTS} elements")
    # A file object, because feedparser opens what a string or bytes name: a file of ours, or an address.
    document = io.BytesIO(etree.tostring(root, encoding="utf-8"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": notebook.url}
    parsed = feedparser.parse(document, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    entries = tuple(entry for entry in (_entry(fields, notebook) for fields in parsed.entries) if entry)
    return Listing("atom" if str(parsed.version).startswith("atom") else "rss", entries, problems=notebook.problems)


def _entry(fields: dict[str, object], notebook: Notebook) -> Entry | None:
    # feedparser's own lookup warns where it substitutes one date for another; a plain one does neither.
    def field(name: str) -> object:
        return dict.get(fields, name)

    guid = field("id")
    url = notebook.address(field("link") or (guid if str(guid).startswith("http") else None))
    if url is None:
        return None
    return Entry(
        url=url,
        title=plain(str(field("title") or "")) or None,
        summary=plain(str(field("summary") or "")) or None,
        published=notebook.moment(field("published") or field("created")),
        updated=notebook.moment(field("updated")),
    )
