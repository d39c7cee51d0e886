"""How often the language is right, by language and kind of text, and how many texts a second.

    python benchmarks/language.py ../shared/langid

reads `*.jsonl.gz` with `lang`, `kind` and `text`; what is not vi, es or en should be called other.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import time
from collections import Counter
from pathlib import Path

from tabulate import tabulate

from pipeline.language import identify
from storage.records import LANGUAGES, OTHER

RESULTS = Path(__file__).parent / "results" / "language.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("directory", type=Path, nargs="?", default=Path("../shared/langid"))
    parser.add_argument("--wrong", action="store_true", help="print each text that was taken for another")
    arguments = parser.parse_args()
    counts: dict[tuple[str, str, str], Counter[str]] = collections.defaultdict(Counter)
    seconds: dict[str, float] = collections.defaultdict(float)
    by: dict[str, Counter[str]] = collections.defaultdict(Counter)
    identify("to load the profiles")
    for file in sorted(arguments.directory.glob("*.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).decode().strip().split("\n"):
            row = json.loads(line)
            expected = row["lang"] if row["lang"] in LANGUAGES else OTHER
            start = time.perf_counter()
            verdict = identify(row["text"])
            seconds[row["kind"]] += time.perf_counter() - start
            counts[file.name.removesuffix(".jsonl.gz"), row["kind"], row["lang"]][verdict.language] += 1
            by[row["kind"]][str(verdict.evidence["by"])] += 1
            if arguments.wrong and verdict.language != expected:
                print(row["lang"], verdict.language, row["text"], dict(verdict.evidence), sep="\t")
    rows = []
    for (name, kind, lang), verdicts in sorted(counts.items()):
        right = verdicts[lang if lang in LANGUAGES else OTHER]
        rows.append(
            {"set": name, "kind": kind, "language": lang, "texts": verdicts.total(), "right": right}
            | {"share": round(100 * right / verdicts.total(), 2)}
            | {f"as_{code}": verdicts[code] for code in (*LANGUAGES, OTHER)}
        )
    speed = {kind: round(by[kind].total() / seconds[kind]) for kind in by}
    print(tabulate(rows, headers="keys"))
    print(tabulate([{"kind": kind, "texts/s": speed[kind]} | dict(by[kind]) for kind in by], headers="keys"))
    RESULTS.parent.mkdir(exist_ok=True)
    report = {"rows": rows, "texts_per_second": speed, "decided_by": by}
    RESULTS.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
