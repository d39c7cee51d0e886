"""Scores the packed packages: python -m training.evaluate --packages DIR --corpora DIR --json FILE.

What is scored is the .argosmodel file, decoded by CTranslate2, as the product does it.
"""

import argparse
import itertools
import json
import math
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece

from training.corpora import Corpora, SentencePair

EVALUATION_SETS = {
    "vi-en": {"flores-dev": "flores-dev", "vlsp20": "vlsp20"},
    "es-en": {"flores-dev": "flores-dev", "wmt10": "wmt10.es-en", "wmt11": "wmt11.es-en"},
}
BATCH_TOKENS = 1024


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
    pair: str
    set: str
    sentences: int
    bleu: float
    chrf: float
    empty: int
    looping: int
    overlong: int
    words_per_second: float
    decoding: Decoding


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


def score(
    pair: str,
    name: str,
    sentences: Sequence[SentencePair],
    translator: PackedTranslator,
    decoding: Decoding,
    limit: Limit,
) -> Score:
    sources = [sentence.source for sentence in sentences]
    started = time.monotonic()
    translations = translator.translate(sources, decoding, limit)
    seconds = time.monotonic() - started
    references = [[sentence.english for sentence in sentences]]
    return Score(
        pair=pair,
        set=name,
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
    print("pair   set            beam  BLEU  chrF  empty  looping  overlong  words/s")
    for row in scores:
        print(
            f"{row.pair:6} {row.set:14} {row.decoding.beam_size:4}  {row.bleu:4.1f}  {row.chrf:4.1f}"
            f"  {row.empty:5}  {row.looping:7}  {row.overlong:8}  {row.words_per_second:7.0f}"
        )


def _record(packages: Path, scores: Sequence[Score], decoding: Decoding, limit: Limit) -> None:
    """Into packages.json: how to decode, and the scores that were reached so."""
    listing = json.loads(packages.read_text(encoding="utf-8"))
    for package in listing["packages"]:
        package["scores"] = {
            row.set: {"bleu": row.bleu, "chrf": row.chrf}
            for row in scores
            if row.pair == package["pair"] and row.decoding == decoding
        }
        package["decoding"] = asdict(decoding)
        package["max_decoding_length"] = asdict(limit)
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
        help="beam sizes; the first is recorded in packages.json",
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
    for package in listing["packages"]:
        with tempfile.TemporaryDirectory() as scratch:
            translator = PackedTranslator(options.packages / package["file"], Path(scratch), options.threads)
            scores += [
                score(package["pair"], name, sentences[: options.sentences], translator, decoding, limit)
                for name, sentences in sets[package["pair"]].items()
                for decoding in decodings
            ]
    _print_table(scores)
    options.json.write_text(json.dumps([asdict(row) for row in scores], indent=2) + "\n", encoding="utf-8")
    if options.sentences is None:
        _record(options.packages / "packages.json", scores, decodings[0], limit)


if __name__ == "__main__":
    main()
