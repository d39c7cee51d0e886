"""Spanish words that are no names, and names that English spells otherwise; made by `python -m training.lexicon`."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("spanish-words-1.txt.gz")


@cache
def spanish_words() -> frozenset[str]:
    """55,083 words without marks, in small letters; about 10 ms to read."""
    return frozenset(gzip.decompress(FILE.read_bytes()).decode().split("\n"))
