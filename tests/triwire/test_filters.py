"""Each stage as a filter, as a person or an evaluation uses it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import run

from triwire.cli import COMMANDS

PAGES = Path(__file__).resolve().parents[1] / "pages"


def test_extract_prints_a_record() -> None:
    folder = next((PAGES / "granma-es").iterdir())
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    done = run("extract", "--url", expected["url"], folder / "page.html")
    assert json.loads(done.stdout)["title"] == expected["title"]


def test_extract_reads_standard_input() -> None:
    page = "<html><head><title>One</title></head><body><h1>One</h1><p>Two.</p></body></html>"
    assert json.loads(run("extract", "--url", "https://example.org/one", "-", input=page).stdout)["title"] == "One"


def test_extract_says_what_is_no_page() -> None:
    done = run("extract", "--url", "https://example.org/one.pdf", "-", input="%PDF-1.4 \0\0", code=1)
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_identify_keeps_lines_and_order() -> None:
    lines = ["Thủ tướng thăm chính thức Cuba.", "", "El presidente visitó Hanói.", "The minister left Havana."]
    found = [line.split("\t") for line in run("identify", input="\n".join(lines) + "\n").stdout.splitlines()]
    assert [row[2] for row in found] == lines
    assert [row[0] for row in found] == ["vi", "other", "es", "en"]
    assert all(0 <= float(row[1]) <= 1 for row in found)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("vi", ["Việt Nam và Cuba tăng cường hợp tác.", "", "Hai bên ký kết ba thỏa thuận. Lễ ký diễn ra tại Hà Nội."]),
        ("es", ["Vietnam y Cuba fortalecen la cooperación.", "", "Ambas partes firmaron tres acuerdos en La Habana."]),
    ],
)
def test_translate_gives_as_many_lines_as_it_got(language: str, lines: list[str]) -> None:
    found = run("translate", "--from", language, "--to", "en", input="\n".join(lines) + "\n").stdout.split("\n")
    assert len(found) == len(lines) + 1
    assert [bool(line) for line in found[:-1]] == [bool(line) for line in lines]
    assert re.search(r"\b(?:and|the|of|to|in)\b", " ".join(found)), "not a word of English in it"


def test_translate_says_how_to_get_a_missing_package() -> None:
    done = run("translate", "--from", "en", "--to", "vi", input="Hello\n", code=1)
    assert "triwire models install en-vi" in done.stderr


DOCUMENT = {
    "language": "en",
    "title": "Viet Nam hands over 5,200 tonnes of rice in Mariel",
    "body": "HAVANA — Viet Nam handed over 5,200 tonnes of rice to Cuba in the port of Mariel on October 5, in the"
    " presence of Minister Raúl Céspedes Lamas and Ambassador Nguyễn Song Hằng, who thanked the 41 crew members.",
    "published": "2026-10-05T20:00:00+00:00",
}


def test_group_joins_copies_and_says_why() -> None:
    other = {**DOCUMENT, "title": "Rice for Cuba", "published": "2026-10-06T02:00:00+00:00"}
    apart = {**DOCUMENT, "title": "Futsal", "body": "The women won 3-1 in Bangkok on Sunday.", "published": None}
    given = [{"id": key, "extra": 1, **row} for key, row in zip("abc", (DOCUMENT, other, apart), strict=True)]
    done = run("group", input="".join(json.dumps(row) + "\n" for row in given))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in found] == ["a", "b", "c"]
    assert [row["story"] for row in found] == ["a", "a", "c"]
    assert found[0]["reasons"][0]["with"] == "b"
    assert found[2]["reasons"] == []
    assert found[0]["extra"] == 1


def test_group_translates_where_english_is_missing() -> None:
    row = {"id": "a", "language": "es", "title": "Vietnam y Cuba", "body": "Firmaron acuerdos.", "published": None}
    found = json.loads(run("group", input=json.dumps(row) + "\n").stdout)
    assert found["title_en"]
    assert found["body_en"]


def test_group_names_the_line_that_is_no_document() -> None:
    done = run("group", input=json.dumps({"id": "a", **DOCUMENT}) + "\nnonsense\n", code=1)
    assert "line 2" in done.stderr


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"published": "yesterday"}, "ISO 8601"),
        ({"published": 5}, "ISO 8601"),
        ({"body_en": ["a"]}, "body_en must be text"),
        ({"id": ["a"]}, "id must be text"),
    ],
)
def test_group_says_what_is_wrong_with_a_row(change: dict[str, object], complaint: str) -> None:
    done = run("group", input=json.dumps({"id": "a", **DOCUMENT, **change}) + "\n", code=1)
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_group_refuses_ids_that_occur_twice() -> None:
    lines = "".join(json.dumps({"id": key, **DOCUMENT}) + "\n" for key in (1, "1"))
    assert "distinct" in run("group", input=lines, code=1).stderr


GROUPS = {
    "models": ("list", "install", "add", "verify", "remove"),
    "archive": ("list", "prune", "verify"),
}


@pytest.mark.parametrize(
    "command",
    [name for name in COMMANDS if name not in GROUPS]
    + [f"{group} {name}" for group, names in GROUPS.items() for name in names],
)
def test_every_command_takes_a_database(command: str) -> None:
    assert "--database" in run(*command.split(), "--help").stdout


def test_a_mistyped_path_makes_no_database(tmp_path: Path) -> None:
    for command in (["dump"], ["status"], ["retry"], ["search", "word"], ["serve"]):
        assert "no such file" in run(*command, "--database", tmp_path / "mistyped.db", code=1).stderr
    assert list(tmp_path.iterdir()) == []


def test_the_database_can_be_named_in_the_environment(tmp_path: Path) -> None:
    run("process", TRIWIRE_DATABASE=str(tmp_path / "named.db"))
    assert (tmp_path / "named.db").exists()
    # Nothing but the beat that is followed.
    lines = run("dump", TRIWIRE_DATABASE=str(tmp_path / "named.db")).stdout.splitlines()
    assert {json.loads(line)["table"] for line in lines} == {"beats"}


def test_an_error_is_a_line_and_no_traceback(tmp_path: Path) -> None:
    done = run("dump", "--database", tmp_path / "no" / "such" / "news.db", code=1)
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1
