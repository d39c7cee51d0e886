"""Section pages: a page whose links are the listing."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

from lxml import etree, html

from crawler.discovery.listing import LONGEST_TITLE, MOST_ENTRIES, Entry, Listing, Notebook
from crawler.errors import NotAListing
from crawler.text import one_line

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


def read(text: str, notebook: Notebook) -> Listing:
    """Every place on the web that the page links to, once, in order; which are articles, the source knows."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise NotAListing(notebook.url, f"a page without content ({error})") from error
    notebook.url = _base(root, notebook.url)
    entries: dict[str, Entry] = {}
    for link in root.iter("a"):
        entry = _entry(link, notebook)
        known = entries.get(entry.url) if entry else None
        # The same article is linked from its picture, without words, and from its headline.
        if entry and (known is None or len(entry.title or "") > len(known.title or "")):
            entries[entry.url] = entry
        if len(entries) >= MOST_ENTRIES:
            notebook.note(f"more than {MOST_ENTRIES} links; the rest is left")
            break
    if not entries:
        raise NotAListing(notebook.url, "a page without links")
    return Listing("section", tuple(entries.values()), problems=notebook.problems, feeds=_feeds(root, notebook))


def _base(root: html.HtmlElement, url: str) -> str:
    for base in root.iter("base"):
        if base.get("href"):
            try:
                return urljoin(url, str(base.get("href")))
            except ValueError:
                break
    return url


def _entry(link: html.HtmlElement, notebook: Notebook) -> Entry | None:
    href = one_line(link.get("href") or "")
    # Menus are full of these, and they lead nowhere: no problem of the page's.
    if not href or href.startswith("#") or href.lower().startswith(("javascript:", "mailto:", "tel:", "data:")):
        return None
    url = notebook.address(href)
    if url is None:
        return None
    words = one_line(" ".join(link.itertext())) or one_line(link.get("title") or "")
    return Entry(urldefrag(url).url, title=words[:LONGEST_TITLE] or None)


def _feeds(root: html.HtmlElement, notebook: Notebook) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for link in root.iter("link"):
        if "alternate" in (link.get("rel") or "").lower().split() and link.get("type") in _FEED_TYPES:
            url = notebook.address(link.get("href"))
            if url:
                found.setdefault(url, Entry(url, title=one_line(link.get("title") or "") or None))
    return tuple(found.values())
