"""Makes a real .argosmodel that translates phrase by phrase, in a second and without training.

The Transformer's weights are set by hand. Positions are cosines and sines at frequencies whose sum is zero for every
whole distance but none, so that decoding step t attends to source token t alone; the value is that token's random
code, and the row of the output matrix for a target piece is the code of the source piece that becomes it.
"""

from __future__ import annotations

import json
import struct
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import ctranslate2
import numpy as np

FREQUENCIES = 128
CODE = 64
WIDTH = 4 * FREQUENCIES + 2 * CODE
POSITIONS = 1024

VI_EN = {
    "Hôm nay": "Today",
    "trời mưa": "it rains",
    "rất to": "heavily",
    "ở": "in",
    "thành phố": "the city",
    "Hai nước": "The two countries",
    "đã ký": "signed",
    "một": "an",
    "thỏa thuận": "agreement",
    "hợp tác": "of cooperation",
    "về": "on",
    "nông nghiệp": "agriculture",
    "Trẻ em": "The children",
    "đến": "went to",
    "trường": "the school",
    "mới": "that is new",
    "vào": "in",
    "tuần trước": "the last week",
    "Bộ trưởng": "The minister",
    "sẽ": "will",
    "thăm": "visit",
    "Trung Quốc": "China",
    "tháng": "month",
    "và": "and",
    "đoàn": "the delegation",
    "tại": "at",
    "năm": "the year",
    "gặp": "met",
}
EN_ES = {
    "Today": "Hoy",
    "It": "Esto",
    "is": "es",
    "raining": "lluvia",
    "heavily": "muy fuerte",
    "in": "en",
    "on": "sobre",
    "the": "la",
    "The": "Los",
    "city": "ciudad",
    "today": "hoy",
    "it": "que",
    "rains": "llueve",
    "two": "dos",
    "countries": "países",
    "have": "han",
    "signed": "firmado",
    "an": "un",
    "agreement": "acuerdo",
    "agricultural": "para la agricultura y",
    "agriculture": "la agricultura",
    "cooperation": "la cooperación",
    "of": "de",
    "children": "niños",
    "went": "fueron",
    "to": "a",
    "new": "nueva",
    "school": "escuela",
    "last": "pasada",
    "week": "la semana",
    "minister": "ministros",
    "will": "van a",
    "visit": "visitar",
    "China": "China",
    "October": "octubre",
    "and": "y",
}


def build(
    file: Path,
    phrases: Mapping[str, str],
    pair: str = "vi-en",
    version: str = "0.5",
    *,
    scrambled: bool = False,
    bpe: bool = False,
) -> Path:
    """Writes the package to `file`; a scrambled one says for each phrase what another one means.

    With `bpe` its tokens are words, as Moses and subword-nmt make them.
    """

    def piece(text: str) -> str:
        return text if bpe else f"▁{text.replace(' ', '▁')}"

    from_code, to_code = pair.split("-")
    texts = {text for pair_of_texts in phrases.items() for text in pair_of_texts}
    characters = sorted({character for text in texts for character in text} | set(map(chr, range(33, 127))))
    pieces = ["<unk>", "<s>", "</s>", *sorted({*map(piece, texts)} - {*characters}), "▁", *characters]
    becomes = {piece: piece for piece in pieces[2:]}
    becomes |= {piece(source): piece(target) for source, target in phrases.items()}
    if scrambled:
        keys = sorted(map(piece, phrases))
        becomes |= dict(zip(keys, (becomes[key] for key in [*keys[7:], *keys[:7]]), strict=True))
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": from_code,
        "to_code": to_code,
        "type": "translate",
    }
    root = f"{from_code}_{to_code}"
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(file, "w") as archive:
        model = Path(scratch) / "model"
        model.mkdir()
        _save_model(model, pieces, becomes)
        archive.writestr(f"{root}/metadata.json", json.dumps(metadata))
        if bpe:
            archive.writestr(f"{root}/bpe.model", _merges(phrases))
        else:
            archive.writestr(f"{root}/sentencepiece.model", _sentencepiece(pieces))
        for part in model.iterdir():
            archive.write(part, f"{root}/model/{part.name}")
    return file


