"""Reading WARC files that others wrote, and those that something broke."""

from __future__ import annotations

import gzip
import io
import random
from typing import TYPE_CHECKING

import pytest
from warc_files import (
    URL,
    WRITERS,
    http,
    page,
    record,
    response,
    write_as_one,
    write_by_record,
    write_plain,
)
from warcio.warcwriter import WARCWriter

from crawler.warcs import (
    Broken,
    NotAWarc,
    Position,
    Record,
    UnreadablePayload,
    WarcReader,
    digest_problem,
    open_warc,
    payload_of,
    read_record_at,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PAGES = [page(f"Titular {number}", "Palabras. " * number * 50) for number in range(1, 9)]
RECORDS = [response(body, f"{URL}-{number}") for number, body in enumerate(PAGES)]


def read(path: Path, position: Position | None = None) -> list[Record | Broken]:
    file, reader = open_warc(path, position)
    with file:
        return list(reader)


def urls(found: Iterable[Record | Broken]) -> list[str]:
    return [one.url.removeprefix(URL) if isinstance(one, Record) else one.reason for one in found]


@pytest.mark.parametrize("write", WRITERS)
def test_every_packing_is_read_alike(tmp_path: Path, write: Callable[[Path, list[bytes]], Path]) -> None:
    found = read(write(tmp_path / "some.warc", RECORDS))
    assert [payload_of(one) for one in found if isinstance(one, Record)] == PAGES
    assert urls(found) == [f"-{number}" for number in range(8)]


@pytest.mark.parametrize("write", WRITERS)
def test_a_reading_goes_on_where_another_stopped(tmp_path: Path, write: Callable[[Path, list[bytes]], Path]) -> None:
    path = write(tmp_path / "some.warc", RECORDS)
    for stop in range(1, 9):
        file, reader = open_warc(path)
        with file:
            records = iter(reader)
            for _ in range(stop):
                next(records)
            position = reader.next
        assert urls(read(path, position)) == [f"-{number}" for number in range(stop, 8)]


@pytest.mark.parametrize("length", [10, 5000])
@pytest.mark.parametrize("write", WRITERS)
def test_what_was_told_to_be_broken_is_not_told_again_by_a_reading_that_goes_on(
    tmp_path: Path, write: Callable[[Path, list[bytes]], Path], length: int
) -> None:
    wrong = record("response", http(PAGES[3]), f"{URL}-wrong", length=length)
    path = write(tmp_path / "some.warc", [*RECORDS[:2], wrong, *RECORDS[2:4], wrong, *RECORDS[4:]])
    whole = urls(read(path))
    for stop in range(1, len(whole) + 1):
        file, reader = open_warc(path)
        with file:
            records = iter(reader)
            found = [next(records) for _ in range(stop)]
            position = reader.next if isinstance(found[-1], Record) else None
        if position is not None:
            assert urls(found) + urls(read(path, position)) == whole


def test_a_position_in_a_file_packed_by_record_is_a_place_in_the_file(tmp_path: Path) -> None:
    path = write_by_record(tmp_path / "some.warc.gz", RECORDS)
    found = [one for one in read(path) if isinstance(one, Record)]
    assert all(one.position.records == 0 for one in found)
    whole = path.read_bytes()
    packed = [whole[one.position.offset : one.position.offset + one.length] for one in found]
    assert [gzip.decompress(one) for one in packed] == RECORDS


def test_what_warcio_writes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "warcio.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record("warcio.warc.gz", {"software": "warcio"}))
        block = http(PAGES[0])
        writer.write_record(writer.create_warc_record(URL, "response", payload=io.BytesIO(block), length=len(block)))
    info, answer = read(path)
    assert isinstance(info, Record)
    assert isinstance(answer, Record)
    assert (info.kind, payload_of(answer)) == ("warcinfo", PAGES[0])
    assert digest_problem(answer) is None


@pytest.mark.parametrize("length", [10, 5000, 10_000_000, 10**15])
@pytest.mark.parametrize("write", WRITERS)
def test_a_wrong_length_costs_one_record(
    tmp_path: Path, write: Callable[[Path, list[bytes]], Path], length: int
) -> None:
    wrong = record("response", http(PAGES[3]), f"{URL}-wrong", length=length)
    found = read(write(tmp_path / "some.warc", [*RECORDS[:3], wrong, *RECORDS[3:]]))
    broken = [one for one in found if isinstance(one, Broken)]
    assert urls(found)[:3] == ["-0", "-1", "-2"]
    assert len(broken) == 1
    assert broken[0].reason.startswith(("its length is wrong", "the file ends"))
    if write in {write_by_record, write_plain} or length < len(PAGES[3]):
        # What a length swallowed is found again where the file can be read from its middle.
        assert urls(found)[4:] == ["-3", "-4", "-5", "-6", "-7"]


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_that_ends_too_soon_says_so(tmp_path: Path, write: Callable[[Path, list[bytes]], Path]) -> None:
    path = write(tmp_path / "some.warc", RECORDS)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 60])
    *whole_records, last = read(path)
    assert isinstance(last, Broken)
    assert "the file ends" in last.reason
    assert urls(whole_records) == [f"-{number}" for number in range(len(whole_records))]


