"""The bytes of a WARC file's records, in order, whatever holds them: gzip by record, one gzip stream, or nothing."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import IO

LONGEST_HEAD = 256 * 1024
PIECE = 64 * 1024
GZIP = b"\x1f\x8b"
BEGIN = b"WARC/"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reading can go on: a byte of the file, and the records to pass over from there."""

    offset: int = 0
    records: int = 0


class Damage(Exception):
    """What stands in the way of a record, and where the search for the next one may begin."""

    def __init__(self, reason: str, resume: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.resume = resume
        """A byte of the file; None stands for "from here on"."""


class Stream:
    """The records' bytes in order, whatever holds them."""

    resume: int | None = None
    """Where to look for a record if the one at hand turns out broken; None stands for "from here on"."""

    def place(self) -> Position:
        raise NotImplementedError

    def begin_record(self) -> Position:
        """The record at hand begins here."""
        raise NotImplementedError

    def head_is_read(self) -> None: ...

    def ends_here(self) -> bool:
        """Pass over what separates records; whether the file or another record then comes to its end or beginning."""
        self.skip_blank()
        return BEGIN.startswith(self.peek(len(BEGIN)))

    def restart(self, offset: int) -> None:
        raise NotImplementedError

    def peek(self, size: int) -> bytes:
        """The next bytes, or as many as there are, left where they are."""
        raise NotImplementedError

    def read(self, size: int) -> bytes:
        raise NotImplementedError

    def readline(self) -> bytes:
        """A line, or as much of it as a head may hold."""
        raise NotImplementedError

    def skip(self, size: int) -> int:
        """Pass over so many bytes; returns how many there were."""
        left = size
        while left:
            piece = self.read(min(left, PIECE))
            if not piece:
                break
            left -= len(piece)
        return size - left

    def skip_blank(self) -> None:
        while self.peek(1) in {b"\r", b"\n"}:
            self.read(1)

    def find_record(self) -> bool:
        """Go on to the next line that begins as a record does."""
        while True:
            ahead = self.peek(len(BEGIN))
            if ahead == BEGIN:
                return True
            if not ahead:
                return False
            self.skip_line()

    def skip_line(self) -> None:
        self.readline()


class Plain(Stream):
    """A file that is not packed."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        self.restart(offset)

    def place(self) -> Position:
        return Position(self._file.tell())

    def begin_record(self) -> Position:
        self.resume = self._file.tell() + 1
        return self.place()

    def head_is_read(self) -> None:
        # A length that is too large swallows the records behind it: they are looked for in what it swallowed.
        self.resume = self._file.tell()

    def restart(self, offset: int) -> None:
        self._file.seek(offset)
        self.resume = None

    def peek(self, size: int) -> bytes:
        here = self._file.tell()
        ahead = self._file.read(size)
        self._file.seek(here)
        return ahead

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def skip(self, size: int) -> int:
        here = self._file.tell()
        return self._file.seek(min(here + size, self._size)) - here

    def readline(self) -> bytes:
        return self._file.readline(LONGEST_HEAD)


class Gzipped(Stream):
    """A file of gzip members: one a record as the format wants it, or one for all, or cut anywhere."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self._file = file
        self.restart(offset)

    def restart(self, offset: int) -> None:
        """Begin at a member, or at the first one behind this byte that holds the beginning of a record."""
        self._file.seek(offset)
        if self._file.read(2) != GZIP:
            offset = self._find_member(offset)
        self._file.seek(offset)
        self._unpacker: zlib._Decompress | None = None
        """None between two members."""
        self._packed = b""
        """Read from the file and not unpacked yet."""
        self._bytes = b""
        self._at = 0
        self._member = offset
        """Where the member begins that is being unpacked."""
        self._fresh = True
        """Nothing of that member has been handed out."""
        self._aligned = offset
        """Where the last member begins that a record began with."""
        self._records = 0
        """Records begun since."""
        self.resume = None

    def place(self) -> Position:
        if self._at == len(self._bytes) and self._unpacker is None:
            return Position(self._file.tell() - len(self._packed))
        return Position(self._member) if self._fresh else Position(self._aligned, self._records)

    def begin_record(self) -> Position:
        place = self.place()
        if self._fresh:
            self._aligned, self._records = self._member, 0
        self._records += 1
        self.resume = None
        return place

    def ends_here(self) -> bool:
        """As for others, but without a look into the next member: its damage is not this record's."""
        while True:
            if self._at == len(self._bytes) and (self._unpacker is None or not self._unpack_member()):
                return True
            if self._bytes[self._at] not in b"\r\n":
                return BEGIN.startswith(self._bytes[self._at : self._at + len(BEGIN)])
            self._at += 1

    def peek(self, size: int) -> bytes:
        while len(self._bytes) - self._at < size and self._unpack():
            pass
        return self._bytes[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        pieces = []
        while size and (self._at < len(self._bytes) or self._unpack()):
            piece = self._bytes[self._at : self._at + size]
            self._at += len(piece)
            self._fresh = False
            size -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def readline(self) -> bytes:
        pieces, total = [], 0
        while total < LONGEST_HEAD and (self._at < len(self._bytes) or self._unpack()):
            piece = self.read(self._to_line_end())
            pieces.append(piece)
            total += len(piece)
            if piece.endswith(b"\n"):
                break
        return b"".join(pieces)

    def skip_line(self) -> None:
        """Up to the end of the line or of the member, with which a record may begin."""
        if self.read(self._to_line_end()).endswith(b"\n"):
            return
        while self._unpacker is not None and self._unpack_member():
            if self.read(self._to_line_end()).endswith(b"\n"):
                return

    def _to_line_end(self) -> int:
        end = self._bytes.find(b"\n", self._at) + 1
        return (end or len(self._bytes)) - self._at

    def _unpack(self) -> bool:
        """Unpack some more, from the next member where this one has ended; False at the end of the file."""
        while True:
            if self._unpacker is None and not self._begin_member():
                return False
            if self._unpack_member():
                return True

    def _unpack_member(self) -> bool:
        """Unpack some more of this member; False when it has ended, and its checksum was right. Raises Damage."""
        while self._unpacker is not None:
            packed = self._packed or self._file.read(PIECE)
            if not packed:
                self._unpacker = None
                raise Damage("the file ends in the middle of a record", self.resume)
            try:
                fresh = self._unpacker.decompress(packed, PIECE)
            except zlib.error as error:
                resume = self._member + 1 if self.resume is None else self.resume
                raise Damage(f"gzip: {error}", resume) from error
            if self._unpacker.eof:
                self._packed, self._unpacker = self._unpacker.unused_data, None
            else:
                self._packed = self._unpacker.unconsumed_tail
            if fresh:
                self._bytes, self._at = self._bytes[self._at :] + fresh, 0
                return True
        return False

    def _begin_member(self) -> bool:
        # Some writers fill the last block with zeros.
        while not self._packed.lstrip(b"\0"):
            self._packed = self._file.read(PIECE)
            if not self._packed:
                return False
        self._packed = self._packed.lstrip(b"\0")
        if len(self._packed) < len(GZIP):
            self._packed += self._file.read(PIECE)
        begin = self._file.tell() - len(self._packed)
        if not self._packed.startswith(GZIP):
            raise Damage("bytes that belong to no record", begin + 1)
        if self._at == len(self._bytes):
            self._member, self._fresh = begin, True
        if self.resume is None and begin > self._aligned:
            self.resume = begin
        self._unpacker = zlib.decompressobj(wbits=31)
        return True

    def _find_member(self, offset: int) -> int:
        """The first member from here on that holds the beginning of a record, or the end of the file."""
        self._file.seek(offset)
        kept, begin = b"", offset
        while True:
            piece = self._file.read(PIECE)
            window = kept + piece
            at = window.find(GZIP + b"\x08")
            while at >= 0 and (at + 1024 <= len(window) or not piece):
                if _begins_record(window[at : at + 1024]):
                    return begin + at
                at = window.find(GZIP + b"\x08", at + 1)
            if not piece:
                return begin + len(window)
            keep = at if at >= 0 else max(0, len(window) - 2)
            begin, kept = begin + keep, window[keep:]


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, 64).lstrip(b"\r\n").startswith(BEGIN)
    except zlib.error:
        return False
