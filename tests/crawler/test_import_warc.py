"""Pages out of anyone's WARC files."""

from __future__ import annotations

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import time
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from click.testing import CliRunner
from conftest import ROOT, run, start
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

from crawler.archive import archive_folder, read_body
from crawler.warcs.pages import sample_of
from storage.database import opened, rows
from storage.dump import dump_lines
from triwire.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

GRANMA = "https://www.granma.cu/cuba/2024-10-05/firman-acuerdo-de-arroz-05-10-2024-10-10-10"
HOME = "https://www.example.net/"
ES = "Los dos países firmaron ayer en La Habana un acuerdo para el cultivo de arroz en la provincia de Pinar del Río."
EN = "The two countries signed an agreement on the growing of rice in the province of Pinar del Río on Friday."
VI = "Hai nước đã ký thỏa thuận hợp tác trồng lúa tại tỉnh Pinar del Río vào ngày thứ Sáu tuần trước."
DE = "Die beiden Länder haben am Freitag in Havanna ein Abkommen über den Anbau von Reis unterzeichnet."


def bring(database: Path, *arguments: str | Path, code: int = 0) -> Result:
    """`triwire import-warc`, in this process: it spares a second a time."""
    given = ["import-warc", "--no-process", "--database", database, *arguments]
    done = CliRunner().invoke(main, [str(argument) for argument in given])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def urls(database: Path) -> list[str]:
    with opened(database) as db:
        return [row["url"] for row in rows(db, "SELECT url FROM captures ORDER BY url, number")]


def counts(database: Path) -> dict[str, int]:
    with opened(database) as db:
        (row,) = rows(db, "SELECT counts FROM imported_files")
    return dict(json.loads(row["counts"]))


def dump(database: Path) -> list[str]:
    with opened(database) as db:
        return list(dump_lines(db))


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_pages_of_any_packing_become_articles(
    tmp_path: Path, database: Path, write: Callable[[Path, list[bytes]], Path], version: str
) -> None:
    info = record("warcinfo", b"software: other\r\n", "", version=version)
    path = write(tmp_path / "theirs.warc.gz", [info, response(page("Acuerdo", ES), GRANMA, version=version)])
    done = bring(database, path)
    assert "1 pages stored" in done.stdout
    with opened(database) as db:
        (row,) = rows(db, "SELECT a.source, c.id, c.fetched_at, f.state FROM captures c"
                          " JOIN articles a ON a.id = c.article JOIN fetches f ON f.article = a.id")  # fmt: skip
        assert read_body(db, archive_folder(database), row["id"]) == page("Acuerdo", ES)
    assert (row["source"], row["fetched_at"], row["state"]) == ("granma-es", "2024-10-05T08:00:00+00:00", "archived")


def test_what_is_brought_in_is_processed(tmp_path: Path, database: Path) -> None:
    path = write_by_record(tmp_path / "theirs.warc.gz", [response(page("Acuerdo", ES, ES), GRANMA)])
    run("import-warc", "--database", database, path)
    with opened(database) as db:
        (row,) = rows(db, "SELECT source, title, language, story_id FROM reading")
    assert (row["source"], row["title"], row["language"]) == ("granma-es", "Acuerdo", "es")
    assert row["story_id"]


def test_the_page_is_in_our_archive_when_the_file_is_gone(tmp_path: Path, database: Path) -> None:
    path = write_by_record(tmp_path / "theirs.warc.gz", [response(page("Acuerdo", ES), GRANMA)])
    bring(database, path)
    path.unlink()
    run("process", "--database", database)
    with opened(database) as db:
        assert rows(db, "SELECT title FROM reading") == [{"title": "Acuerdo"}]


def test_a_host_that_nobody_describes_is_an_outlet_of_its_own(tmp_path: Path, database: Path) -> None:
    other = "https://diario.example/noticia/7"
    bring(database, write_plain(tmp_path / "a.warc", [response(page("A", ES), URL), response(page("B", ES), other)]))
    with opened(database) as db:
        found = rows(db, "SELECT a.source, s.outlet FROM articles a JOIN sources s ON s.name = a.source ORDER BY 1")
    assert found == [
        {"source": "imported:diario.example", "outlet": "diario.example"},
        {"source": "imported:www.example.org", "outlet": "example.org"},
    ]


