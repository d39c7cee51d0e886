"""Pages out of anyone's WARC files, filtered, copied into our archive, and queued like pages of a crawl.

They are copied so that everything can be done again from our own archive when the file is gone. A file that lies in
the archive folder already, as after the loss of the database, is referred to instead; the verdicts in files that
triwire wrote give the articles back their ids, sources and listings.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawler.archive import Entry, Place, Verdict
from crawler.archive.verdicts import discovery_fields, facts_fields, read_verdict
from crawler.extraction import EXTRACTION_VERSION
from crawler.imported import IMPORTED
from crawler.warcs import Broken, NotAWarc, Position, Record, digest_problem, open_warc
from crawler.warcs.pages import Group, Unwanted, WarcPage, read_page
from storage import frontier
from storage.articles import Fetched, add_capture
from storage.database import rows, writing
from storage.frontier import Fetch, Sighting
from storage.identity import article_id, digest
from storage.ledger import enqueue
from storage.listings import visit_listing
from storage.moments import now

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database

    from crawler.archive import ArchiveWriter
    from crawler.warcs.pages import Choice

STORED = "pages stored"
BROKEN = "broken records"
OWNER = "import-warc"
"""Stands where a writer's name would, for files that were there before the database."""
PAGES_AT_ONCE = 40
"""Pages that share one sync and one commit."""
BYTES_AT_ONCE = 8_000_000
"""Or so many bytes of them."""
RECORDS_AT_ONCE = 2_000
"""Responses after which the place in the file is noted even if none of them was wanted."""
MOST_BROKEN = 20
"""Damaged places that are told one by one; the others are counted."""
EDGE = 1 << 20


