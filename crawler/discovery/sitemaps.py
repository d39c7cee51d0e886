"""Sitemaps, news sitemaps and sitemap indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.discovery.listing import Entry, Listing, Notebook
from crawler.discovery.markup import read_xml
from crawler.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree


def read(text: str, notebook: Notebook) -> Listing:
    """The entries of a sitemap, or the children of an index; element names count, whatever their
    namespace."""
    root = read_xml(text, notebook)
    if root is None:
        return Listing("sitemap", (), problems=notebook.problems)
    index = _name(root) == "sitemapindex"
    wanted = "sitemap" if index else "url"
    rows = (_fields(element) for element in root if _name(element) == wanted)
    entries = tuple(entry for entry in (_entry(row, notebook) for row in rows) if entry)
    if index:
        return Listing("sitemap index", (), sitemaps=entries, problems=notebook.problems)
    return Listing("sitemap", entries, problems=notebook.problems)


def _entry(row: Mapping[str, str], notebook: Notebook) -> Entry | None:
    url = notebook.address(row.get("loc"))
    if url is None:
        return None
    return Entry(
        url=url,
        title=plain(row.get("title", "")) or None,
        published=notebook.moment(row.get("publication_date")),
        updated=notebook.moment(row.get("lastmod")),
    )


def _fields(element: etree._Element) -> dict[str, str]:
    """The first text of each name; the captions and titles of its pictures and films are not the page's."""
    found: dict[str, str] = {}
    for child in element:
        if _name(child) == "news":
            found.update((_name(part), part.text or "") for part in child)
        elif _name(child) in {"loc", "lastmod"}:
            found.setdefault(_name(child), child.text or "")
    return found


def _name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a comment."""
    tag = element.tag
    return str(tag).rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""
