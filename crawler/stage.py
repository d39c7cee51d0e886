"""The stage that reads captures: archived bytes in, extraction and perhaps a new revision out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.archive import ArchiveDamaged, PageRemoved, archive_folder, read_page
from crawler.extraction import EXTRACTION_VERSION
from crawler.imported import amend
from crawler.marking import mark_captured
from storage.articles import Capture, listed_date, read_capture, save_extraction
from storage.ledger import Failed, Waiting, enqueue_again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from storage.records import Extraction

NEXT_STAGE, NEXT_VERSION = "identify", 0
"""Whatever version that stage is in: the crawler does not know it."""
NOWHERE = "imported.invalid"
PAGE_REMOVED = "the page was removed from the archive (`triwire archive prune`)"
"""Why a capture waits that can be read only if its file is put back."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A capture with its bytes, and what is known of it beside them."""

    capture: Capture
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    listed: datetime | None = None
    """The earliest date by which a listing named the article."""


class Extract:
    """Any capture in. A page that cannot be read at all fails; one that lacks fields is a reading with gaps."""

    name = "extract"
    version = EXTRACTION_VERSION
    batch = 16
    away = True
    parallel = True

    def __init__(self, database: Path) -> None:
        self._folder = archive_folder(database)

    def __getstate__(self) -> None:
        """Workers get the stage without its folder: they read no archive."""

    def load(self, db: Database, subjects: Sequence[str]) -> list[Archived | Failed | Waiting]:
        loaded: list[Archived | Failed | Waiting] = []
        for subject in subjects:
            try:
                capture = read_capture(db, subject)
                body, headers = read_page(db, self._folder, subject)
                loaded.append(Archived(capture, body, tuple(headers), listed_date(db, capture.article)))
            except PageRemoved:
                # What an older extractor read of it stays.
                loaded.append(Waiting(PAGE_REMOVED))
            except ArchiveDamaged as error:
                loaded.append(Failed(f"{type(error).__name__}: {error}"))
        return loaded

    def work(self, tasks: Sequence[Archived]) -> list[Extraction | Failed]:
        return [read_archived(task) for task in tasks]

    def save(self, db: Database, subject: str, result: Extraction) -> None:
        capture = read_capture(db, subject)
        revision = save_extraction(db, capture, amend(db, capture, result), self.version)
        if revision is not None:
            enqueue_again(db, NEXT_STAGE, revision, version=NEXT_VERSION, place=capture.number)

    def settle(self, db: Database, subjects: Sequence[str]) -> None:
        """Mark what was read by the beat, before the translation of any of it is queued."""
        mark_captured(db, subjects)


def read_archived(archived: Archived) -> Extraction | Failed:
    """Extract one capture; what cannot be read is named, with its error's class."""
    from crawler.catalogue import source_for
    from crawler.errors import CrawlerError
    from crawler.extraction import Page, examine
    from crawler.imported import is_plain_text, read_plain_text

    capture = archived.capture
    try:
        if is_plain_text(capture.content_type):
            return read_plain_text(archived.body)
        # A file that a person brought without an address is read as a page of nowhere.
        url = capture.url if "://" in capture.url else f"https://{NOWHERE}/"
        page = Page(url, archived.body, capture.content_type, archived.headers)
        reading = examine(page, source_for(url), archived.listed)
        return replace(reading.extraction, problems=reading.problems)
    except CrawlerError as error:
        return Failed(f"{type(error).__name__}: {error}")
