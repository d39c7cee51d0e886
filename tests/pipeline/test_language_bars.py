"""The floors of identification, on headlines and sentences of our own, and on the development sets where they are."""

from __future__ import annotations

import gzip
import json
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from pipeline.language import identify, sentence_language
from pipeline.vocabulary import unmarked

OWN = Path(__file__).parent / "language"
OURS = {code: tomllib.loads((OWN / f"{code}.toml").read_text(encoding="utf-8")) for code in ("vi", "es", "en")}
NEIGHBOURS = tomllib.loads((OWN / "neighbours.toml").read_text(encoding="utf-8"))
SETS = Path(__file__).parents[3] / "shared" / "langid"
TITLES, SENTENCES, UNMARKED, OTHERS = 0.92, 0.995, 0.97, 0.95
TEXTS_PER_SECOND = 1000


def share(texts: list[str], language: str) -> float:
    return sum(identify(text).language == language for text in texts) / len(texts)


@pytest.mark.parametrize("code", OURS)
def test_short_titles_are_told(code: str) -> None:
    assert len(OURS[code]["titles"]) >= 40
    assert share(OURS[code]["titles"], code) >= TITLES


@pytest.mark.parametrize("code", OURS)
def test_our_sentences_are_told(code: str) -> None:
    assert share(OURS[code]["sentences"], code) == 1.0


def test_vietnamese_without_marks_is_told() -> None:
    assert share([unmarked(text) for text in OURS["vi"]["sentences"]], "vi") == 1.0
    assert share([unmarked(text) for text in OURS["vi"]["titles"]], "vi") >= TITLES


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_sentences_of_a_neighbour_are_other(code: str) -> None:
    assert share(NEIGHBOURS[code], "other") >= 0.9  # ten sentences


def test_sentences_of_the_neighbours_together_are_other() -> None:
    assert share([text for texts in NEIGHBOURS.values() for text in texts], "other") >= OTHERS


@pytest.mark.parametrize("article", OURS)
@pytest.mark.parametrize("code", OURS)
def test_a_sentence_goes_by_its_own_language_in_any_article(article: str, code: str) -> None:
    assert [text for text in OURS[code]["sentences"] if sentence_language(text, article) != code] == []


@pytest.mark.parametrize("text", ["¡Viva Cuba!", "Vietnam Airlines", "OK", "Made in China", "A. B. C.", "12.500"])
@pytest.mark.parametrize("article", OURS)
def test_a_name_or_a_shout_goes_by_its_article(article: str, text: str) -> None:
    assert sentence_language(text, article) == article


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "xe" * 500_000,
        "áé" * 500_000,
        "e\u0301" * 500_000,
        "1 2 3 . , ; " * 80_000,
        "🙂🇻🇳" * 250_000,
        "@" * 1_000_000,
        "a@" * 500_000,
        "hợp tác сотрудничество 合作 " * 40_000,
        "x " * 500_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_text_costs_no_time(text: str) -> None:
    identify("to load the profiles")
    start = time.process_time()
    verdict = identify(text)
    assert time.process_time() - start < 0.5
    assert 0.0 <= verdict.probability <= 1.0


needs_sets = pytest.mark.skipif(not SETS.is_dir(), reason="the development sets lie in shared/langid")


@pytest.fixture(scope="module")
def measured() -> tuple[dict[tuple[str, str], Counter[str]], float]:
    """Verdicts by kind and language, and texts a second of CPU time."""
    verdicts: dict[tuple[str, str], Counter[str]] = {}
    texts: list[tuple[str, str, str]] = []
    for file in sorted(SETS.glob("*.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).decode().strip().split("\n"):
            row = json.loads(line)
            if row["kind"] == "single-words":
                continue
            texts.append((row["kind"], row["lang"], row["text"]))
            if row["lang"] == "vi":
                texts.append((f"{row['kind']} without marks", "vi", unmarked(row["text"])))
    identify("to load the profiles")
    start = time.process_time()
    for kind, language, text in texts:
        verdicts.setdefault((kind, language), Counter())[identify(text).language] += 1
    return verdicts, len(texts) / (time.process_time() - start)


@needs_sets
@pytest.mark.parametrize(
    ("kind", "language", "verdict", "floor"),
    [
        *(("sentences", code, code, SENTENCES) for code in ("vi", "es", "en")),
        *(("word-pairs", code, code, TITLES) for code in ("vi", "es", "en")),
        ("sentences without marks", "vi", "vi", UNMARKED),
        *(("sentences", code, "other", OTHERS) for code in ("pt", "ca", "gl", "fr", "it", "id")),
    ],
)
def test_the_development_sets(
    measured: tuple[dict[tuple[str, str], Counter[str]], float], kind: str, language: str, verdict: str, floor: float
) -> None:
    counts = measured[0][kind, language]
    assert counts[verdict] / counts.total() >= floor


@needs_sets
def test_a_thousand_texts_a_second(measured: tuple[dict[tuple[str, str], Counter[str]], float]) -> None:
    assert measured[1] >= TEXTS_PER_SECOND
