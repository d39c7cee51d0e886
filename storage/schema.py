"""What every table, view and column is: for the README, for Datasette, and for the dump.

The dump is how two databases are compared, so this page also says which columns are not facts about the news:
a `clock` tells when we did something, an `attempt` how or how often or where we kept it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CLOCK = "clock"
ATTEMPT = "attempt"


@dataclass(frozen=True, slots=True)
class Described:
    """One table or view: a sentence about it and one about each column."""

    about: str
    columns: dict[str, str]
    unlike: dict[str, str] = field(default_factory=dict)
    """Columns that may differ between two runs over the same news: name to CLOCK or ATTEMPT."""
    kept_out: bool = False
    """The whole table is clocks and attempts."""


TABLES = {
    "sources": Described(
        "The editions that are crawled, as their classes in crawler/sources/ state them.",
        {
            "name": "Name of the spider, as in `scrapy crawl NAME`",
            "outlet": "The outlet as a reader knows it",
            "language": "Language that the edition is published in; empty when it has several",
            "country": "Country of the outlet, ISO 3166-1",
            "timezone": "Zone of dates that carry none, IANA name",
            "minimum": "Fewest articles that its listings must show, or something is wrong",
        },
    ),
    "listings": Described(
        "Feeds, sitemaps and section pages, each with what its last reading gave.",
        {
            "url": "Address of the listing",
            "source": "The source that it belongs to",
            "kind": "rss, atom, json, sitemap, sitemap index or section, as it turned out",
            "etag": "ETag of the last full answer, sent with the next request",
            "last_modified": "Last-Modified of the last full answer, sent with the next request",
            "sha256": "Hash of the last full answer, since some servers' ETags cannot be trusted",
            "entries": "Entries in the last full answer",
            "problems": "What was wrong with the last full answer, a JSON list",
            "rules": "Hash of the rules that it was read by: article pattern, age, version of the reader",
            "outcome": "How the last visit ended",
            "error": "Why the last visit failed",
            "checked_at": "When it was last visited",
            "next_at": "When it is due again",
            "failures": "Visits in a row that failed",
        },
        {
            "etag": ATTEMPT,
            "last_modified": ATTEMPT,
            "rules": ATTEMPT,
            "outcome": ATTEMPT,
            "error": ATTEMPT,
            "checked_at": CLOCK,
            "next_at": CLOCK,
            "failures": ATTEMPT,
        },
    ),
    "articles": Described(
        "Every article that a listing named or a person brought in, whether or not it could be had.",
        {
            "id": "Derived from the key, known before the page is fetched, never changed",
            "key": "What makes it this article: its normalised URL, or its source's own rule",
            "url": "Its address: of those that listings gave, the one of the best rank",
            "source": "The source that named it",
            "first_seen": "When it was first named",
        },
        {"first_seen": CLOCK},
    ),
    "addresses": Described(
        "Other URLs that lead to an article.",
        {
            "url": "Normalised URL",
            "article": "The article that it leads to",
            "kind": "discovered in a listing, the end of a redirect, or the page's canonical link",
            "rank": "Trust in the listing that gave it (feeds, sitemaps, sections) and place there; 0 first",
        },
    ),
    "discoveries": Described(
        "Each naming of an article by a listing; another declared date is another naming.",
        {
            "article": "The article named",
            "listing": "The listing that named it",
            "url": "The URL as the listing gave it, normalised",
            "declared": "The date of change that the listing declared, else of publication, else empty",
            "title": "Headline in the listing",
            "summary": "Summary in the listing",
            "published": "Publication date in the listing, UTC",
            "updated": "Date of change in the listing, UTC",
            "first_seen": "When this naming was first read",
        },
        {"first_seen": CLOCK},
    ),
    "fetches": Described(
        "The frontier: one row an article, what became of fetching it and what comes next.",
        {
            "article": "The article",
            "source": "The source whose spider fetches it",
            "url": "The URL that is requested",
            "state": "queued; archived; moved (it redirects to another known article); gone (404, 410); "
            "forbidden (robots.txt); refused (not an article); failed (given up after a month)",
            "wanted": "The latest declared date that asks for a fetch",
            "got": "The declared date that the last fetch answered",
            "status": "HTTP status of the last answer",
            "reason": "Why, when it is not archived",
            "moved_to": "The article that it redirects to",
            "attempts": "Failed tries in a row",
            "next_at": "When it may be tried again",
        },
        {"attempts": ATTEMPT, "next_at": CLOCK},
    ),
    "captures": Described(
        "What was fetched: one row for each time that an article's page differed from the time before.",
        {
            "id": "Derived from the article, the number and the bytes",
            "article": "The article",
            "number": "1 for the first, 2 for the first that differed, and so on",
            "url": "Where the bytes came from, after redirects",
            "status": "HTTP status; empty for a file that a person brought",
            "content_type": "Content-Type header",
            "sha256": "Hash of the body",
            "length": "Bytes of the body",
            "fetched_at": "When it was first seen so",
            "checked_at": "When it was last seen so",
        },
        {"fetched_at": CLOCK, "checked_at": CLOCK},
    ),
    "archive_files": Described(
        "WARC files beside the database, one writer each.",
        {
            "name": "File name inside the archive folder",
            "length": "Bytes that are certain; anything after them is a torn tail",
            "owner": "The process that wrote it",
            "opened_at": "When it was begun",
            "sealed": "1 once its writer is known to be dead and its tail is in order",
        },
        kept_out=True,
    ),
    "archive_records": Described(
        "Where in the archive a capture's response record lies.",
        {
            "capture": "The capture",
            "file": "The WARC file",
            "offset": "First byte of the gzipped record",
            "length": "Bytes of the gzipped record",
        },
        kept_out=True,
    ),
    "texts": Described(
        "Bodies, apart from the rows that are listed; the same words are stored once.",
        {"id": "Derived from the text", "text": "Paragraphs separated by a blank line, NFC"},
    ),
    "extractions": Described(
        "Readings: what one version of the extractor found in one capture.",
        {
            "id": "Derived from the capture and the version",
            "capture": "The capture that was read",
            "article": "The article",
            "version": "Version of the extractor",
            "title": "Headline",
            "text": "The body",
            "lead": "Standfirst",
            "authors": "Authors, a JSON list",
            "published": "Publication date, UTC",
            "published_as_read": "The same moment with the offset that the page or its source's zone gives",
            "published_origin": "Where the date stood: json-ld, meta, time, text, url, feed or person",
            "updated": "Date of the last change that the page states, UTC",
            "updated_origin": "Where that date stood",
            "section": "Section of the outlet",
            "canonical_url": "The page's canonical link, unless it is known to lie",
            "image_url": "Lead image",
            "declared_language": "Language that the page claims",
            "missing": "Fields that every article should have and this page lacks, a JSON list",
            "problems": "What stood on the page and could not be read, a JSON list",
            "extracted_at": "When it was read",
        },
        {"extracted_at": CLOCK},
    ),
    "revisions": Described(
        "The texts that an article has had: a new row when title or body changed under one extractor version.",
        {
            "id": "Derived from the article, the version, the number and the words",
            "article": "The article",
            "version": "Version of the extractor",
            "number": "Number of the capture that brought this text",
            "extraction": "The reading that first gave this text",
            "title": "Headline",
            "text": "The body",
            "published": "Publication date, UTC: the page's own, else the earliest that a listing gave",
        },
    ),
    "identifications": Described(
        "The language of each revision, with the evidence.",
        {
            "revision": "The revision",
            "version": "Version of the identification",
            "language": "vi, es, en or other",
            "probability": "How sure, 0 to 1",
            "evidence": "What spoke for it, JSON",
        },
    ),
    "packages": Described(
        "Translation packages that have translated something here.",
        {
            "sha256": "Hash of the package",
            "name": "Name of the package",
            "version": "Version of the package",
            "from_code": "Source language",
            "to_code": "Target language",
            "origin": "starter (comes with triwire) or installed",
            "licence": "Licence of the weights",
            "rough": "1 when its English is too poor to compare articles by; grouping then goes by names and figures",
        },
    ),
    "memory": Described(
        "The translation memory: a sentence is translated once by a package, however many articles repeat it.",
        {
            "id": "Derived from sentence, languages, package and glossary",
            "source": "The sentence",
            "from_code": "Its language",
            "to_code": "Language of the translation",
            "text": "The translation",
            "package": "The package that made it; on a route through English the last one",
            "glossary": "Version of the glossary that was applied",
            "flags": "What the guard found wrong with it, a JSON list",
        },
    ),
    "sentences": Described(
        "The sentences of each translated revision, in order, each with its translation.",
        {
            "revision": "The revision",
            "to_code": "Language of the translation",
            "field": "title or body",
            "number": "Place in the field, from 0",
            "paragraph": "Paragraph, from 0",
            "source": "The sentence as the article has it",
            "memory": "Its translation",
        },
    ),
    "translations": Described(
        "Each translated revision as a whole.",
        {
            "revision": "The revision",
            "to_code": "Language of the translation",
            "title": "The headline, translated",
            "text": "The body, translated; empty until it is complete",
            "route": "Hashes of the packages that it went through, a JSON list",
            "flagged": "Sentences with a flag",
        },
    ),
    "signals": Described(
        "What grouping knows of each article: names, numbers, dates, places, words and passages.",
        {
            "article": "The article",
            "revision": "The revision that was read",
            "version": "Version of the signals",
            "day": "UTC day of publication, counted from the year 1; 0 when unknown",
            "signals": "The signals, JSON",
        },
    ),
    "postings": Described(
        "Which article has which passage, name or number on which day: how a new article finds its likes.",
        {
            "token": "Hash of a passage or key",
            "day": "UTC day of publication, counted from the year 1; 0 when unknown",
            "article": "The article",
        },
    ),
    "edges": Described(
        "Pairs of articles that belong together or must not, with the reason.",
        {
            "a": "The article whose id sorts first",
            "b": "The other article",
            "kind": "exact, near, update, template (never joined), translation, event, or related (shown, not joined)",
            "score": "How strong, 0 to 1",
            "evidence": "What a person can check, JSON",
            "version": "Version of the comparison",
        },
    ),
    "stories": Described(
        "Which story each article belongs to.",
        {"article": "The article", "story": "The story: the id of its earliest article"},
    ),
    "work": Described(
        "The ledger: what each stage has done, has to do, waits for or gave up on.",
        {
            "stage": "extract (of captures); identify, translate, fingerprint, group (of revisions)",
            "subject": "Id of the capture or revision",
            "state": "queued, done, waiting (for what `reason` says) or quarantined (after three failures)",
            "version": "Version of the stage that did it or shall do it",
            "place": "Order in the queue: the number of the capture; 0 for group",
            "reason": "What it waits for, such as a missing package",
            "owner": "The process that has it in hand",
            "attempts": "Failures",
            "next_at": "When it may be tried again",
            "error": "The last failure: class and message",
        },
        {"owner": ATTEMPT, "attempts": ATTEMPT, "next_at": CLOCK, "error": ATTEMPT},
    ),
    "runs": Described(
        "Each run of a command that works on the database, with its counts.",
        {
            "id": "Start and process",
            "command": "The command",
            "started_at": "When it began",
            "ended_at": "When it ended; empty if it was killed",
            "tally": "Counts by stage and outcome, JSON",
        },
        kept_out=True,
    ),
    "hosts": Described(
        "One clock for each host, shared by all spiders and runs.",
        {
            "host": "Host name",
            "delay": "Its crawl-delay, seconds; 0 where it states none",
            "next_at": "Earliest moment of the next request, seconds since 1970-01-01",
            "rest_until": "Until then it asked to be left alone (429, 503), seconds since 1970-01-01",
        },
        kept_out=True,
    ),
    "indexed": Described(
        "Which row of `search` is which article.",
        {"docid": "Row of `search`", "article": "The article"},
        {"docid": ATTEMPT},
    ),
}
