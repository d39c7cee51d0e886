"""Scores the packed packages: python -m training.evaluate --packages DIR --corpora DIR --json FILE.

Each in two ways: the bare .argosmodel file, decoded by CTranslate2, as any user of Argos packages has it; and by
triwire's own engine, which puts symbols for names and figures and tries again what came out wrong.
"""

import argparse
import itertools
import json
import math
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece

from pipeline.translation import Engine, Package
from pipeline.translation import packages as product
from training import in_domain
from training.corpora import Corpora, SentencePair

EVALUATION_SETS = {
    "vi-en": {"flores-dev": "flores-dev", "vlsp20": "vlsp20"},
    "es-en": {"flores-dev": "flores-dev", "wmt10": "wmt10.es-en", "wmt11": "wmt11.es-en"},
}
BATCH_TOKENS = 1024
IN_DOMAIN = "in-domain"
BARE, ENGINE = "bare", "triwire"


@dataclass(frozen=True)
class Decoding:
    """CTranslate2's options, by its names."""

    beam_size: int
    length_penalty: float
    repetition_penalty: float
    no_repeat_ngram_size: int


@dataclass(frozen=True)
class Limit:
    """The most pieces of an output: `factor` times those of its source, and `extra`."""

    factor: float
    extra: int

    def for_source(self, pieces: int) -> int:
        return math.ceil(self.factor * pieces) + self.extra


@dataclass(frozen=True)
class Score:
    """`survived`: the share of the in-domain sentences whose names, numbers and dates all came through."""

    pair: str
    set: str
    way: str
    sentences: int
    bleu: float
    chrf: float
    empty: int
    looping: int
    overlong: int
    words_per_second: float
    decoding: Decoding
    survived: float | None = None


class PackedTranslator:
    """An .argosmodel file, unpacked for as long as the object is in use."""

    def __init__(self, package: Path, scratch: Path, threads: int) -> None:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(scratch)
        (root,) = (file.parent for file in scratch.glob("*/metadata.json"))
        self._vocabulary = sentencepiece.SentencePieceProcessor(model_file=str(root / "sentencepiece.model"))
        self._model = ctranslate2.Translator(str(root / "model"), inter_threads=threads, intra_threads=1)

    def translate(self, sentences: Sequence[str], decoding: Decoding, limit: Limit) -> list[str]:
        sources = self._vocabulary.encode(list(sentences), out_type=str)
        translations = [""] * len(sources)
        for numbers in _batch_by_length(sources):
            results = self._model.translate_batch(
                [sources[number] for number in numbers],
                **asdict(decoding),
                max_decoding_length=limit.for_source(max(len(sources[number]) for number in numbers)),
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
            )
            for number, result in zip(numbers, results, strict=True):
                translations[number] = self._vocabulary.decode(result.hypotheses[0])
        return translations


def engine_of(entry: dict[str, object], folder: Path, decoding: Decoding) -> Engine:
    """triwire's engine over a package that is not among its own yet."""
    package = Package(
        name=f"translate-{entry['from']}_{entry['to']}",
        version=str(entry["version"]),
        from_code=str(entry["from"]),
        to_code=str(entry["to"]),
        sha256=str(entry["sha256"]),
        path=folder / str(entry["file"]),
        origin="starter",
        decoding=product.Decoding.read(asdict(decoding), str(entry["file"])),
        licence=str(entry["licence"]),
        masks=entry.get("masks") == product.masks.SCHEME,
    )
    return Engine(package)


def score(
    name: str,
    way: str,
    sentences: Sequence[SentencePair],
    translate: Callable[[list[str]], list[str]],
    decoding: Decoding,
    pair: str,
) -> tuple[Score, list[str]]:
    """With the translations."""
    sources = [sentence.source for sentence in sentences]
    started = time.monotonic()
    translations = translate(sources)
    seconds = time.monotonic() - started
    references = [[sentence.english for sentence in sentences]]
    counted = Score(
        pair=pair,
        set=name,
        way=way,
        sentences=len(sentences),
        bleu=round(sacrebleu.corpus_bleu(translations, references).score, 1),
        chrf=round(sacrebleu.corpus_chrf(translations, references).score, 1),
        empty=sum(not translation.strip() for translation in translations),
        looping=sum(map(is_looping, translations)),
        overlong=sum(
            len(translation.split()) > 2 * len(source.split())
            for source, translation in zip(sources, translations, strict=True)
        ),
        words_per_second=round(sum(len(source.split()) for source in sources) / seconds, 1),
        decoding=decoding,
    )
    if name == IN_DOMAIN:
        survived = in_domain.score(in_domain.read_sentences(pair.split("-", maxsplit=1)[0]), translations).survived
        counted = replace(counted, survived=survived)
    return counted, translations


def is_looping(text: str) -> bool:
    """Whether some three words come three times running."""
    words = text.split()
    return any(words[at : at + 3] == words[at + 3 : at + 6] == words[at + 6 : at + 9] for at in range(len(words) - 8))


