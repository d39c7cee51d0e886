import unicodedata
from collections import Counter
from pathlib import Path

import pytest

GLOSSARY = Path(__file__).parents[2] / "pipeline" / "glossary" / "beat.tsv"
TEXT = GLOSSARY.read_bytes().decode()
COLUMNS = ["kind", "vi", "es", "en", "usual_in", "note"]
KINDS = [
    *("rank", "office", "institution", "ministry", "party", "treaty", "media", "place", "organisation", "company"),
    *("event", "term"),
]
CODES = {
    *("VNS", "VNA", "VOV", "ND", "QDND", "MOFA", "GRA", "PL", "ACN", "RHC", "MINREX"),
    *("UN", "ISO", "NATO", "gov"),
}
LINES = [line.split("\t") for line in TEXT.removesuffix("\n").split("\n")]
ENTRIES = [dict(zip(COLUMNS, cells, strict=False)) for cells in LINES[1:]]


def test_the_file_is_nfc_with_unix_lines_and_no_byte_order_mark() -> None:
    assert unicodedata.is_normalized("NFC", TEXT)
    assert TEXT.endswith("\n")
    assert not {"\r", "\ufeff", "\u00a0"} & set(TEXT)


def test_every_line_has_the_six_columns() -> None:
    assert LINES[0] == COLUMNS
    assert [cells for cells in LINES if len(cells) != len(COLUMNS)] == []


def test_no_cell_has_stray_spaces_or_an_empty_spelling() -> None:
    spellings = [spelling for cells in LINES for cell in cells for spelling in (cell.split("|") if cell else [])]
    assert [spelling for spelling in spellings if spelling != " ".join(spelling.split()) or not spelling] == []
    assert [entry for entry in ENTRIES if "|" in entry["kind"] + entry["usual_in"] + entry["note"]] == []


def test_the_kinds_are_known_and_stand_in_blocks() -> None:
    kinds = [entry["kind"] for entry in ENTRIES]
    assert set(kinds) == set(KINDS)
    assert kinds == sorted(kinds, key=KINDS.index)


def test_the_codes_are_known_and_stand_once() -> None:
    codes = [entry["usual_in"].split() for entry in ENTRIES]
    assert {code for of_entry in codes for code in of_entry} <= CODES
    assert [of_entry for of_entry in codes if len(set(of_entry)) != len(of_entry)] == []


def test_every_entry_is_in_english_and_one_other_language() -> None:
    assert [entry for entry in ENTRIES if not entry["en"] or not (entry["vi"] or entry["es"])] == []


@pytest.mark.parametrize("language", ["vi", "es"])
def test_a_spelling_belongs_to_one_entry(language: str) -> None:
    entries_of = Counter(
        spelling
        for entry in ENTRIES
        for spelling in {spelling.casefold() for spelling in entry[language].split("|") if spelling}
    )
    assert [spelling for spelling, count in entries_of.items() if count > 1] == []


@pytest.mark.parametrize("language", ["vi", "es", "en"])
def test_a_cell_holds_a_spelling_once(language: str) -> None:
    cells = [entry[language].split("|") for entry in ENTRIES]
    assert [cell for cell in cells if len(set(cell)) != len(cell)] == []


def test_the_glossary_is_as_large_as_promised() -> None:
    assert len(ENTRIES) >= 450
    assert sum(bool(entry["vi"]) for entry in ENTRIES) >= 380
    assert sum(bool(entry["es"]) for entry in ENTRIES) >= 330
    assert sum(bool(entry["vi"] and entry["es"]) for entry in ENTRIES) >= 280
