"""Words of Spanish and English and syllables of Vietnamese; made by `python -m training.vocabulary`.

What a text's words are not in says more than what they are in: Galician and Catalan have letters and little words like
Spanish ones, but two in five of their words, and more, are none.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("vocabulary-1.txt.gz")
WORD = re.compile(r"[^\W\d_]+")


def unmarked(word: str) -> str:
    """Without diacritics; đ is d."""
    letters = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """By language, in small letters: Vietnamese without marks, the others with them, without, and with the marked
    letters gone (*resolucin*), as wrong decoding leaves them."""
    lines = (line.split(" ") for line in gzip.decompress(FILE.read_bytes()).decode().split("\n"))
    return {language: frozenset(form for word in words for form in _forms(word)) for language, *words in lines}


def _forms(word: str) -> set[str]:
    return {word} if word.isascii() else {word, unmarked(word), word.encode("ascii", "ignore").decode()}
