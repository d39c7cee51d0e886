"""What became of articles and sources since: second looks, withdrawals, drift and silence."""

from __future__ import annotations

from storage.schema.described import CLOCK, Described

TABLES = {
    "rechecks": Described(
        "When each article that the crawl fetched was last looked at, and how to ask for it again.",
        {
            "article": "The article",
            "source": "The source whose spider fetches it",
            "first_at": "When its page was first archived: the schedule counts from here",
            "looked_at": "When somebody last looked at it and had an answer",
            "next_at": "After a failed look, when it may be tried again",
            "etag": "ETag of the last full answer, sent with the next look",
            "last_modified": "Last-Modified of the last full answer, sent with the next look",
            "outcome": "How the last look ended",
            "failures": "Looks in a row that failed",
        },
        kept_out=True,
    ),
    "withdrawals": Described(
        "Stored articles whose page was found gone (404, 410), and what became of that. Their text stays.",
        {
            "article": "The article",
            "number": "1 for the first time that it was gone, 2 for the second",
            "state": "suspected; withdrawn (still gone a day later); back (it answers again)",
            "status": "HTTP status of the last answer while it was gone",
            "noticed_at": "When it was first found gone",
            "confirmed_at": "When it was found to be still gone",
            "back_at": "When it answered again",
        },
        {"noticed_at": CLOCK, "confirmed_at": CLOCK, "back_at": CLOCK},
    ),
    "source_days": Described(
        "What each source gave on each day (UTC), worked out anew from captures and extractions.",
        {
            "source": "The source",
            "day": "The day, UTC",
            "discovered": "Articles that were named for the first time",
            "fetched": "Articles whose page was archived for the first time",
            "extracted": "Of these, those that have been read",
            "no_title": "Of those read, the ones without a headline",
            "no_date": "Without a date on the page",
            "no_author": "Without an author",
            "no_body": "Without a text",
            "length": "Median length of the texts, characters",
            "usual_length": "Median of that over the 28 days before",
            "version": "Version of the extractor when this was worked out",
        },
        kept_out=True,
    ),
    "warnings": Described(
        "Sources that fell silent or whose pages no longer read as they did.",
        {
            "source": "The source",
            "kind": "unreachable, barren, silent, titles, dates, authors, bodies or length",
            "since": "When it was first noticed",
            "evidence": "What a person can check, JSON",
            "ended_at": "When it was over",
        },
        kept_out=True,
    ),
}
