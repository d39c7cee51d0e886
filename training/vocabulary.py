"""Writes the words that tell the wire's languages from their neighbours: python -m training.vocabulary --corpora DIR.

A line a language, sorted: the words of the free corpora (training/corpora.py) that are written in small letters there,
and the names that the other side spells otherwise (January, Alemania); of Vietnamese the syllables, without marks. A
word that the other side has ten times as often is a quotation or a slip.
"""

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import zstandard

from pipeline.vocabulary import FILE, WORD, unmarked
from training.corpora import CORPORA

FEWEST = {"vi": 5, "es": 2, "en": 2}  # occurrences: fewer may be a slip
FOREIGN = 0.1  # of its rate on the other side of the corpus
KEPT = 0.3  # share of a name's sentences in which the other side has it, too


def _count(corpora: Path) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {"vi": Counter(), "es": Counter(), "en": Counter()}
    named: dict[str, Counter[str]] = {"es": Counter(), "en": Counter()}
    kept: dict[str, Counter[str]] = {"es": Counter(), "en": Counter()}
    for source, english, pair in _pairs(corpora):
        sides = {pair[:2]: WORD.findall(source), "en": WORD.findall(english)}
        for language, words in sides.items():
            counts[language].update(word for word in words if word.islower())
        if pair == "es-en":
            for language, words in sides.items():
                names = {word for word in words[1:] if word.istitle()}
                named[language].update(names)
                kept[language].update(names.intersection(sides["en" if language == "es" else "es"]))
    for language, names in named.items():
        counts[language].update({w.lower(): n for w, n in names.items() if kept[language][w] < KEPT * n})
    return counts


def _pairs(corpora: Path) -> Iterator[tuple[str, str, str]]:
    for pair in ("vi-en", "es-en"):
        free = {corpus.name for corpus in CORPORA if corpus.pair == pair}
        rows = zstandard.decompress((corpora / f"{pair}.tsv.zst").read_bytes()).decode().strip("\n").split("\n")
        for source, english, name in (row.split("\t") for row in rows):
            if name in free:
                yield source, english, pair


def collect(counts: dict[str, Counter[str]]) -> dict[str, list[str]]:
    totals = {language: counter.total() for language, counter in counts.items()}
    kept = {}
    for language, counter in counts.items():
        others = [other for other in counts if other != language]
        words = {
            word
            for word, count in counter.items()
            if count >= FEWEST[language]
            and all(count / totals[language] >= FOREIGN * counts[o][word] / totals[o] for o in others)
        }
        kept[language] = sorted({unmarked(word) for word in words} if language == "vi" else words)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with the corpora")
    words = collect(_count(parser.parse_args().corpora))
    lines = [f"{language} {' '.join(words[language])}" for language in sorted(words)]
    FILE.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    sizes = ", ".join(f"{len(words[language]):,} {language}" for language in sorted(words))
    print(f"{FILE.name}: {sizes}, {FILE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
