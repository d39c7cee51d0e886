"""The stage that reads captures: archived bytes in, extraction and perhaps a new revision out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.archive import ArchiveDamaged, archive_folder, read_body
from crawler.extraction import EXTRACTION_VERSION
from crawler.imported import amend
from storage.articles import Capture, read_capture, save_extraction
from storage.ledger import Failed, enqueue_again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from storage.records import Extraction

NEXT_STAGE, NEXT_VERSION = "identify", 0
"""Whatever version that stage is in: the crawler does not know it."""
NOWHERE = "imported.invalid"


@dataclass(frozen=True, slots=True)
class Archived:
    """A capture with its bytes."""

    capture: Capture
    body: bytes


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

    def load(self, db: Database, subjects: Sequence[str]) -> list[Archived | Failed]:
        loaded: list[Archived | Failed] = []
        for subject in subjects:
            try:
                loaded.append(Archived(read_capture(db, subject), read_body(db, self._folder, subject)))
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

    def settle(self, db: Database, subjects: Sequence[str]) -> None: ...


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
        reading = examine(Page(url, archived.body, capture.content_type), source_for(url))
        return replace(reading.extraction, problems=reading.problems)
    except CrawlerError as error:
        return Failed(f"{type(error).__name__}: {error}")
