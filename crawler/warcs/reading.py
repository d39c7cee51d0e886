"""Reading anyone's WARC files, whole or damaged: gzipped by record, as one stream or not at all.

warcio stops at the first damage and says so on standard error only; here what is broken is a result of its own, and
the reading goes on at the next record that can be found. Memory is bounded: the block of a record that is larger than
`MOST_BYTES` is passed over.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from crawler.errors import CrawlerError
from crawler.warcs.streams import BEGIN, GZIP, LONGEST_HEAD, Damage, Gzipped, Plain, Position, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOST_BYTES = 24 * 1024 * 1024
"""Largest block that is read: half as much again as the largest page that the crawl takes."""
_VERSION = re.compile(rb"WARC/\d\.\d+$")
# More digits than any file has bytes, and than Python likes to read.
_LENGTH = re.compile(r"[0-9]{1,18}")
_OTHERS = {b"\x28\xb5\x2f\xfd": "a zstd file: unpack it first (`zstd -d`)", b"file": "an ARC file"}


class NotAWarc(CrawlerError):
    """A file that is something else."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} is no WARC file: {self.reason}"


@dataclass(frozen=True, slots=True)
class Record:
    """One record, whole. `block` is None where it is larger than MOST_BYTES."""

    position: Position
    length: int
    """Bytes of the file up to the next record, if the record begins at `position.offset`."""
    kind: str
    """WARC-Type: response, request, revisit, metadata, resource, warcinfo, conversion or continuation."""
    headers: Mapping[str, str]
    """Names in lower case."""
    block: bytes | None
    block_length: int

    @property
    def id(self) -> str:
        return self.headers.get("warc-record-id", "")

    @property
    def url(self) -> str:
        """WARC-Target-URI, without the angle brackets that some writers put around it."""
        return self.headers.get("warc-target-uri", "").strip("<>")


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a record should be and none can be read."""

    offset: int
    reason: str


class WarcReader:
    """Iterates over the records of an open file: each a Record, or a Broken where one is damaged."""

    def __init__(self, file: IO[bytes], position: Position | None = None) -> None:
        position = position or Position()
        self._file = file
        self._skip = position.records
        self._resumes = position != Position()
        file.seek(0)
        packed = file.read(2) == GZIP
        self._stream: Stream = Gzipped(file, position.offset) if packed else Plain(file, position.offset)
        self._begun: Position | None = None

    @property
    def consumed(self) -> int:
        """Bytes of the file that are read."""
        return self._file.tell()

    @property
    def next(self) -> Position:
        """Where a later reading finds the record after the last one."""
        return self._stream.place()

    def __iter__(self) -> Iterator[Record | Broken]:
        # The member that a position names may begin in the middle of a record that was told to be broken before.
        if self._resumes and not self._recover(Damage("", None)):
            return
        while True:
            self._begun = None
            damage = None
            try:
                record = self._next()
            except Damage as met:
                damage = met
            passed_over = self._skip > 0
            if self._skip and self._begun is not None:
                self._skip -= 1
            if damage is not None:
                if not passed_over:
                    yield Broken((self._begun or self._stream.place()).offset, damage.reason)
                if not self._recover(damage):
                    return
            elif record is None:
                return
            elif not passed_over:
                yield record

    def _next(self) -> Record | None:
        stream = self._stream
        stream.skip_blank()
        if not stream.peek(1):
            return None
        begun = self._begun = stream.begin_record()
        headers = self._read_head()
        length = int(headers["content-length"])
        block = stream.read(length) if length <= MOST_BYTES else None
        short = length - (stream.skip(length) if block is None else len(block))
        if short:
            raise Damage(f"the file ends {short} bytes before the record does", stream.resume)
        if not stream.ends_here():
            raise Damage("its length is wrong: no record follows it", stream.resume)
        size = max(0, stream.place().offset - begun.offset)
        return Record(begun, size, headers["warc-type"].lower(), headers, block, length)

    def _read_head(self) -> dict[str, str]:
        stream = self._stream
        line = stream.readline()
        if not _VERSION.match(line.strip()):
            raise Damage(f"no record begins here but {line[:40]!r}", stream.resume)
        headers: dict[str, str] = {}
        name, total = "", len(line)
        while True:
            line = stream.readline()
            total += len(line)
            if total > LONGEST_HEAD or not line:
                raise Damage("its head has no end", stream.resume)
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if not text.strip():
                break
            if text[0] in " \t" and name:
                headers[name] += " " + text.strip()
                continue
            name, _, rest = text.partition(":")
            name = name.strip().lower()
            headers[name] = rest.strip()
        if not _LENGTH.fullmatch(headers.get("content-length", "")) or not headers.get("warc-type"):
            raise Damage("its head lacks a type or a length", stream.resume)
        stream.head_is_read()
        return headers

    def _recover(self, damage: Damage) -> bool:
        """Move to the next place at which a record seems to begin; False where there is none."""
        while True:
            try:
                if damage.resume is not None:
                    self._stream.restart(damage.resume)
                return self._stream.find_record()
            except Damage as further:
                damage = further


def open_warc(path: Path, position: Position | None = None) -> tuple[IO[bytes], WarcReader]:
    """A file for reading, from its beginning or where an earlier reading stopped. Raises NotAWarc."""
    file = path.open("rb")
    try:
        _refuse_others(file, path)
        return file, WarcReader(file, position)
    except BaseException:
        file.close()
        raise


def _refuse_others(file: IO[bytes], path: Path) -> None:
    head = file.read(4096)
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            raise NotAWarc(str(path), f"it is {what}")
    if not head:
        raise NotAWarc(str(path), "it is empty")
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error as error:
            raise NotAWarc(str(path), f"its gzip cannot be read ({error})") from error
    if not head.lstrip(b"\r\n").startswith(BEGIN):
        raise NotAWarc(str(path), f"it begins with {head[:20]!r}")


def read_record_at(file: IO[bytes], offset: int) -> Record | Broken:
    """The one record that begins at this byte."""
    for found in WarcReader(file, Position(offset)):
        if isinstance(found, Record) and found.position.offset != offset:
            break
        return found
    return Broken(offset, "no record")
