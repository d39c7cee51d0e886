"""Names, numbers and dates in what the starter packages translate: sentences written for this, in survival/."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from pipeline.translation import engine, engine_for, starters
from training.in_domain import Sentence, survival

pytestmark = [
    pytest.mark.usefixtures("argos_home"),
    pytest.mark.skipif(not starters(), reason="this build has no starter packages"),
]

FLOORS = {"vi": 0.93, "es": 0.9}
"""Reached with starter packages 0.3: .955 and .955."""


def sentences(language: str) -> list[Sentence]:
    rows = tomllib.loads((Path(__file__).parent / "survival" / f"{language}.toml").read_text(encoding="utf-8"))
    return [Sentence(row["source"], "", tuple(map(tuple, row["must"]))) for row in rows["sentence"]]


@cache
def translated(language: str) -> list[str]:
    (package,) = (package for package in starters() if (package.from_code, package.to_code) == (language, "en"))
    return [found.text for found in engine_for(package).translate([row.source for row in sentences(language)])]


def lost(language: str, translations: list[str]) -> list[tuple[str, ...]]:
    return [item for row, text in zip(sentences(language), translations, strict=True) for item in survival(row, text)]


@pytest.mark.parametrize("language", ["vi", "es"])
def test_the_set_is_big_enough_and_agrees_with_itself(language: str) -> None:
    rows = sentences(language)
    assert len({row.source for row in rows}) == len(rows) >= 40
    assert all(row.must for row in rows)


@pytest.mark.parametrize("language", ["vi", "es"])
def test_names_numbers_and_dates_survive(language: str) -> None:
    rows, translations = sentences(language), translated(language)
    whole = [not survival(row, text) for row, text in zip(rows, translations, strict=True)]
    assert sum(whole) / len(whole) >= FLOORS[language], lost(language, translations)


def test_witnesses_save_what_symbols_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them more items are lost."""
    with_them = sum(len(lost(language, translated(language))) for language in FLOORS)
    monkeypatch.setattr(engine, "missing", lambda *_: ())
    assert with_them < sum(len(lost(language, translated.__wrapped__(language))) for language in FLOORS)
