"""The raw archive: every page as it came, in gzipped WARC files beside the database.

One process writes one file. A record is appended and synced before the database commits its offset, so the database
never points at bytes that are not there; bytes after the last committed record are the torn tail of a process that
died, and the next start cuts them off.
"""

from __future__ import annotations

import fcntl
import io
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from crawler.errors import CrawlerError
from storage.database import writing
from storage.moments import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlite_utils import Database

Headers = list[tuple[str, str]]

# The body is archived as the extractor will read it, so a header must not promise another coding of it.
UNTRUE_OF_A_DECODED_BODY = {"content-encoding", "transfer-encoding", "content-length"}


class ArchiveDamaged(CrawlerError):
    """The archive does not hold what the database says it holds."""

    def __init__(self, file: str, offset: int, reason: str) -> None:
        super().__init__(file, offset, reason)
        self.file = file
        self.offset = offset
        self.reason = reason

    def __str__(self) -> str:
        return f"archive file {self.file} at byte {self.offset}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A page with the request that it answers; for a file that a person brought there is no request."""

    url: str
    status: int | None
    request_headers: Headers
    response_headers: Headers
    body: bytes
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file name, first byte, length in bytes."""

    file: str
    offset: int
    length: int


def archive_folder(database: Path) -> Path:
    """`news.db` keeps its archive in `news-archive`, `news.sqlite` in `news.sqlite-archive`."""
    return database.with_name(f"{database.stem if database.suffix == '.db' else database.name}-archive")


class ArchiveWriter:
    """One process's file, made when the first page comes."""

    def __init__(self, db: Database, folder: Path, owner: str) -> None:
        self.db = db
        self.folder = folder
        self.owner = owner
        self.name = f"triwire-{owner}.warc.gz"
        self._file: IO[bytes] | None = None

    def append(self, exchange: Exchange) -> Place:
        """Write the page and wait until it is on the disk. The caller commits the place; see `commit_place`."""
        file = self._file or self._open()
        file.seek(0, io.SEEK_END)
        offset = file.tell()
        try:
            length = _write_exchange(file, exchange)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            # Half a record must not stand before the next whole one.
            file.truncate(offset)
            raise
        return Place(self.name, offset, length)

    def commit_place(self, capture: str, place: Place) -> None:
        """Note where a capture lies, in the transaction that notes the capture."""
        end = self._file.tell() if self._file else 0
        self.db.conn.execute("UPDATE archive_files SET length = ? WHERE name = ?", [end, self.name])
        self.db.conn.execute(
            "INSERT OR REPLACE INTO archive_records (capture, file, offset, length) VALUES (?, ?, ?, ?)",
            [capture, place.file, place.offset, place.length],
        )

    def _open(self) -> IO[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with writing(self.db):
            self.db.conn.execute(
                "INSERT OR IGNORE INTO archive_files (name, length, owner, opened_at) VALUES (?, 0, ?, ?)",
                [self.name, self.owner, now()],
            )
        file = (self.folder / self.name).open("a+b")
        # Held for the life of the process: this is how the next start knows that the owner is dead.
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.seek(0, io.SEEK_END) == 0:
            _writer(file).write_record(_writer(file).create_warcinfo_record(self.name, {"software": "triwire"}))
            file.flush()
            _sync_folder(self.folder)
        self._file = file
        return file

    def close(self) -> None:
        """Let go of the file; it stays."""
        if self._file is not None:
            self._file.close()
            self._file = None


def cut_torn_tails(db: Database, folder: Path) -> list[str]:
    """Bring every file whose writer is dead back to its last committed record; returns the names of those cut."""
    cut = []
    for (name,) in db.conn.execute("SELECT name FROM archive_files WHERE NOT sealed ORDER BY name").fetchall():
        path = folder / name
        try:
            file = path.open("r+b")
        except FileNotFoundError:
            continue
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            # Only now: until it let go of the lock, the owner may have committed more.
            (length,) = db.conn.execute("SELECT length FROM archive_files WHERE name = ?", [name]).fetchone()
            if path.stat().st_size > length:
                file.truncate(length)
                os.fsync(file.fileno())
                cut.append(name)
            db.conn.execute("UPDATE archive_files SET sealed = 1 WHERE name = ?", [name])
    return cut


def read_body(db: Database, folder: Path, capture: str) -> bytes:
    """The page of a capture, from the archive. Raises ArchiveDamaged."""
    row = db.conn.execute("SELECT file, offset FROM archive_records WHERE capture = ?", [capture]).fetchone()
    if row is None:
        raise ArchiveDamaged("?", 0, f"capture {capture} has no record")
    name, offset = row
    # warcio is needed by whoever touches the archive, and by nobody else.
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with (folder / name).open("rb") as file:
            file.seek(offset)
            for record in ArchiveIterator(file, check_digests="raise"):
                return bytes(record.content_stream().read())
    except (OSError, EOFError, ArchiveLoadFailed) as error:
        raise ArchiveDamaged(name, offset, str(error)) from error
    raise ArchiveDamaged(name, offset, "no record")


def _write_exchange(file: IO[bytes], exchange: Exchange) -> int:
    """Write response and request, or a resource; returns the length of the first record in bytes."""
    from warcio.statusandheaders import StatusAndHeaders

    writer = _writer(file)
    start = file.tell()
    if exchange.status is None:
        resource = writer.create_warc_record(
            exchange.url,
            "resource",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),
            warc_content_type=exchange.content_type,
        )
        writer.write_record(resource)
        return file.tell() - start
    kept = [(k, v) for k, v in exchange.response_headers if k.lower() not in UNTRUE_OF_A_DECODED_BODY]
    kept.append(("Content-Length", str(len(exchange.body))))
    response = writer.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(exchange.body),
        # With its length known, warcio needs no temporary file.
        length=len(exchange.body),
        http_headers=StatusAndHeaders(str(exchange.status), kept, protocol="HTTP/1.1"),
    )
    writer.write_record(response)
    length = file.tell() - start
    path = "/" + exchange.url.split("/", 3)[3] if exchange.url.count("/") > 2 else "/"
    request = writer.create_warc_record(
        exchange.url,
        "request",
        http_headers=StatusAndHeaders(f"GET {path} HTTP/1.1", exchange.request_headers, is_http_request=True),
        warc_headers_dict={"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")},
    )
    writer.write_record(request)
    return length


def _sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _writer(file: IO[bytes]) -> Any:
    from warcio.warcwriter import WARCWriter

    return WARCWriter(file, gzip=True, warc_version="1.1")


def text_headers(pairs: Iterable[tuple[bytes, list[bytes]]]) -> Headers:
    """Scrapy's headers as text, one pair a value; bytes that are no Latin-1 cannot occur in a header."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in pairs for value in values]
