import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import LONGEST, Sentence, cut, split, split_paragraph

CASES = [
    (file.stem, line)
    for file in sorted((Path(__file__).parent / "sentences").glob("*.txt"))
    for line in file.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "line"), CASES)
def test_a_paragraph_is_split_where_the_case_says(language: str, line: str) -> None:
    expected = line.split(" | ")
    assert split_paragraph(" ".join(expected), language) == expected


def test_the_cases_are_many_in_each_language() -> None:
    assert {language for language, _ in CASES} == {"vi", "es", "en"}
    assert len(CASES) >= 60


def test_paragraphs_are_numbered_and_single_newlines_are_spaces() -> None:
    text = "Cuba wins.\nVietnam\nloses.\n\n\n \n\nNobody knows why."
    assert split(text, "en") == [
        Sentence(0, "Cuba wins."),
        Sentence(0, "Vietnam loses."),
        Sentence(1, "Nobody knows why."),
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "\n"])
def test_a_blank_text_has_no_sentences(text: str) -> None:
    assert split(text, "vi") == []


def test_a_long_sentence_is_cut_at_the_semicolon_nearest_its_middle() -> None:
    first, second = " ".join(["một", "hai,"] * 35) + " ba;", " ".join(["bốn", "năm,"] * 40) + " sáu."
    assert cut(f"{first} {second}") == [first, second]


def test_a_long_sentence_without_marks_is_cut_all_the_same() -> None:
    words = " ".join(f"w{number}" for number in range(1000))
    parts = cut(words)
    assert " ".join(parts) == words
    assert max(len(part.split()) for part in parts) <= LONGEST


@given(st.text(alphabet='aAđĐ1.…!?"”«»)( ,;:-\n', max_size=200), st.sampled_from(["vi", "es", "en"]))
def test_nothing_is_lost_but_white_space(text: str, language: str) -> None:
    assert "".join("".join(sentence.text.split()) for sentence in split(text, language)) == "".join(text.split())


@given(st.text(max_size=120), st.sampled_from(["vi", "es", "en"]))
def test_any_text_at_all_comes_back(text: str, language: str) -> None:
    assert "".join("".join(sentence.text.split()) for sentence in split(text, language)) == "".join(text.split())


@given(st.text(alphabet="aAbđĐ1.…!? ", max_size=200), st.sampled_from(["vi", "es", "en"]))
def test_where_a_space_stood_a_space_joins(text: str, language: str) -> None:
    spaced = re.sub(r"([.…!?])(?=[^\s.…!?])", r"\1 ", text)
    assert " ".join(sentence.text for sentence in split(spaced, language)) == " ".join(spaced.split())
