"""Scores translations of the in-domain test, tests/training/in_domain/: frozen, and never trained on.

BLEU and chrF hardly see a wrong figure. So each sentence also lists the numbers, dates and proper names that have to
survive in English, each with the spellings that will do.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "tests" / "training" / "in_domain"

# One number, date or name, in each of its acceptable spellings.
Item = tuple[str, ...]

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FIGURES = {word: str(number) for number, word in enumerate(_WORDS, start=1)}
_OTHER_SPELLING = _FIGURES | {figure: word for word, figure in _FIGURES.items()}
# NFD takes no mark off đ; the dashes and the apostrophe are a matter of house style.
_PLAIN = str.maketrans("đ‐‑‒–—−’", "d------'")


@dataclass(frozen=True)
class Sentence:
    source: str
    english: str
    must: tuple[Item, ...]


@dataclass(frozen=True)
class InDomainScore:
    """`survived` is the share of sentences that lost no item, among those that have any."""

    sentences: int
    bleu: float
    chrf: float
    survived: float


def read_sentences(language: str) -> list[Sentence]:
    rows = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["sentence"]
    return [Sentence(row["source"], row["english"], tuple(map(tuple, row["must"]))) for row in rows]


def survival(sentence: Sentence, translation: str) -> tuple[Item, ...]:
    """The items that are missing from the translation; empty where everything survived."""
    folded = fold(translation)
    return tuple(item for item in sentence.must if not any(_stands_in(folded, spelling) for spelling in item))


def score(sentences: Sequence[Sentence], translations: Sequence[str]) -> InDomainScore:
    import sacrebleu  # comes with the tools for training, not with the product

    references = [[sentence.english for sentence in sentences]]
    whole = [
        not survival(sentence, translation)
        for sentence, translation in zip(sentences, translations, strict=True)
        if sentence.must
    ]
    return InDomainScore(
        sentences=len(sentences),
        bleu=round(sacrebleu.corpus_bleu(translations, references).score, 1),
        chrf=round(sacrebleu.corpus_chrf(translations, references).score, 1),
        survived=round(sum(whole) / len(whole), 3),
    )


def fold(text: str) -> str:
    """Casefolded, NFD without the marks, đ as d, every dash a hyphen, every stretch of white space one space.

    Numbers stay as they are: 1.500 is not 1,500 here.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_PLAIN))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


def _stands_in(folded: str, spelling: str) -> bool:
    """Whether the spelling occurs as whole words. One to twelve may stand as a figure or as a word.

    A currency may touch a number, and a unit (VNĐ6.5 billion, 54kg), but it must be the whole number: 500 is neither
    in 1,500 nor in 500.5, and 11 is not in 11th.
    """
    wanted = fold(spelling)
    return any(
        re.search(_start(form) + re.escape(form) + _end(form), folded)
        for form in (wanted, _OTHER_SPELLING.get(wanted, wanted))
    )


def _start(form: str) -> str:
    return r"(?<!\d)(?<!\d[.,:])" if form[0].isdigit() else r"(?<!\w)"


def _end(form: str) -> str:
    return r"(?!\d|[.,:]\d|(?:st|nd|rd|th)\b)" if form[-1].isdigit() else r"(?!\w)"
