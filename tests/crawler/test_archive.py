from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import ArchiveDamaged, ArchiveWriter, Exchange, cut_torn_tails, read_body
from crawler.archiving import store_page
from storage.frontier import Fetch, add_article, save_source
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

URL = "https://www.granma.cu/cuba/2026-10-05/uno"


def exchange(body: bytes, url: str = URL) -> Exchange:
    return Exchange(
        url=url,
        status=200,
        request_headers=[("User-Agent", "triwire")],
        response_headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "3")],
        body=body,
        content_type="text/html",
    )


@pytest.fixture
def archive(db: Database, tmp_path: Path) -> Iterator[ArchiveWriter]:
    writer = ArchiveWriter(db, tmp_path / "archive", "me")
    yield writer
    writer.close()


def store(db: Database, archive: ArchiveWriter, body: bytes, url: str = URL) -> str:
    save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
    article = add_article(db, url, url, "granma-es")
    return store_page(db, archive, Fetch(article, url, ""), exchange(body, url), body.hex())


def test_a_page_comes_back_as_it_went_in(db: Database, archive: ArchiveWriter) -> None:
    bodies = [b"<html>uno</html>", "Hà Nội".encode() * 1000, b"\x00\xff"]
    captures = [store(db, archive, body, f"{URL}-{number}") for number, body in enumerate(bodies)]
    assert [read_body(db, archive.folder, capture) for capture in captures] == bodies


def test_others_can_read_the_file(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    archive.close()
    with (archive.folder / archive.name).open("rb") as file:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(file)]
    assert records == [("warcinfo", None), ("response", URL), ("request", URL)]


def test_headers_promise_nothing_that_is_untrue_of_the_archived_body(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    archive.close()
    with (archive.folder / archive.name).open("rb") as file:
        response = next(record for record in ArchiveIterator(file) if record.rec_type == "response")
        headers = dict(response.http_headers.headers)
    assert headers == {"Content-Type": "text/html", "Content-Length": "16"}


def test_only_what_no_record_was_committed_for_is_cut(db: Database, archive: ArchiveWriter) -> None:
    capture = store(db, archive, b"<html>uno</html>")
    archive.append(exchange(b"<html>never committed</html>"))
    archive.close()
    assert cut_torn_tails(db, archive.folder) == [archive.name]
    assert read_body(db, archive.folder, capture) == b"<html>uno</html>"
    with (archive.folder / archive.name).open("rb") as file:
        assert b"never committed" not in gzip.decompress(file.read())


def test_a_living_writers_file_is_left_alone(db: Database, archive: ArchiveWriter) -> None:
    store(db, archive, b"<html>uno</html>")
    archive.append(exchange(b"<html>under way</html>"))
    assert cut_torn_tails(db, archive.folder) == []


@pytest.mark.parametrize("damage", ["gone", "short", "garbled"])
def test_damage_is_named_with_file_and_offset(db: Database, archive: ArchiveWriter, damage: str) -> None:
    capture = store(db, archive, b"<html>" + bytes(range(256)) * 20 + b"</html>")
    archive.close()
    path = archive.folder / archive.name
    (offset,) = db.conn.execute("SELECT offset FROM archive_records").fetchone()
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "short":
        path.write_bytes(whole[: offset + 200])
    else:
        path.write_bytes(whole[: offset + 300] + bytes(byte ^ 0xFF for byte in whole[offset + 300 :]))
    with pytest.raises(ArchiveDamaged, match=f"{archive.name} at byte {offset}"):
        read_body(db, archive.folder, capture)


def test_a_capture_without_a_record_is_named(db: Database, archive: ArchiveWriter) -> None:
    with pytest.raises(ArchiveDamaged, match="no record"):
        read_body(db, archive.folder, "0123456789abcdef")