def _save_model(directory: Path, pieces: list[str], becomes: Mapping[str, str]) -> None:
    random = np.random.default_rng(7)
    half = random.choice([-1.0, 1.0], (len(pieces), CODE))
    codes = np.hstack([half, -half]).astype(np.float32)
    index = {piece: number for number, piece in enumerate(pieces)}
    output = np.zeros((len(pieces), WIDTH), np.float32)
    for source, target in becomes.items():
        output[index[target], : 2 * CODE] += codes[index[source]]
    angles = np.arange(POSITIONS)[:, None] * (np.arange(FREQUENCIES) + 0.5) * np.pi / FREQUENCIES
    places = np.hstack([np.cos(angles), np.sin(angles), -np.cos(angles), -np.sin(angles)])
    encodings = np.hstack([np.zeros((POSITIONS, 2 * CODE)), places]).astype(np.float32)
    take_places = np.diag([0.0] * 2 * CODE + [1.0] * 4 * FREQUENCIES).astype(np.float32)
    take_codes = np.diag([1.0] * 2 * CODE + [0.0] * 4 * FREQUENCIES).astype(np.float32)

    spec = ctranslate2.specs.TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = np.dtype("int8").type(0)
        side.position_encodings.encodings = encodings
        _norm(side.layer_norm)
        _norm(side.layer[0].self_attention.layer_norm)
        _norm(side.layer[0].ffn.layer_norm)
        _linear(side.layer[0].self_attention.linear[0], np.zeros((3 * WIDTH, WIDTH), np.float32))
        _linear(side.layer[0].self_attention.linear[1], np.zeros((WIDTH, WIDTH), np.float32))
        _linear(side.layer[0].ffn.linear_0, np.zeros((8, WIDTH), np.float32))
        _linear(side.layer[0].ffn.linear_1, np.zeros((WIDTH, 8), np.float32))
    spec.encoder.embeddings[0].weight = np.hstack([codes, np.zeros((len(pieces), 4 * FREQUENCIES), np.float32)])
    spec.decoder.embeddings.weight = np.zeros((len(pieces), WIDTH), np.float32)
    cross = spec.decoder.layer[0].attention
    _norm(cross.layer_norm)
    _linear(cross.linear[0], 5 * take_places)
    _linear(cross.linear[1], np.vstack([take_places, take_codes]))
    _linear(cross.linear[2], 8 * take_codes)
    _linear(spec.decoder.projection, 0.2 * output)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize("int8")
    spec.save(str(directory))


def _norm(norm: ctranslate2.specs.common_spec.LayerNormSpec) -> None:
    norm.gamma = np.ones(WIDTH, np.float32)
    norm.beta = np.zeros(WIDTH, np.float32)


def _linear(linear: ctranslate2.specs.common_spec.LinearSpec, weight: np.ndarray) -> None:
    linear.weight = weight.astype(np.float32)
    linear.bias = np.zeros(len(weight), np.float32)


def _merges(words: Mapping[str, str]) -> str:
    """subword-nmt's merges that put these words together, letter by letter."""
    lines = ["#version: 0.2"]
    for word in sorted(words, key=len, reverse=True):
        letters = [*word[:-1], f"{word[-1]}</w>"]
        lines.extend(f"{word[:at]} {letters[at]}" for at in range(1, len(letters)))
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _sentencepiece(pieces: list[str]) -> bytes:
    """A unigram ModelProto, written by hand: the longer a piece, the better."""
    kinds = {"<unk>": 2, "<s>": 3, "</s>": 3}
    message = b""
    for piece in pieces:
        score = -10.0 if len(piece) < 2 else -1.0
        body = _bytes(1, piece.encode()) + b"\x15" + struct.pack("<f", score) + b"\x18" + bytes([kinds.get(piece, 1)])
        message += _bytes(1, body)
    return message + _bytes(2, b"\x18\x01") + _bytes(3, _bytes(1, b"identity"))


def _bytes(field: int, content: bytes) -> bytes:
    size, length = len(content), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([field << 3 | 2]) + length + bytes([size]) + content
