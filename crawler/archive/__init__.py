"""The raw archive: every answer for an article as it came, in gzipped WARC/1.1 files beside the database."""

from crawler.archive.exchange import Entry, Exchange, Headers, Repeats, Verdict, text_headers
from crawler.archive.files import (
    ArchiveDamaged,
    PageRemoved,
    Place,
    archive_folder,
    cut_torn_tails,
    read_body,
    read_page,
)
from crawler.archive.writer import ArchiveWriter

__all__ = [
    "ArchiveDamaged",
    "ArchiveWriter",
    "Entry",
    "Exchange",
    "Headers",
    "PageRemoved",
    "Place",
    "Repeats",
    "Verdict",
    "archive_folder",
    "cut_torn_tails",
    "read_body",
    "read_page",
    "text_headers",
]