@pytest.mark.parametrize(
    ("flags", "stored"),
    [
        (["--source", "granma-es"], [GRANMA]),
        (["--host", "example.org"], [URL, f"{URL}-de", f"{URL}-vi"]),
        (["--host", "granma.cu", "--host", "other.example"], [GRANMA]),
        (["--language", "es"], [HOME, GRANMA]),
        (["--language", "vi,en"], [URL, f"{URL}-vi"]),
        (["--source", "granma-es", "--language", "vi"], []),
        (["--articles-only"], [URL, f"{URL}-de", f"{URL}-vi", GRANMA]),
    ],
)
def test_a_filter_lets_through_what_it_names(
    tmp_path: Path, database: Path, flags: list[str], stored: list[str]
) -> None:
    records = [
        response(page("Acuerdo", ES, ES), GRANMA),
        response(page("Agreement", EN, EN), URL),
        response(page("Thỏa thuận", VI, VI), f"{URL}-vi"),
        response(page("Abkommen", DE, DE, lang="en"), f"{URL}-de"),
        response(page("Inicio", ES), HOME),
    ]
    bring(database, *flags, write_by_record(tmp_path / "theirs.warc.gz", records))
    assert urls(database) == stored


def test_a_language_is_told_by_the_text_and_else_by_what_the_page_declares(tmp_path: Path, database: Path) -> None:
    navigation = "<ul>" + "<li>Home Sport Weather</li>" * 50 + "</ul><script>" + "the of and " * 900 + "</script>"
    lying = page("Acuerdo", ES, ES, lang="en").replace(b"<article>", f"{navigation}<article>".encode())
    silent = page("", lang="es")
    path = write_by_record(tmp_path / "a.warc.gz", [response(lying, URL), response(silent, f"{URL}-silent")])
    bring(database, "--language", "es", path)
    assert urls(database) == [URL, f"{URL}-silent"]


def test_every_record_that_gives_no_page_is_counted_with_its_reason(tmp_path: Path, database: Path) -> None:
    body = page("Acuerdo", ES)
    whole = page("Acuerdo", ES * 50)
    records = [
        record("warcinfo", b"software: x\r\n", ""),
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", http(body, status="404 Not Found"), f"{URL}-404"),
        record("response", http(b"", status="301 Moved"), f"{URL}-301"),
        record("response", http(b"%PDF", headers={"Content-Type": "application/pdf"}), f"{URL}-pdf"),
        record("response", http(b"{}", headers={}), f"{URL}-json"),
        record("response", http(b"  \n"), f"{URL}-empty"),
        record("response", b"no http at all", f"{URL}-odd"),
        record("response", http(body), "mailto:someone@example.org"),
        record("response", http(body), "https://www.granma.cu/"),
        record("response", http(body), f"{URL}-date", date="yesterday"),
        record("response", http(body), f"{URL}-first", date="0001-01-01T00:00:00+14:00"),
        record("response", http(body), f"{URL}-ahead", date="9999-12-31T23:59:59Z"),
        record("response", http(body), f"{URL}-cut", WARC_Truncated="length"),
        record("response", http(body, headers={"Content-Length": "99999"}), f"{URL}-short"),
        record("response", http(gzip.compress(whole)[:-9], headers={"Content-Encoding": "gzip"}), f"{URL}-gz"),
        record("response", http(b"\1\2", headers={"Content-Encoding": "lzma"}), f"{URL}-lzma"),
        record("response", http(b"<p>" + b"\0" * 30_000_000), f"{URL}-huge"),
        record(
            "response", http(gzip.compress(b"\0" * 20_000_000), headers={"Content-Encoding": "gzip"}), f"{URL}-bomb"
        ),
        record("revisit", http(b""), GRANMA, WARC_Profile="http://netpreserve.org/warc/1.0/revisit/x"),
        record("resource", body, f"{URL}-resource"),
        record("conversion", b"text"),
    ]
    done = bring(database, write_by_record(tmp_path / "theirs.warc.gz", records))
    assert counts(database) == {
        "addresses of no article": 1,
        "answers without a page": 2,
        "cut short or damaged": 3,
        "dated in the future": 1,
        "empty": 1,
        "no HTML": 2,
        "no HTTP": 1,
        "no address": 1,
        "other records": 1,
        "repeats of other records": 1,
        "too large": 2,
        "unreadable": 1,
        "without a date": 2,
    }
    assert "0 pages stored, 1 addresses of no article" in done.stdout
    assert urls(database) == []


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress),
        ({"Content-Encoding": "deflate"}, zlib.compress),
        ({"Content-Encoding": "br"}, brotli.compress),
        ({"Transfer-Encoding": "chunked"}, lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)),
        # CC-NEWS before May 2019: unpacked, under the headers of the wire.
        ({"Content-Encoding": "gzip", "Transfer-Encoding": "chunked", "Content-Length": "17"}, bytes),
        ({"X-Crawl-Content-Encoding": "gzip"}, bytes),
    ],
)
def test_a_packed_page_is_stored_unpacked(
    tmp_path: Path, database: Path, headers: dict[str, str], pack: Callable[[bytes], bytes]
) -> None:
    body = page("Acuerdo", ES)
    block = http(pack(body), headers={"Content-Type": "text/html", **headers})
    bring(database, write_by_record(tmp_path / "theirs.warc.gz", [record("response", block, GRANMA)]))
    with opened(database) as db:
        (row,) = rows(db, "SELECT id, length FROM captures")
        assert read_body(db, archive_folder(database), row["id"]) == body
    assert row["length"] == len(body)


