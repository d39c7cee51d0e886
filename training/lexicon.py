"""Writes the Spanish words that are no names: python -m training.lexicon --corpora DIR.

What the corpora write in small letters, and the names that English spells otherwise (Brasil, Londres). A word in
capitals that is neither may be kept as it is.
"""

import argparse
import gzip
import re
from collections import Counter
from pathlib import Path

from pipeline.translation.figure_words import unmarked
from training.corpora import Corpora

FILE = Path(__file__).parents[1] / "pipeline" / "translation" / "spanish-words-1.txt.gz"
FEWEST = 2  # occurrences in small letters: one may be a slip
KEPT = 0.8  # share of a name's sentences in which English has it too

_WORD = re.compile(r"[^\W\d_]+")


def collect(corpora: Corpora) -> list[str]:
    """Without marks and capitals, sorted."""
    small: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for corpus, pairs in corpora.training.items():
        if not corpus.pair.startswith("es"):
            continue
        for pair in pairs:
            english = set(_WORD.findall(unmarked(pair.english).casefold()))
            for word in set(_WORD.findall(pair.source)):
                plain = unmarked(word).casefold()
                if word.islower():
                    small[plain] += 1
                elif word[:1].isupper() and not word.isupper():
                    seen[plain] += 1
                    kept[plain] += plain in english
    common = {word for word, count in small.items() if count >= FEWEST}
    return sorted(common | {word for word, count in seen.items() if kept[word] < KEPT * count})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with the corpora")
    words = collect(Corpora.read(parser.parse_args().corpora))
    FILE.write_bytes(gzip.compress("\n".join(words).encode(), mtime=0))
    print(f"{FILE.name}: {len(words):,} words, {FILE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
