"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json

from crawler.discovery.listing import LONGEST_SUMMARY, LONGEST_TITLE, MOST_ENTRIES, Entry, Listing, Notebook, words
from crawler.errors import BrokenListing, NotAListing


def read(text: str, notebook: Notebook) -> Listing:
    """The items of a JSON Feed; JSON of any other shape is NotAListing."""
    try:
        feed: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenListing(notebook.url, f"broken JSON ({error})"[:200]) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise NotAListing(notebook.url, "JSON, and no JSON Feed")
    if len(items) > MOST_ENTRIES:
        notebook.note(f"more than {MOST_ENTRIES} entries; the rest is left")
    entries = tuple(entry for entry in (_entry(item, notebook) for item in items[:MOST_ENTRIES]) if entry)
    return Listing("json", entries, problems=notebook.problems)


def _entry(item: object, notebook: Notebook) -> Entry | None:
    if not isinstance(item, dict):
        notebook.note("an item is no object")
        return None
    url = notebook.address(item.get("url") or item.get("id"))
    if url is None:
        return None
    summary = item.get("summary") or item.get("content_text") or item.get("content_html")
    return Entry(
        url=url,
        title=words(str(item.get("title") or ""), LONGEST_TITLE),
        summary=words(str(summary or ""), LONGEST_SUMMARY),
        published=notebook.moment(item.get("date_published")),
        updated=notebook.moment(item.get("date_modified")),
    )