def test_the_same_file_twice_adds_nothing(tmp_path: Path, database: Path) -> None:
    records = [response(page(f"Acuerdo {n}", ES), f"{URL}-{n}") for n in range(5)]
    bring(database, write_by_record(tmp_path / "theirs.warc.gz", records))
    before, archived = dump(database), sorted(path.stat().st_size for path in archive_folder(database).iterdir())
    assert "read before" in bring(database, tmp_path / "theirs.warc.gz").stdout
    again = bring(database, "--again", tmp_path / "theirs.warc.gz")
    assert "0 pages stored, 5 known already" in again.stdout
    assert "5 known already" in bring(database, write_as_one(tmp_path / "copy.warc.gz", records)).stdout
    assert dump(database) == before
    assert sorted(path.stat().st_size for path in archive_folder(database).iterdir()) == archived


def test_another_filter_reads_the_file_again(tmp_path: Path, database: Path) -> None:
    records = [response(page("Acuerdo", ES, ES), GRANMA), response(page("Agreement", EN, EN), URL)]
    path = write_by_record(tmp_path / "theirs.warc.gz", records)
    bring(database, "--language", "es", path)
    assert "1 pages stored, 1 known already" in bring(database, path).stdout


def test_a_later_capture_with_other_words_is_a_change_and_an_older_one_is_left_out(
    tmp_path: Path, database: Path
) -> None:
    days = {"2024-10-05": "Uno.", "2024-10-06": "Uno.", "2024-10-07": "Dos.", "2024-10-01": "Antes."}
    records = [response(page("A", words), GRANMA, date=f"{day}T08:00:00Z") for day, words in days.items()]
    bring(database, write_by_record(tmp_path / "theirs.warc.gz", records))
    assert counts(database) == {"as they were": 1, "older than what is stored": 1, "pages stored": 2}
    with opened(database) as db:
        found = rows(db, "SELECT number, fetched_at FROM captures ORDER BY number")
    assert [(row["number"], row["fetched_at"][:10]) for row in found] == [(1, "2024-10-05"), (2, "2024-10-07")]


def test_a_captured_page_answers_what_a_listing_declared_before_it(tmp_path: Path, database: Path) -> None:
    from datetime import UTC, datetime

    from crawler.catalogue import source_for
    from crawler.source import facts_of
    from storage import frontier
    from storage.listings import visit_listing

    source = source_for(GRANMA)
    later = GRANMA.replace("firman", "cosechan")
    with opened(database) as db:
        frontier.save_source(db, facts_of(source))
        visit_listing(db, source.feeds[0], source.name)
        for url, day in ((GRANMA, 4), (later, 6)):
            declared = datetime(2024, 10, day, tzinfo=UTC)
            sighting = frontier.Sighting(source.key(url), url, "Titular", None, declared, None)
            frontier.discover(db, source.name, source.feeds[0], [sighting])
    records = [response(page("Acuerdo", ES), url) for url in (GRANMA, later)]
    bring(database, write_by_record(tmp_path / "theirs.warc.gz", records))
    with opened(database) as db:
        states = {row["url"]: row["state"] for row in rows(db, "SELECT url, state FROM fetches")}
    assert states == {GRANMA: "archived", later: "queued"}


