"""Words a second of the starter packages beside a base transformer: python benchmarks/starter_speed.py --json FILE.

The base transformer has the shape of the public Argos packages: 6+6 layers, width 512, 8 heads, feed-forward 2048 and
32,000 pieces. Its weights are random, which makes no difference to the time. So that both do the same work, each
decodes exactly as many tokens as the starter's own translation of the batch has on average; in int8, on the same
threads, in the same run, batch by batch in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import ctranslate2
import numpy as np
import numpy.typing as npt
from ctranslate2.specs import TransformerSpec

from pipeline.translation import archives, starters
from pipeline.translation.pieces import Pieces
from training.in_domain import read_sentences

if TYPE_CHECKING:
    from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
    from ctranslate2.specs.model_spec import LayerSpec

WIDTH, FEED_FORWARD, VOCABULARY, LAYERS, HEADS = 512, 2048, 32_000, 6, 8
ROUNDS = 3
BATCH = 16


@dataclass(frozen=True)
class Speed:
    pair: str
    beam: int
    words: int
    starter_words_per_second: float
    base_words_per_second: float
    ratio: float


def base_transformer(folder: Path) -> ctranslate2.Translator:
    dice = np.random.default_rng(1)
    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)
    spec.encoder.embeddings[0].weight = _matrix(dice, VOCABULARY, WIDTH)
    spec.decoder.embeddings.weight = _matrix(dice, VOCABULARY, WIDTH)
    spec.decoder.projection.weight = _matrix(dice, VOCABULARY, WIDTH)
    spec.decoder.projection.bias = np.zeros(VOCABULARY, np.float32)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = _matrix(dice, 512, WIDTH)
        _norm(side.layer_norm)
        for layer in side.layer:
            _fill(layer, dice)
    pieces = ["<unk>", "<s>", "</s>", *(f"p{number}" for number in range(VOCABULARY - 3))]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))
    return ctranslate2.Translator(str(folder), inter_threads=1, intra_threads=_cores())


def _fill(layer: LayerSpec, dice: np.random.Generator) -> None:
    for name in ("self_attention", "attention"):
        attention = getattr(layer, name, None)
        if attention is not None:
            _norm(attention.layer_norm)
            sizes = [3 * WIDTH] if name == "self_attention" else [WIDTH, 2 * WIDTH]
            for linear, size in zip(attention.linear, (*sizes, WIDTH), strict=True):
                _linear(linear, dice, size, WIDTH)
    _norm(layer.ffn.layer_norm)
    _linear(layer.ffn.linear_0, dice, FEED_FORWARD, WIDTH)
    _linear(layer.ffn.linear_1, dice, WIDTH, FEED_FORWARD)


def _linear(spec: LinearSpec, dice: np.random.Generator, outputs: int, inputs: int) -> None:
    spec.weight = _matrix(dice, outputs, inputs)
    spec.bias = np.zeros(outputs, np.float32)


def _norm(spec: LayerNormSpec) -> None:
    spec.gamma = np.ones(WIDTH, np.float32)
    spec.beta = np.zeros(WIDTH, np.float32)


def _matrix(dice: np.random.Generator, rows: int, columns: int) -> npt.NDArray[np.float32]:
    return (dice.standard_normal((rows, columns), np.float32) * columns**-0.5).astype(np.float32)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _seconds(translator: ctranslate2.Translator, batch: list[list[str]], beam: int, length: int) -> float:
    started = time.perf_counter()
    translator.translate_batch(batch, beam_size=beam, min_decoding_length=length, max_decoding_length=length)
    return time.perf_counter() - started


def measure(beams: list[int]) -> list[Speed]:
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        base = base_transformer(Path(scratch) / "base")
        for package in starters():
            members = archives.read_members(package.path)
            model = {name.removeprefix("model/"): data for name, data in members.items() if name.startswith("model/")}
            starter = ctranslate2.Translator("starter", inter_threads=1, intra_threads=_cores(), files=model)
            tokenizer = Pieces(members["sentencepiece.model"], package.path.name)
            sources = sorted((s.source for s in read_sentences(package.from_code)), key=lambda text: len(text.split()))
            batches = [sources[at : at + BATCH] for at in range(0, len(sources), BATCH)]
            results += [_compare(package.pair, starter, base, tokenizer, batches, beam) for beam in beams]
    return results


def _compare(pair: str, starter: Any, base: Any, tokenizer: Pieces, batches: list[list[str]], beam: int) -> Speed:
    taken = {"starter": 0.0, "base": 0.0}
    words = 0
    for number in range(ROUNDS + 1):
        for batch in batches:
            pieces = [tokenizer.encode(text) for text in batch]
            outputs = starter.translate_batch(pieces, beam_size=1)
            length = round(sum(len(output.hypotheses[0]) for output in outputs) / len(outputs))
            others = [[f"p{hash(piece) % 30_000}" for piece in row] for row in pieces]
            seconds = _seconds(starter, pieces, beam, length), _seconds(base, others, beam, length)
            if number:  # the first round warms up
                taken["starter"] += seconds[0]
                taken["base"] += seconds[1]
                words += sum(len(text.split()) for text in batch)
    speeds = {name: words / seconds for name, seconds in taken.items()}
    return Speed(
        pair,
        beam,
        words,
        round(speeds["starter"], 1),
        round(speeds["base"], 1),
        round(speeds["starter"] / speeds["base"], 2),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beams", type=int, nargs="+", default=[4, 2])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = measure(options.beams)
    print("pair   beam  starter words/s  base transformer words/s  ratio")
    for row in results:
        print(
            f"{row.pair:6} {row.beam:4}  {row.starter_words_per_second:15,.0f}"
            f"  {row.base_words_per_second:24,.0f}  {row.ratio:5.2f}"
        )
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in results], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
