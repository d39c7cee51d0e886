"""Begins a run with the weights of a finished package: python -m training.continuing --package FILE --out DIR.

What the repository carries is then enough to train on, long after the checkpoint is gone. The weights come back as int8
had them, within half a step of a row's largest over 127, and are packed again without a further loss. Only the state of
the optimizers is missing; `training.pretrained` warms them up again.
"""

import argparse
import json
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sentencepiece
import torch
from sentencepiece import sentencepiece_model_pb2
from torch import Tensor

from training.encoder import EncoderShape
from training.model import Shape
from training.pretrained_model import PretrainedTransformer
from training.pruning import ENGLISH_MODEL, SOURCE_MODEL
from training.train import Progress

BINARY_VERSION = 6
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)
Arrays = Mapping[str, npt.NDArray[np.float32]]


class UnreadablePackage(Exception):
    """The file is no package that `training.export_pretrained` wrote."""


def read_package(package: Path) -> dict[str, bytes]:
    """The files in it, without the folder that all of them lie in."""
    with zipfile.ZipFile(package) as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def read_variables(data: bytes) -> dict[str, npt.NDArray[np.float32]]:
    """CTranslate2's model.bin (as `ModelSpec._serialize` writes it), the int8 matrices times their rows' scales."""
    reader = _Reader(data)
    if (version := reader.number("I")) != BINARY_VERSION:
        raise UnreadablePackage(f"its model.bin is of version {version}, not {BINARY_VERSION}")
    reader.text()
    reader.number("I")
    stored = dict(reader.variable() for _ in range(reader.number("I")))
    aliases = {reader.text(): reader.text() for _ in range(reader.number("I"))}
    floats = {name: _as_float(name, stored) for name in stored if not name.endswith("_scale")}
    return floats | {alias: floats[name] for alias, name in aliases.items() if name in floats}


def rebuild(arrays: Arrays, dropout: float) -> PretrainedTransformer:
    """The model whose weights `training.export_pretrained.convert` put into these arrays."""
    encoder_words, decoder_words = arrays["encoder/embeddings_0/weight"], arrays["decoder/embeddings/weight"]
    positions = arrays["encoder/position_encodings/encodings"]
    feed_forward = arrays["encoder/layer_0/ffn/linear_0/weight"]
    width = encoder_words.shape[1]
    layers, decoder_layers = (_count_layers(arrays, side) for side in ("encoder", "decoder"))
    heads, decoder_heads = (int(arrays[f"{side}/num_heads"]) for side in ("encoder", "decoder"))
    model = PretrainedTransformer(
        EncoderShape(len(encoder_words), width, heads, layers, len(feed_forward), len(positions)),
        Shape(
            vocabulary=len(decoder_words),
            width=width,
            heads=decoder_heads,
            encoder_layers=layers,
            decoder_layers=decoder_layers,
            feed_forward=len(arrays["decoder/layer_0/ffn/linear_0/weight"]),
            max_positions=len(arrays["decoder/position_encodings/encodings"]),
            dropout=dropout,
        ),
    )
    model.load_state_dict(dict(_state(arrays, layers, decoder_layers)))
    return model


def _count_layers(arrays: Arrays, side: str) -> int:
    found = (re.match(rf"{side}/layer_(\d+)/", name) for name in arrays)
    return len({match[1] for match in found if match})


def _state(arrays: Arrays, layers: int, decoder_layers: int) -> Iterator[tuple[str, Tensor]]:
    """The names of torch beside those of CTranslate2."""
    yield "encoder.embedding.weight", torch.from_numpy(arrays["encoder/embeddings_0/weight"])
    yield "encoder.positions", torch.from_numpy(arrays["encoder/position_encodings/encodings"])
    yield from _norm(arrays, "encoder.embedding_norm", "encoder/layernorm_embedding")
    for number in range(layers):
        ours, theirs = f"encoder.blocks.{number}", f"encoder/layer_{number}"
        yield from _linear(arrays, f"{ours}.query_key_value", f"{theirs}/self_attention/linear_0")
        yield from _linear(arrays, f"{ours}.output", f"{theirs}/self_attention/linear_1")
        yield from _norm(arrays, f"{ours}.attention_norm", f"{theirs}/self_attention/layer_norm")
        yield from _linear(arrays, f"{ours}.inner", f"{theirs}/ffn/linear_0")
        yield from _linear(arrays, f"{ours}.outer", f"{theirs}/ffn/linear_1")
        yield from _norm(arrays, f"{ours}.feed_forward_norm", f"{theirs}/ffn/layer_norm")
    yield "embedding.weight", torch.from_numpy(arrays["decoder/embeddings/weight"])
    yield "output_bias", torch.from_numpy(arrays["decoder/projection/bias"])
    yield from _norm(arrays, "decoder_norm", "decoder/layer_norm")
    for number in range(decoder_layers):
        ours, theirs = f"decoder.{number}", f"decoder/layer_{number}"
        yield from _norm(arrays, f"{ours}.self_attention.norm", f"{theirs}/self_attention/layer_norm")
        yield from _linear(arrays, f"{ours}.self_attention.query_key_value", f"{theirs}/self_attention/linear_0")
        yield from _linear(arrays, f"{ours}.self_attention.output", f"{theirs}/self_attention/linear_1")
        yield from _norm(arrays, f"{ours}.cross_attention.norm", f"{theirs}/attention/layer_norm")
        for at, name in enumerate(("query", "key_value", "output")):
            yield from _linear(arrays, f"{ours}.cross_attention.{name}", f"{theirs}/attention/linear_{at}")
        yield from _norm(arrays, f"{ours}.feed_forward.norm", f"{theirs}/ffn/layer_norm")
        yield from _linear(arrays, f"{ours}.feed_forward.inner", f"{theirs}/ffn/linear_0")
        yield from _linear(arrays, f"{ours}.feed_forward.outer", f"{theirs}/ffn/linear_1")