def test_broken_records_are_told_and_the_rest_is_brought_in(tmp_path: Path, database: Path) -> None:
    good = [response(page(f"Acuerdo {n}", ES * 20), f"{URL}-{n}") for n in range(6)]
    packed = [gzip.compress(one) for one in good]
    packed[1] = packed[1][:60] + bytes(byte ^ 0xFF for byte in packed[1][60:])
    packed[3] = gzip.compress(record("response", http(page("Largo", ES)), f"{URL}-long", length=10))
    digest = "sha1:GVTGHY4A3YVHHFUXGCLX6HP7BN7GB3WI"
    packed[4] = gzip.compress(record("response", http(page("Otro", ES)), f"{URL}-other", WARC_Block_Digest=digest))
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(b"".join(packed)[:-30])
    done = bring(database, path, code=1)
    assert urls(database) == [f"{URL}-0", f"{URL}-2"]
    assert counts(database) == {"broken records": 4, "pages stored": 2}
    for words in ("gzip", "its length is wrong", "its sha1 is not the one", "the file ends in the middle"):
        assert words in done.stderr
    assert f"byte {len(packed[0])}: " in done.stderr


def test_a_file_that_is_no_warc_does_not_stop_the_others(tmp_path: Path, database: Path) -> None:
    (tmp_path / "notes.txt").write_text("a diary")
    path = write_by_record(tmp_path / "theirs.warc.gz", [response(page("Acuerdo", ES), GRANMA)])
    done = bring(database, tmp_path / "notes.txt", path, code=1)
    assert "notes.txt is no WARC file" in done.stderr
    assert urls(database) == [GRANMA]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["--language", "de", "FILE"], 2, "vi,es,en"),
        (["--source", "nobody", "FILE"], 1, "nobody"),
        (["nowhere.warc"], 2, "does not exist"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_understood_is_said(
    tmp_path: Path, database: Path, arguments: list[str], code: int, complaint: str
) -> None:
    path = write_plain(tmp_path / "a.warc", [response(page("Acuerdo", ES), GRANMA)])
    given = [str(path) if argument == "FILE" else argument for argument in arguments]
    assert complaint in bring(database, *given, code=code).stderr


FACTS = {"outlet": "Nobody", "language": "es", "country": "CU", "timezone": "UTC", "minimum": 0}
NAMED = {"listing": "https://www.granma.cu/feed", "url": GRANMA}


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (FACTS, NAMED),
        ({**FACTS, "language": {}}, NAMED),
        ({**FACTS, "timezone": "../../etc/passwd"}, NAMED),
        ({**FACTS, "timezone": "America"}, NAMED),
        ({**FACTS, "minimum": "many"}, NAMED),
        (5, NAMED),
        (FACTS, [1]),
        (FACTS, {}),
        (FACTS, {**NAMED, "url": "javascript:alert(1)"}),
        (FACTS, {**NAMED, "rank": "first"}),
        (FACTS, {**NAMED, "rank": 10**30}),
        (FACTS, {**NAMED, "published": "2024-10-05T00:00:00"}),
        (FACTS, {**NAMED, "published": 5}),
        (FACTS, {**NAMED, "title": {"a": 1}}),
    ],
)
def test_a_verdict_that_a_stranger_wrote_does_no_harm(
    tmp_path: Path, database: Path, facts: object, named: object
) -> None:
    fields = {"outcome": "archived", "key": GRANMA, "source": "granma-es"}
    fields |= {"source-facts": json.dumps(facts), "discovery": json.dumps(named)}
    block = "".join(f"{name}: {text}\r\n" for name, text in fields.items()).encode()
    answer = response(page("Acuerdo", ES), GRANMA, WARC_Record_ID="<urn:x>")
    path = write_plain(tmp_path / "a.warc", [answer, record("metadata", block, GRANMA, WARC_Concurrent_To="<urn:x>")])
    bring(database, path)
    with opened(database) as db:
        assert rows(db, "SELECT url, source, outlet, timezone FROM articles JOIN sources ON name = source") == [
            {"url": GRANMA, "source": "granma-es", "outlet": "Granma", "timezone": "America/Havana"}
        ]


