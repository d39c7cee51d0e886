"""The saved feeds: one for each form that the sites use. All texts are invented; the shapes are the sites'.

To add one: `tests/pages/<source>/feed.xml`, and `feed.json` with its address and the articles that it names.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.catalogue import sources
from crawler.discovery import read_listing
from crawler.urls import normalise

PAGES = Path(__file__).parent.parent / "pages"
SAMPLES = sorted(feed.parent.name for feed in PAGES.glob("*/feed.xml"))


@pytest.mark.parametrize("name", SAMPLES)
def test_saved_feed_reads_as_expected(name: str) -> None:
    source = sources()[name]
    expected = json.loads((PAGES / name / "feed.json").read_text(encoding="utf-8"))
    assert expected["url"] in source.feeds
    feed = (PAGES / name / "feed.xml").read_bytes()
    listing = read_listing(feed, url=expected["url"], content_type="text/xml", timezone=source.timezone)
    assert listing.problems == ()
    found = [
        {
            "url": normalise(entry.url),
            "title": entry.title,
            "summary": entry.summary or None,
            "published": entry.published.isoformat() if entry.published else None,
        }
        for entry in listing.entries
        if source.is_article(entry.url)
    ]
    assert found == expected["articles"]


def test_there_is_a_sample_of_every_form_in_which_vietnamese_feeds_date() -> None:
    dates = "".join((PAGES / name / "feed.xml").read_text(encoding="utf-8") for name in SAMPLES)
    forms = ("+0700<", "+07:00<", "+07<", "\u202fPM<", " PM<", "GMT<", "Oct 26 08")
    assert [form for form in forms if form not in dates] == []
