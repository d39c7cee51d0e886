"""Sitemaps, news sitemaps, sitemap indexes, and the plain lists of addresses that the protocol allows too."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.discovery.listing import LONGEST_TITLE, MOST_ENTRIES, Entry, Listing, Notebook, words
from crawler.discovery.markup import name_of, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read(text: str, notebook: Notebook) -> Listing:
    """The entries of a sitemap, or the children of an index; element names count, whatever their
    namespace."""
    root = read_xml(text, notebook)
    if root is None:
        return Listing("sitemap", (), problems=notebook.problems)
    index = name_of(root) == "sitemapindex"
    wanted = "sitemap" if index else "url"
    entries = _entries((_fields(element) for element in root if name_of(element) == wanted), notebook)
    if index:
        return Listing("sitemap index", (), sitemaps=entries, problems=notebook.problems)
    return Listing("sitemap", entries, problems=notebook.problems)


def is_list(text: str) -> bool:
    """Whether a text without markup is a list of addresses, one a line, as sitemaps may be."""
    lines = [line.strip() for line in text[:2_000].splitlines()[:3] if line.strip()]
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines[:2])


def read_list(text: str, notebook: Notebook) -> Listing:
    """The entries of a text sitemap."""
    entries = _entries(({"loc": line} for line in text.splitlines() if line.strip()), notebook)
    return Listing("sitemap", entries, problems=notebook.problems)


def _entries(rows: Iterator[Mapping[str, str]], notebook: Notebook) -> tuple[Entry, ...]:
    entries = tuple(entry for entry in (_entry(row, notebook) for row in islice(rows, MOST_ENTRIES)) if entry)
    if next(rows, None) is not None:
        notebook.note(f"more than {MOST_ENTRIES} entries; the rest is left")
    return entries


def _entry(row: Mapping[str, str], notebook: Notebook) -> Entry | None:
    url = notebook.address(row.get("loc"))
    if url is None:
        return None
    return Entry(
        url=url,
        title=words(row.get("title", ""), LONGEST_TITLE),
        published=notebook.moment(row.get("publication_date")),
        updated=notebook.moment(row.get("lastmod")),
    )


def _fields(element: etree._Element) -> dict[str, str]:
    """The first text of each name; the captions and titles of its pictures and films are not the page's."""
    found: dict[str, str] = {}
    for child in element:
        if name_of(child) == "news":
            found.update((name_of(part), part.text or "") for part in child)
        elif name_of(child) in {"loc", "lastmod"}:
            found.setdefault(name_of(child), child.text or "")
    return found