def read_sets(folder: Path) -> dict[str, dict[str, list[SentencePair]]]:
    """The evaluation sets of each pair, and the slice of invented news that was held out of its training."""
    held_out = Corpora.read(folder).validation
    return {
        pair: {
            **{name: _read_set(folder / "eval" / stem, pair.split("-")[0]) for name, stem in stems.items()},
            "beat-held-out": held_out[f"beat.{pair}"],
            IN_DOMAIN: [
                SentencePair(sentence.source, sentence.english)
                for sentence in in_domain.read_sentences(pair.split("-")[0])
            ],
        }
        for pair, stems in EVALUATION_SETS.items()
    }


def _read_set(stem: Path, language: str) -> list[SentencePair]:
    sources, references = (
        stem.with_name(f"{stem.name}.{code}").read_text(encoding="utf-8").splitlines() for code in (language, "en")
    )
    return list(itertools.starmap(SentencePair, zip(sources, references, strict=True)))


def _batch_by_length(sources: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Numbers of sources of about one length, so that one limit on the output suits all of a batch."""
    numbers = sorted(range(len(sources)), key=lambda number: len(sources[number]))
    for _, alike in itertools.groupby(numbers, key=lambda number: len(sources[number]) // 8):
        yield list(alike)


def _print_table(scores: Sequence[Score]) -> None:
    print("pair   set            way      beam  BLEU  chrF  empty  looping  overlong  survived  words/s")
    for row in scores:
        survived = "" if row.survived is None else f"{row.survived:.1%}"
        print(
            f"{row.pair:6} {row.set:14} {row.way:8} {row.decoding.beam_size:4}  {row.bleu:4.1f}  {row.chrf:4.1f}"
            f"  {row.empty:5}  {row.looping:7}  {row.overlong:8}  {survived:>8}  {row.words_per_second:7.0f}"
        )


def _record(packages: Path, scores: Sequence[Score], decoding: Decoding) -> None:
    """Into packages.json: how to decode, and the scores that were reached so."""
    listing = json.loads(packages.read_text(encoding="utf-8"))
    for package in listing["packages"]:
        of_package = [row for row in scores if row.pair == package["pair"] and row.decoding == decoding]
        for key, way in (("scores", ENGINE), ("bare_scores", BARE)):
            package[key] = {
                row.set: {
                    "bleu": row.bleu,
                    "chrf": row.chrf,
                    **({} if row.survived is None else {"survived": row.survived}),
                }
                for row in of_package
                if row.way == way
            }
        package["decoding"] = asdict(decoding)
    packages.write_text(json.dumps(listing, indent=2) + "\n", encoding="utf-8")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True, help="folder with packages.json")
    parser.add_argument("--corpora", type=Path, required=True, help="folder with eval/ and the corpora")
    parser.add_argument("--json", type=Path, required=True, help="file for the scores")
    parser.add_argument(
        "--beams",
        type=int,
        nargs="+",
        default=[4, 2],
        help="beam sizes; the scores of the first are recorded in packages.json",
    )
    parser.add_argument("--length-penalty", type=float, default=0.2)
    parser.add_argument("--repetition-penalty", type=float, default=1.0)
    parser.add_argument("--no-repeat-ngram-size", type=int, default=0)
    parser.add_argument("--longest-factor", type=float, default=2.0)
    parser.add_argument("--longest-extra", type=int, default=10)
    parser.add_argument("--sentences", type=int, help="of each set, from its start; without it all")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    options = parse_options()
    limit = Limit(options.longest_factor, options.longest_extra)
    decodings = [
        Decoding(beam, options.length_penalty, options.repetition_penalty, options.no_repeat_ngram_size)
        for beam in options.beams
    ]
    listing = json.loads((options.packages / "packages.json").read_text(encoding="utf-8"))
    sets = read_sets(options.corpora)
    scores: list[Score] = []
    outputs: dict[str, list[str]] = {}
    for entry in listing["packages"]:
        pair = entry["pair"]
        with tempfile.TemporaryDirectory() as scratch:
            bare = PackedTranslator(options.packages / entry["file"], Path(scratch), options.threads)
            for decoding in decodings:
                engine = engine_of(entry, options.packages, decoding)
                ways: dict[str, Callable[[list[str]], list[str]]] = {
                    BARE: partial(bare.translate, decoding=decoding, limit=limit),
                    ENGINE: lambda sources, engine=engine: [found.text for found in engine.translate(sources)],
                }
                for name, sentences in sets[pair].items():
                    for way, translate in ways.items():
                        row, translations = score(name, way, sentences[: options.sentences], translate, decoding, pair)
                        scores.append(row)
                        outputs[f"{pair} {name} {way} {decoding.beam_size}"] = translations
    _print_table(scores)
    options.json.write_text(json.dumps([asdict(row) for row in scores], indent=2) + "\n", encoding="utf-8")
    written = json.dumps(outputs, indent=1, ensure_ascii=False)
    options.json.with_name("translations.json").write_text(written + "\n", encoding="utf-8")
    if options.sentences is None:
        _record(options.packages / "packages.json", scores, decodings[0])


if __name__ == "__main__":
    main()
