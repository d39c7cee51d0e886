"""The raw archive: which files there are, and where in them each answer lies."""

from __future__ import annotations

from storage.schema.described import Described

TABLES = {
    "archive_files": Described(
        "WARC files beside the database; each has one writer at a time.",
        {
            "name": "File name inside the archive folder",
            "length": "Bytes that are certain; anything after them is a torn tail",
            "owner": "The process that wrote to it last",
            "opened_at": "When it was begun",
            "sealed": "1 once nobody will write to it again",
            "day": "UTC day on which its answers were archived; empty for files of older versions",
            "sha256": "Hash of its certain bytes, as the last backup computed it; a file that grows has none",
            "removed_at": "When `triwire archive prune` removed it; what was read from it stays",
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
    "archive_answers": Described(
        "Answers for articles that hold no page to read (404, 410, 5xx, a move): kept in the archive as evidence.",
        {
            "file": "The WARC file",
            "offset": "First byte of the gzipped record",
            "length": "Bytes of the gzipped record",
            "article": "The article that was asked for",
            "url": "Where the answer came from, after redirects",
            "status": "HTTP status",
            "outcome": "What became of the fetch: gone, moved, refused or postponed",
            "answered_at": "When it was archived",
        },
        kept_out=True,
    ),
    "imported_files": Described(
        "Files that `triwire import-warc` has read, each with the filter under which it was read.",
        {
            "id": "Derived from the file's size, its beginning and end, and the filter",
            "name": "Name of the file",
            "size": "Bytes of the file",
            "filter": "Sources, hosts and languages that were asked for, JSON",
            "counts": "Records by what became of them, JSON",
            "broken": "The first places at which no record could be read: byte and reason, JSON",
            "next_offset": "Where the reading goes on if it was interrupted, bytes",
            "next_record": "Records to pass over from there",
            "began_at": "When it was first read",
            "ended_at": "When it was read to its end; empty if it was not",
        },
        kept_out=True,
    ),
}