@dataclass(slots=True)
class Report:
    """What became of the records of one file, over all the runs that it took."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)
    """Byte and reason of the first damaged places."""
    finished_before: bool = False
    """The file was read to its end under this choice already, so nothing was done."""
    went_on: bool = False
    """An earlier run was interrupted, and this one began where that one was."""


class WarcImport:
    """The reading of one file. It can be interrupted anywhere, and goes on where its last commit was."""

    def __init__(self, db: Database, archive: ArchiveWriter, path: Path, choice: Choice) -> None:
        self._db = db
        self._archive = archive
        self._path = path
        self._choice = choice
        self._in_place = path.resolve().parent == archive.folder.resolve()
        self._report = Report()
        self._batch: list[WarcPage] = []
        self._taken = 0
        """Responses judged since the last commit."""
        self._id = ""

    def run(self, seen: Callable[[int], None], *, again: bool = False) -> Report:
        """Read the file to its end; `seen` is told how many of its bytes are read. Raises NotAWarc, OSError."""
        position = self._begin(again)
        if position is None:
            return self._report
        file, reader = open_warc(self._path, position)
        with file:
            group: Group | None = None
            whole = position.offset
            for found in reader:
                seen(reader.consumed)
                if isinstance(found, Broken):
                    self._count_broken(found)
                    continue
                whole = found.position.offset + found.length
                if group is not None and _belongs(found, group.record):
                    _join(group, found)
                elif found.kind in {"response", "resource", "revisit"}:
                    self._take(group)
                    if self._is_full():
                        self._save(found.position)
                    group = Group(found)
            self._take(group)
            self._save(reader.next, end=True)
            if self._in_place:
                self._refer(whole, now())
            seen(reader.consumed)
        return self._report

    def _begin(self, again: bool) -> Position | None:
        """Where to go on; None where this file is done. Raises NotAWarc."""
        if not self._path.name.isprintable():
            # Or it is no UTF-8: the database could not hold it, nor a terminal show it.
            raise NotAWarc(ascii(self._path.name), "its name cannot be written: rename it")
        size = self._path.stat().st_size
        chosen = self._choice.as_json()
        self._id = digest("warc", size, _edges(self._path, size), chosen)
        with writing(self._db):
            if again:
                self._db.conn.execute("DELETE FROM imported_files WHERE id = ?", [self._id])
            self._db.conn.execute(
                "INSERT OR IGNORE INTO imported_files (id, name, size, filter, began_at) VALUES (?, ?, ?, ?, ?)",
                [self._id, self._path.name, size, chosen, now()],
            )
        (row,) = rows(self._db, "SELECT * FROM imported_files WHERE id = ?", [self._id])
        self._report.counts.update(json.loads(row["counts"]))
        self._report.broken += [(offset, reason) for offset, reason in json.loads(row["broken"])]
        self._report.went_on = bool(row["next_offset"] or row["next_record"])
        self._report.finished_before = row["ended_at"] is not None
        return None if self._report.finished_before else Position(row["next_offset"], row["next_record"])

    def _count_broken(self, broken: Broken) -> None:
        self._report.counts[BROKEN] += 1
        if len(self._report.broken) < MOST_BROKEN:
            self._report.broken.append((broken.offset, broken.reason))

    def _take(self, group: Group | None) -> None:
        """Judge a response, now that all that belongs to it is known."""
        if group is None:
            return
        self._taken += 1
        problem = digest_problem(group.record)
        if problem:
            self._count_broken(Broken(group.record.position.offset, problem))
            return
        try:
            page = read_page(group, self._choice, self._path.name)
        except Unwanted as unwanted:
            self._report.counts[unwanted.why] += 1
            return
        if any(page.key == other.key for other in self._batch):
            # What it is depends on what becomes of the other; that one is saved first.
            self._save(group.record.position)
        self._batch.append(page)

    def _is_full(self) -> bool:
        return (
            self._taken >= RECORDS_AT_ONCE
            or len(self._batch) >= PAGES_AT_ONCE
            or sum(len(page.exchange.body) for page in self._batch) >= BYTES_AT_ONCE
        )

    def _save(self, position: Position, *, end: bool = False) -> None:
        """Archive what is gathered, then commit it with the place in the file up to which all is judged."""
        batch, self._batch, self._taken = self._batch, [], 0
        places = self._places([page for page in batch if self._fate(page) == STORED])
        counts = Counter(self._report.counts)
        try:
            with writing(self._db):
                for page in batch:
                    # Once more: another process may have stored it since.
                    fate = self._fate(page)
                    if fate == STORED:
                        self._note(page, places[id(page)])
                    counts[fate] += 1
                self._db.conn.execute(
                    "UPDATE imported_files SET name = ?, counts = ?, broken = ?, next_offset = ?, next_record = ?,"
                    " ended_at = ? WHERE id = ?",
                    [
                        self._path.name,
                        json.dumps(dict(sorted(counts.items()))),
                        json.dumps(self._report.broken),
                        position.offset,
                        position.records,
                        now() if end else None,
                        self._id,
                    ],
                )
        except BaseException:
            if not self._in_place:
                self._archive.take_back()
            raise
        self._report.counts = counts

    def _places(self, pages: list[WarcPage]) -> dict[int, Place]:
        """Where each page lies in the archive: in a copy, or where it lies already."""
        if self._in_place:
            name = self._path.name
            places = [Place(name, page.record.position.offset, page.record.length) for page in pages]
        elif pages:
            self._archive.make_ready()
            places = self._archive.write([self._entry(page) for page in pages])
        else:
            places = []
        return {id(page): place for page, place in zip(pages, places, strict=True)}

    def _entry(self, page: WarcPage) -> Entry:
        fields = [
            *facts_fields(article_id(page.key), page.key, page.source),
            *discovery_fields(page.discoveries),
            ("imported-from", self._path.name),
            ("imported-record", page.record.id),
        ]
        return Entry(page.exchange, Verdict("imported", tuple(fields)))

    def _fate(self, page: WarcPage) -> str:
        """What to do with a page, by what is stored of its article; the same record is never stored twice."""
        stored = rows(
            self._db,
            "SELECT sha256, fetched_at FROM captures WHERE article = ? ORDER BY number DESC",
            [frontier.resolve(self._db, page.key, page.url)],
        )
        if not stored:
            return STORED
        if page.moment > stored[0]["fetched_at"]:
            return "as they were" if stored[0]["sha256"] == page.sha256 else STORED
        if any(row["sha256"] == page.sha256 for row in stored):
            return "known already"
        # The numbers of captures tell their order, and this one would come before one that is there.
        return "older than what is stored"

    def _note(self, page: WarcPage, place: Place) -> None:
        db, exchange = self._db, page.exchange
        frontier.save_source(db, IMPORTED)
        frontier.save_source(db, page.source)
        for named in page.discoveries:
            self._discover(page, named)
        article = str(frontier.resolve(db, page.key, page.url))
        capture = add_capture(
            db,
            Fetched(article, exchange.url, exchange.status, exchange.content_type, page.sha256, len(exchange.body)),
            page.moment,
        )
        if self._in_place:
            self._refer(place.offset + place.length, page.moment)
            db.conn.execute(
                "INSERT INTO archive_records (capture, file, offset, length) VALUES (?, ?, ?, ?)",
                [capture.id, place.file, place.offset, place.length],
            )
        else:
            self._archive.commit_place(capture.id, place)
        enqueue(db, "extract", capture.id, version=EXTRACTION_VERSION, place=capture.number)
        # It answers whatever a listing declared before the page was captured.
        frontier.settle(db, Fetch(article, page.url, page.moment), "archived", status=exchange.status)

    def _discover(self, page: WarcPage, named: dict[str, Any]) -> None:
        listing = str(named["listing"])
        of_the_web = listing.startswith(("http:", "https:"))
        visit_listing(self._db, listing, page.source.name if of_the_web else IMPORTED.name)
        copy, rank = divmod(int(named.get("rank") or 0), frontier.COPY)
        trust, before = divmod(rank, frontier.MOST_ENTRIES)
        sighting = Sighting(
            page.key,
            str(named["url"]),
            named.get("title"),
            named.get("summary"),
            _moment(named.get("published")),
            _moment(named.get("updated")),
            bool(copy),
        )
        frontier.discover(self._db, page.source.name, listing, [sighting], trust=trust, place=before)

    def _refer(self, length: int, moment: str) -> None:
        """The file stays where it is, and belongs to the archive from now on, as far as its records are whole."""
        self._db.conn.execute(
            "INSERT INTO archive_files (name, length, owner, opened_at, sealed, day) VALUES (?, ?, ?, ?, 1, ?)"
            " ON CONFLICT (name) DO UPDATE SET length = max(length, excluded.length) WHERE owner = excluded.owner",
            [self._path.name, length, OWNER, moment, moment[:10]],
        )


def _belongs(record: Record, response: Record) -> bool:
    return bool(response.id) and record.headers.get("warc-concurrent-to") == response.id


def _join(group: Group, record: Record) -> None:
    if record.kind == "request":
        group.request = record
    elif record.kind == "metadata" and record.block is not None:
        group.verdict = read_verdict(record.block) or group.verdict


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _edges(path: Path, size: int) -> str:
    """Hash of a file's beginning and end: a gigabyte is not read twice to know it again."""
    with path.open("rb") as file:
        begin = file.read(EDGE)
        file.seek(max(0, size - EDGE))
        return hashlib.sha256(begin + file.read(EDGE)).hexdigest()