def test_a_damaged_member_costs_one_record(tmp_path: Path) -> None:
    path = write_by_record(tmp_path / "some.warc.gz", RECORDS)
    whole = bytearray(path.read_bytes())
    third = read(path)[2]
    assert isinstance(third, Record)
    at = third.position.offset + third.length // 2
    whole[at : at + 8] = b"\xff" * 8
    path.write_bytes(whole)
    found = read(path)
    assert isinstance(found[2], Broken)
    assert found[2].offset == third.position.offset
    assert "gzip" in found[2].reason
    assert urls(found)[3:] == ["-3", "-4", "-5", "-6", "-7"]


def test_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    packed = [gzip.compress(one, mtime=0) for one in RECORDS]
    packed[1] = packed[1][:-8] + b"\x00\x00\x00\x00" + packed[1][-4:]
    (tmp_path / "some.warc.gz").write_bytes(b"".join(packed))
    found = read(tmp_path / "some.warc.gz")
    assert isinstance(found[1], Broken)
    assert urls(found)[2:] == [f"-{number}" for number in range(2, 8)]


def test_rubbish_between_records_is_passed_over(tmp_path: Path) -> None:
    packed = [gzip.compress(one, mtime=0) for one in RECORDS]
    (tmp_path / "some.warc.gz").write_bytes(packed[0] + b"\x00" * 512 + packed[1] + b"rubbish" * 99 + packed[2])
    found = read(tmp_path / "some.warc.gz")
    assert [type(one) for one in found] == [Record, Record, Broken, Record]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("write", [write_by_record, write_as_one, write_plain])
def test_no_damage_is_silent_and_none_ends_in_an_error(
    tmp_path: Path, write: Callable[[Path, list[bytes]], Path], seed: int
) -> None:
    """Whatever bytes change: each record comes whole or is missed by name, and what its digest covers is intact."""
    path = write(tmp_path / "some.warc", RECORDS)
    chance = random.Random(seed)
    whole = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(2, len(whole))
        match chance.choice(("flip", "drop", "insert")):
            case "flip":
                whole[at] ^= chance.randrange(1, 256)
            case "drop":
                del whole[at : at + chance.randrange(1, 300)]
            case _:
                whole[at:at] = chance.randbytes(chance.randrange(1, 300))
    path.write_bytes(whole)
    try:
        found = read(path)
    except NotAWarc:
        return
    assert len(found) <= 30
    if write is write_by_record:
        good = [payload_of(one) for one in found if isinstance(one, Record)]
        assert all(body in PAGES for body in good)
        assert len(good) == 8 or any(isinstance(one, Broken) for one in found)


@pytest.mark.parametrize(
    "line",
    [
        "WARC-Type: response",
        "Content-Length: x",
        "no colon at all",
        f"WARC-Type: response\r\nContent-Length: {'9' * 5000}",
        "WARC-Type: response\r\nContent-Length: ٣",
    ],
)
def test_a_head_without_type_or_length_is_broken(tmp_path: Path, line: str) -> None:
    odd = f"WARC/1.0\r\n{line}\r\n\r\n".encode()
    found = read(write_plain(tmp_path / "some.warc", [RECORDS[0], odd, RECORDS[1]]))
    assert [type(one) for one in found] == [Record, Broken, Record]


def test_a_head_without_end_fills_no_memory(tmp_path: Path) -> None:
    endless = b"WARC/1.0\r\nWARC-Type: " + b"x" * 3_000_000
    found = read(write_by_record(tmp_path / "some.warc.gz", [RECORDS[0], endless, RECORDS[1]]))
    assert [type(one) for one in found] == [Record, Broken, Record]


def test_a_block_that_is_too_large_is_passed_over(tmp_path: Path) -> None:
    huge = record("response", http(b"\0" * 30_000_000), f"{URL}-huge")
    found = read(write_by_record(tmp_path / "some.warc.gz", [huge, RECORDS[0]]))
    assert isinstance(found[0], Record)
    assert found[0].block is None
    assert found[0].block_length > 30_000_000
    assert urls(found) == ["-huge", "-0"]
    with pytest.raises(UnreadablePayload, match="too large"):
        payload_of(found[0])


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "begins with"),
        (b"\x28\xb5\x2f\xfd rest", "zstd"),
        (b"filedesc://x.arc 0.0.0.0", "ARC"),
        (gzip.compress(b"a diary"), "begins with"),
        (b"\x1f\x8b\x00\x00", "gzip"),
    ],
)
def test_a_file_that_is_no_warc_is_refused(tmp_path: Path, head: bytes, complaint: str) -> None:
    (tmp_path / "file").write_bytes(head)
    with pytest.raises(NotAWarc, match=complaint):
        open_warc(tmp_path / "file")


def test_a_digest_that_does_not_fit_is_told(tmp_path: Path) -> None:
    good = record("response", http(PAGES[0]), WARC_Block_Digest="sha1:GVTGHY4A3YVHHFUXGCLX6HP7BN7GB3WI")
    odd = record("response", http(PAGES[0]), WARC_Block_Digest="whirlpool:abc")
    found = read(write_plain(tmp_path / "some.warc", [good, odd]))
    problems = [digest_problem(one) for one in found if isinstance(one, Record)]
    assert problems == ["its sha1 is not the one that it states", None]


def test_a_place_where_no_record_begins_is_told(tmp_path: Path) -> None:
    path = write_by_record(tmp_path / "some.warc.gz", RECORDS)
    with path.open("rb") as file:
        assert isinstance(read_record_at(file, 7), Broken)
        assert isinstance(read_record_at(file, path.stat().st_size), Broken)
        assert urls(WarcReader(file))[0] == "-0"
