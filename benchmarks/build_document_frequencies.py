"""Count in how many blocks of five English sentences each word stands, and write the frozen table of
pipeline.grouping.

    python benchmarks/build_document_frequencies.py ../shared/mt

Reads the English side of `vi-en.tsv.zst` and `es-en.tsv.zst` (with the `zstdcat` command), only of corpora
whose licence permits any use. Only counts are kept. A new table gets a new number: stored signals name the
one they were made with.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.grouping.terms import TABLE, read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREE = """alt tatoeba xquad mlqa_questions vote_gov
    europarl_nc_20k pawsx_devtest un_testset tico19 mt_geneval pud un_sdg"""
CORPORA = frozenset(_FREE.split())
EVERY = {"tatoeba": 8}
"""Short everyday sentences, and far more of them than of news: one in so many is counted."""

SENTENCES = 5
"""A block stands for a lead or a short item, which is what the weights are used on."""

LEAST = 2


def main(folder: Path) -> None:
    counts: Counter[str] = Counter()
    blocks = 0
    for block in _blocks(folder):
        counts.update(set(read_terms(" ".join(block))))
        blocks += 1
    kept = sorted(word for word, count in counts.items() if count >= LEAST)
    lines = [f"blocks of {SENTENCES} sentences: {blocks}", *(f"{word}\t{counts[word]}" for word in kept)]
    target = Path(__file__).parent.parent / "pipeline" / "grouping" / TABLE
    target.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    print(f"{blocks} blocks, {len(kept)} terms, {target.stat().st_size} bytes")


def _blocks(folder: Path) -> Iterator[list[str]]:
    for name in ("vi-en.tsv.zst", "es-en.tsv.zst"):
        lines = _sentences(folder / name)
        while block := list(islice(lines, SENTENCES)):
            yield block


def _sentences(path: Path) -> Iterator[str]:
    seen: Counter[str] = Counter()
    with subprocess.Popen(["zstdcat", str(path)], stdout=subprocess.PIPE, text=True, encoding="utf-8") as unpacked:
        for line in unpacked.stdout or ():
            _, english, corpus = line.rstrip("\n").split("\t")
            seen[corpus] += 1
            if corpus in CORPORA and seen[corpus] % EVERY.get(corpus, 1) == 0:
                yield english


if __name__ == "__main__":
    main(Path(sys.argv[1]))