def _linear(arrays: Arrays, ours: str, theirs: str) -> Iterable[tuple[str, Tensor]]:
    return ((f"{ours}.{part}", torch.from_numpy(arrays[f"{theirs}/{part}"])) for part in ("weight", "bias"))


def _norm(arrays: Arrays, ours: str, theirs: str) -> Iterable[tuple[str, Tensor]]:
    parts = (("weight", "gamma"), ("bias", "beta"))
    return ((f"{ours}.{part}", torch.from_numpy(arrays[f"{theirs}/{name}"])) for part, name in parts)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self, layout: str) -> int:
        (number,) = struct.unpack_from(f"<{layout}", self.data, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return int(number)

    def text(self) -> str:
        """Its length counts the zero byte that ends it."""
        length = self.number("H")
        self.at += length
        return self.data[self.at - length : self.at - 1].decode()

    def variable(self) -> tuple[str, npt.NDArray[np.generic]]:
        name = self.text()
        shape = [self.number("I") for _ in range(self.number("B"))]
        kind, size = self.number("B"), self.number("I")
        if kind >= len(_TYPES):
            raise UnreadablePackage(f"{name} is of the unknown type {kind}")
        array = np.frombuffer(self.data[self.at : self.at + size], _TYPES[kind]).reshape(shape)
        self.at += size
        return name, array


def _as_float(name: str, stored: Mapping[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
    values = stored[name].astype(np.float32)
    scale = stored.get(f"{name}_scale")
    if scale is None:
        return values
    return values / scale.astype(np.float32).reshape(-1, *[1] * (values.ndim - 1))


def write_run(package: Path, packages: Path, out: Path, dropout: float) -> Progress:
    """The folder that `training.pretrained --out` goes on from."""
    files = read_package(package)
    arrays = read_variables(files["model/model.bin"])
    model = rebuild(arrays, dropout)
    out.mkdir(parents=True, exist_ok=True)
    (out / SOURCE_MODEL).write_bytes(files["sentencepiece.model"])
    (out / ENGLISH_MODEL).write_bytes(_head(files["sentencepiece.model"], model.decoder_shape.vocabulary))
    trained = json.loads(packages.read_text(encoding="utf-8"))["training"]
    progress = Progress(
        round=trained["steps"] // 1000 + 1,  # other samples than those it has seen
        step=trained["steps"],
        tokens=trained["target_tokens"],
        seconds=trained["minutes"] * 60,
    )
    state = {
        "encoder_shape": asdict(model.encoder_shape),
        "decoder_shape": asdict(model.decoder_shape),
        "model": model.state_dict(),
        "average": {name: value.detach() for name, value in model.named_parameters()},
        "optimizers": None,
        "progress": asdict(progress),
        "seed": trained["seed"],
    }
    draft = (out / "checkpoint.pt").with_suffix(".draft")
    torch.save(state, draft)
    draft.replace(out / "checkpoint.pt")
    return progress


def _head(pieces: bytes, count: int) -> bytes:
    model = sentencepiece_model_pb2.ModelProto.FromString(pieces)
    del model.pieces[count:]
    model.trainer_spec.vocab_size = count
    data: bytes = model.SerializeToString()
    sentencepiece.SentencePieceProcessor(model_proto=data)
    return data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, required=True, help="an .argosmodel of training.export_pretrained")
    parser.add_argument("--out", type=Path, required=True, help="folder for the vocabularies and the checkpoint")
    parser.add_argument("--dropout", type=float, default=0.05)
    options = parser.parse_args()
    if (options.out / "checkpoint.pt").exists():
        raise SystemExit(f"{options.out} holds a checkpoint already: go on with it, or choose another folder")
    try:
        progress = write_run(options.package, options.package.parent / "packages.json", options.out, options.dropout)
    except (UnreadablePackage, KeyError, zipfile.BadZipFile) as error:
        raise SystemExit(f"{options.package} cannot be trained further: {error}") from error
    print(f"{options.out} goes on after step {progress.step:,}, {progress.seconds / 60:.0f} minutes of training")


if __name__ == "__main__":
    main()
