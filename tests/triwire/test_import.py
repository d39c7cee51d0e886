"""Articles that a person brings in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import run

from storage.database import opened, rows

if TYPE_CHECKING:
    from pathlib import Path

HEADED = """Việt Nam, Cuba sign health agreement
VOV.VN - The two ministries agreed in Havana to exchange forty doctors.

The agreement runs until 2029.
The ministers met again on Friday.
"""
UNHEADED = """HÀ NỘI — Divisional General Raúl Vega is leading a delegation to Việt Nam from December 1 to 12.

At the talks the two sides agreed to exchange more delegations. — VNS
"""


def reading(database: Path) -> list[dict[str, object]]:
    with opened(database) as db:
        return rows(db, "SELECT * FROM reading ORDER BY title")


def test_texts_without_url_or_date_become_articles(tmp_path: Path, database: Path) -> None:
    (tmp_path / "headed.txt").write_text(HEADED, encoding="utf-8")
    (tmp_path / "unheaded.txt").write_text(UNHEADED, encoding="utf-8")
    run("import", "--database", database, tmp_path / "headed.txt", tmp_path / "unheaded.txt")
    unheaded, headed = reading(database)
    assert headed["title"] == "Việt Nam, Cuba sign health agreement"
    assert str(headed["body"]).count("\n\n") == 2
    assert unheaded["title"] is None
    assert str(unheaded["body"]).startswith("HÀ NỘI — Divisional General")
    assert {row["language"] for row in (headed, unheaded)} == {"en"}
    assert headed["story_id"] != unheaded["story_id"]
    assert "health agreement" in run("search", "--database", database, "ministries").stdout


def test_the_same_file_twice_is_one_article(tmp_path: Path, database: Path) -> None:
    for name in ("one.txt", "copy.txt"):
        (tmp_path / name).write_text(HEADED, encoding="utf-8")
        done = run("import", "--database", database, tmp_path / name)
    assert "known already" in done.stdout
    assert len(reading(database)) == 1


def test_what_a_person_says_goes_before_what_the_file_says(tmp_path: Path, database: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<html><head><title>Wrong</title></head><body><h1>Wrong</h1><p>Firmaron el acuerdo.</p></body></html>",
        encoding="utf-8",
    )
    run(
        "import", "--database", database, "--url", "https://www.granma.cu/cuba/2026-10-05/acuerdo?utm_source=x",
        "--title", "Firman acuerdo", "--published", "2026-10-05T09:00:00-04:00", tmp_path / "page.html",
    )  # fmt: skip
    (row,) = reading(database)
    assert row["url"] == "https://www.granma.cu/cuba/2026-10-05/acuerdo"
    assert row["source"] == "granma-es"
    assert row["title"] == "Firman acuerdo"
    assert row["published"] == "2026-10-05T13:00:00+00:00"


def test_a_page_without_an_address_is_read_as_a_page_of_nowhere(tmp_path: Path, database: Path) -> None:
    page = "<html><head><title>Acuerdo</title></head><body><h1>Acuerdo</h1><p>Ambos países firmaron.</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    run("import", "--database", database, tmp_path / "page.html")
    (row,) = reading(database)
    assert (row["title"], row["source"], row["language"]) == ("Acuerdo", "imported", "es")
    assert str(row["url"]).startswith("urn:sha256:")


def test_what_a_person_says_later_replaces_what_was_said_before(tmp_path: Path, database: Path) -> None:
    (tmp_path / "one.txt").write_text(HEADED, encoding="utf-8")
    run("import", "--database", database, tmp_path / "one.txt")
    run("import", "--database", database, "--title", "Another headline", tmp_path / "one.txt")
    run(
        "import",
        "--database",
        database,
        "--title",
        "Another headline",
        "--published",
        "2026-10-05",
        tmp_path / "one.txt",
    )
    (row,) = reading(database)
    assert (row["title"], row["published"]) == ("Another headline", "2026-10-05T00:00:00+00:00")


@pytest.mark.parametrize("body", [b"%PDF-1.7\x00\x01\x02" * 20, "Hà Nội".encode("utf-16-le"), bytes(range(256))])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, database: Path, body: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(body)
    assert "neither text nor HTML" in run("import", "--database", database, tmp_path / "file.bin", code=1).stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"), [(["--published", "yesterday"], "ISO 8601"), (["--url", "nonsense"], "nonsense")]
)
def test_what_cannot_be_understood_is_said(
    tmp_path: Path, database: Path, arguments: list[str], complaint: str
) -> None:
    (tmp_path / "one.txt").write_text(HEADED, encoding="utf-8")
    code = 2 if "--published" in arguments else 1
    done = run("import", "--database", database, *arguments, tmp_path / "one.txt", code=code)
    assert complaint in done.stderr


def test_an_empty_file_is_refused_by_name(tmp_path: Path, database: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert "empty.txt" in run("import", "--database", database, tmp_path / "empty.txt", code=1).stderr
