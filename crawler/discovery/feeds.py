"""RSS 0.9x to 2.0, RDF and Atom, in their many ways of being almost right.

Read from lxml's tree, which has been repaired where it was broken. feedparser, which most use, needs nine times as long
for ten thousand entries and drops two of the five forms of date that our sources write; both read the same from the
feeds that we could compare (docs/decisions/0010-polling.md).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from crawler.discovery.listing import LONGEST_SUMMARY, LONGEST_TITLE, MOST_ENTRIES, Entry, Listing, Notebook, words
from crawler.discovery.markup import name_of, namespace_of, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
_PERMALINK = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TITLES = ("title",)
_SUMMARIES = ("description", "summary", "encoded", "content")
_PUBLISHED = ("pubDate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified")
# What Media RSS and iTunes call title and description belongs to a picture or a film.
_FOREIGN = re.compile(r"/mrss|itunes|googleplay|^media$")
# RSS 1.0's syndication module. Its "always" and the misspelling are seen in Vietnamese and Cuban feeds.
_PERIODS = {"hourly": 60, "always": 60, "daily": 1440, "dayly": 1440, "weekly": 10080, "monthly": 43200}


def read(text: str, notebook: Notebook) -> Listing:
    """The entries of a feed, sound or not, and how rarely it asks to be read."""
    root = read_xml(text, notebook)
    if root is None:
        return Listing("rss", (), problems=notebook.problems)
    entries = tuple(entry for entry in (_entry(item, notebook) for item in _items(root, notebook)) if entry)
    kind = "atom" if name_of(root).lower() == "feed" else "rss"
    return Listing(kind, entries, problems=notebook.problems, asked_minutes=_asked_minutes(root))


def _items(root: etree._Element, notebook: Notebook) -> Iterator[etree._Element]:
    """Items wherever they stand: in RSS 2.0 inside the channel, in RDF beside it, in hurried feeds anywhere."""
    count = 0
    for element in root.iter(etree.Element):
        if name_of(element) in {"item", "entry"}:
            count += 1
            if count > MOST_ENTRIES:
                notebook.note(f"more than {MOST_ENTRIES} entries; the rest is left")
                return
            yield element


def _entry(item: etree._Element, notebook: Notebook) -> Entry | None:
    fields: dict[str, etree._Element] = {}
    links: list[etree._Element] = []
    for child in item.iterchildren(etree.Element):
        name = name_of(child)
        if _FOREIGN.search(namespace_of(child)):
            continue
        if name == "link":
            links.append(child)
        # The first that says anything: RSS has its title before Dublin Core's.
        elif name not in fields or not _inner(fields[name]):
            fields[name] = child
    url = notebook.address(_link(item, links, fields))
    if url is None:
        return None
    return Entry(
        url=url,
        title=_words(fields, _TITLES, LONGEST_TITLE),
        summary=_words(fields, _SUMMARIES, LONGEST_SUMMARY),
        published=_moment(fields, _PUBLISHED, notebook),
        updated=_moment(fields, _UPDATED, notebook),
    )


def _link(item: etree._Element, links: list[etree._Element], fields: dict[str, etree._Element]) -> str | None:
    """The address of the article: FeedBurner's note of it, the link, a guid that is an address, RDF's own name."""
    original = item.findtext(_PERMALINK)
    if original and original.strip():
        return str(original)
    for link in links:
        # RSS writes the address between the tags, Atom into an attribute; other relations are pictures and the feed.
        if link.get("rel", "alternate").lower() == "alternate":
            target = (link.text or "").strip() or link.get("href", "")
            if target:
                return _resolved(link, str(target))
    for name in ("guid", "id"):
        guid = fields.get(name)
        text = str(guid.text or "").strip() if guid is not None else ""
        if guid is not None and text.startswith("http") and guid.get("isPermaLink", "true").lower() != "false":
            return text
    about = item.get(_ABOUT)
    return str(about) if about else None


def _resolved(element: etree._Element, target: str) -> str:
    """The address as xml:base has it; what is relative beyond that is so to the feed itself."""
    try:
        return urljoin(str(element.base), target) if element.base else target
    except ValueError:
        return target


def _words(fields: dict[str, etree._Element], names: tuple[str, ...], longest: int) -> str | None:
    found = (words(_inner(fields[name]), longest) for name in names if name in fields)
    return next((said for said in found if said), None)


def _inner(element: etree._Element) -> str:
    """What stands inside, as markup: most feeds escape it, Atom's xhtml and careless ones do not."""
    if len(element) == 0:
        return str(element.text or "")
    return str(element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def _moment(fields: dict[str, etree._Element], names: tuple[str, ...], notebook: Notebook) -> datetime | None:
    moments = (notebook.moment(fields[name].text) for name in names if name in fields)
    return next((moment for moment in moments if moment), None)


def _asked_minutes(root: etree._Element) -> float | None:
    """RSS's ttl, else the syndication module's period and frequency: the minutes that nothing will change in."""
    channel = next((child for child in root if name_of(child) == "channel"), root)
    said = {name_of(child): (child.text or "").strip().lower() for child in channel.iterchildren(etree.Element)}
    if said.get("ttl", "").isdecimal():
        return float(said["ttl"][:9])
    period = _PERIODS.get(said.get("updatePeriod", ""))
    if period is None:
        return None
    frequency = said.get("updateFrequency", "1")
    return period / max(1, int(frequency[:9]) if frequency.isdecimal() else 1)
