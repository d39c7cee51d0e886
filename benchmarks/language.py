"""How often the language is right, by language and kind of text, against the bars, and how many texts a second.

    python benchmarks/language.py ../shared/langid

reads `*.jsonl.gz` with `lang`, `kind` and `text`, and the repository's own headlines and sentences; what is not vi, es
or en should be called other. Vietnamese is read once more without its marks. Constants were set on the texts whose
CRC-32 is even: `--half 0` are those, `--half 1` the others.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import time
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tabulate import tabulate

from pipeline.language import identify
from pipeline.vocabulary import unmarked
from storage.records import LANGUAGES, OTHER

RESULTS = Path(__file__).parent / "results" / "language.json"


OWN = Path(__file__).parents[1] / "tests" / "pipeline" / "language"
NEAR = ("pt", "ca", "gl", "fr", "it", "id")
BARS = (
    *(("sentences", code, 99.5) for code in LANGUAGES),
    ("sentences without marks", "vi", 97.0),
    *(("word-pairs", code, 92.0) for code in LANGUAGES),
    *(("titles", code, 92.0) for code in LANGUAGES),
    *(("sentences", code, 95.0) for code in NEAR),
)
"""Kind of text, language, and the least share that is to be right, %, over all sets together."""


@dataclass(frozen=True)
class Text:
    set: str
    kind: str
    language: str
    text: str


def _texts(directory: Path) -> Iterator[Text]:
    for file in sorted(directory.glob("*.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).decode().strip().split("\n"):
            row = json.loads(line)
            yield Text(file.name.removesuffix(".jsonl.gz"), row["kind"], row["lang"], row["text"])
    for file in sorted(OWN.glob("*.toml")):
        for name, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
            kind, language = (name, file.stem) if name in {"titles", "sentences"} else ("sentences", name)
            yield from (Text("own", kind, language, text) for text in texts)


def _with_unmarked(texts: Iterable[Text]) -> Iterator[Text]:
    for text in texts:
        yield text
        if text.language == "vi":
            yield replace(text, kind=f"{text.kind} without marks", text=unmarked(text.text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("directory", type=Path, nargs="?", default=Path("../shared/langid"))
    parser.add_argument("--wrong", action="store_true", help="print each text that was taken for another")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only the texts that the constants were (not) set on")
    arguments = parser.parse_args()
    counts: dict[tuple[str, str, str], Counter[str]] = collections.defaultdict(Counter)
    seconds: dict[str, float] = collections.defaultdict(float)
    by: dict[str, Counter[str]] = collections.defaultdict(Counter)
    identify("to load the profiles")
    for text in _with_unmarked(_texts(arguments.directory)):
        if arguments.half is not None and zlib.crc32(text.text.encode()) % 2 != arguments.half:
            continue
        start = time.process_time()
        verdict = identify(text.text)
        seconds[text.kind] += time.process_time() - start
        counts[text.set, text.kind, text.language][verdict.language] += 1
        by[text.kind][str(verdict.evidence["by"])] += 1
        if arguments.wrong and verdict.language != _expected(text.language):
            print(text.kind, text.language, verdict.language, text.text, dict(verdict.evidence), sep="\t")
    rows = []
    for (name, kind, lang), verdicts in sorted(counts.items()):
        right = verdicts[_expected(lang)]
        rows.append(
            {"set": name, "kind": kind, "language": lang, "texts": verdicts.total(), "right": right}
            | {"share": round(100 * right / verdicts.total(), 2)}
            | {f"as_{code}": verdicts[code] for code in (*LANGUAGES, OTHER)}
        )
    bars = [_bar(rows, *bar) for bar in BARS]
    speed = {kind: round(by[kind].total() / seconds[kind]) for kind in by}
    print(tabulate(rows, headers="keys"))
    print(tabulate([{"kind": kind, "texts/s": speed[kind]} | dict(by[kind]) for kind in by], headers="keys"))
    print(tabulate(bars, headers="keys"))
    RESULTS.parent.mkdir(exist_ok=True)
    report = {"half": arguments.half, "bars": bars, "rows": rows, "texts_per_second": speed, "decided_by": by}
    RESULTS.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _expected(language: str) -> str:
    return language if language in LANGUAGES else OTHER


def _bar(rows: Iterable[dict[str, Any]], kind: str, language: str, least: float) -> dict[str, object]:
    these = [row for row in rows if (row["kind"], row["language"]) == (kind, language)]
    texts, right = (sum(row[key] for row in these) for key in ("texts", "right"))
    share = round(100 * right / texts, 2) if texts else 0.0
    return {"kind": kind, "language": language, "texts": texts, "share": share, "bar": least, "held": share >= least}


if __name__ == "__main__":
    main()