def test_a_name_that_nobody_can_write_is_refused(tmp_path: Path, database: Path) -> None:
    path = write_plain(tmp_path / os.fsdecode(b"\xff\x1b[31m.warc"), [response(page("Acuerdo", ES), GRANMA)])
    done = run("import-warc", "--no-process", "--database", database, path, code=1)
    assert "rename it" in done.stderr


@pytest.mark.parametrize("opened_and_left", ["<script", "<p>", "<", "<!--"])
def test_a_page_of_nothing_but_beginnings_takes_no_time(opened_and_left: str) -> None:
    began = time.process_time()
    sample_of(opened_and_left * (400_000 // len(opened_and_left)))
    assert time.process_time() - began < 5


@pytest.mark.slow
@pytest.mark.parametrize("write", [write_by_record, write_as_one, write_plain])
def test_a_killed_import_goes_on_where_it_was(
    tmp_path: Path, database: Path, write: Callable[[Path, list[bytes]], Path]
) -> None:
    records = [response(page(f"Acuerdo {n}", ES * 30), f"{URL}-{n}") for n in range(400)]
    records[200:200] = [record("response", http(page("Largo", ES)), f"{URL}-long", length=10)]
    path, calm = write(tmp_path / "theirs.warc.gz", records), tmp_path / "calm.db"
    bring(calm, path, code=1)
    killed = 0
    for wanted in (40, 160, 280):
        child = start("import-warc", "--no-process", "--database", database, path)
        while child.poll() is None and stored(database) < wanted:
            pass
        child.send_signal(signal.SIGKILL)
        child.communicate()
        killed += child.returncode == -signal.SIGKILL
    assert killed == 3, "an import ended before it could be killed"
    assert "this run went on" in bring(database, path, code=1).stdout
    assert dump(database) == dump(calm)
    assert counts(database) == counts(calm)
    assert "no damage" in run("archive", "verify", "--database", database).stdout


def stored(database: Path) -> int:
    import sqlite3

    if not database.exists():
        return 0
    with sqlite3.connect(database) as connection:
        try:
            (found,) = connection.execute("SELECT count(*) FROM captures").fetchone()
        except sqlite3.OperationalError:
            found = 0
    connection.close()
    return int(found)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file_or_its_records(tmp_path: Path) -> None:
    def peak(path: Path) -> int:
        """Kilobytes."""
        command = [
            sys.executable,
            "-m",
            "triwire",
            "import-warc",
            "--no-process",
            "--database",
            path.with_suffix(".db"),
        ]
        child = subprocess.Popen([*command, path], cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert child.returncode == 0
        return used.ru_maxrss

    assert resource.getpagesize()
    few = [response(page(f"Acuerdo {n}", ES * 100), f"{URL}-{n}") for n in range(10)]
    many = [response(page(f"Acuerdo {n}", ES * 100), f"{URL}-{n}") for n in range(1500)]
    video = record("response", http(b"\0" * 100_000_000, headers={"Content-Type": "video/mp4"}), f"{URL}-video")
    small = peak(write_by_record(tmp_path / "small.warc.gz", few))
    large = peak(write_by_record(tmp_path / "large.warc.gz", [*many, video]))
    assert large - small < 40_000


def test_an_interrupted_import_ends_with_130_and_goes_on(tmp_path: Path, database: Path) -> None:
    records = [response(page(f"Acuerdo {n}", ES * 30), f"{URL}-{n}") for n in range(600)]
    path = write_by_record(tmp_path / "theirs.warc.gz", records)
    child = start("import-warc", "--no-process", "--database", database, path)
    while child.poll() is None and stored(database) < 40:
        pass
    child.send_signal(signal.SIGINT)
    _, error = child.communicate()
    assert (child.returncode, "Traceback" in error) == (130, False), error
    assert 40 <= stored(database) < 600
    bring(database, path)
    assert stored(database) == 600
