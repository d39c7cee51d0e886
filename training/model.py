"""The Transformer: pre-norm, one vocabulary, one matrix for both embeddings and the output."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """The sizes of a model; stored with its weights, since the export needs them."""

    vocabulary: int
    width: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    feed_forward: int
    max_positions: int
    dropout: float


def sinusoids(positions: int, width: int) -> Tensor:
    angles = torch.arange(positions)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Attention with its own norm. Query, key and value lie in one matrix, as CTranslate2 stores them."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        self.heads = shape.heads
        self.cross = cross
        self.norm = nn.LayerNorm(shape.width)
        if cross:
            self.query = nn.Linear(shape.width, shape.width)
            self.key_value = nn.Linear(shape.width, 2 * shape.width)
        else:
            self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)

    def forward(self, x: Tensor, mask: Tensor | None, memory: Tensor | None = None) -> Tensor:
        """Without a memory x attends to itself; without a mask only to what came before."""
        normed = self.norm(x)
        if memory is None:
            query, key, value = self.query_key_value(normed).chunk(3, dim=-1)
        else:
            query = self.query(normed)
            key, value = self.key_value(memory).chunk(2, dim=-1)
        query, key, value = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (query, key, value))
        # Spelled out, because torch's fused attention is several times slower than this in bfloat16 on a CPU.
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
        if mask is None:
            mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=x.device).tril()
        attended = scores.masked_fill(~mask, -1e4).softmax(dim=-1) @ value
        mixed: Tensor = self.output(attended.transpose(1, 2).flatten(2))
        return mixed


class SentenceDropout(nn.Module):
    """Drops the same features at all positions of a sentence: throwing more dice is slow on a CPU."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.rate
        return x * (keep.to(x.dtype) / (1 - self.rate))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        self.inner = nn.Linear(shape.width, shape.feed_forward)
        self.outer = nn.Linear(shape.feed_forward, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        transformed: Tensor = self.outer(functional.relu(self.inner(self.norm(x))))
        return transformed


class EncoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attention = Attention(shape, cross=False)
        self.feed_forward = FeedForward(shape)
        self.dropout = SentenceDropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = x + self.dropout(self.self_attention(x, mask))
        transformed: Tensor = x + self.dropout(self.feed_forward(x))
        return transformed


class DecoderLayer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attention = Attention(shape, cross=False)
        self.cross_attention = Attention(shape, cross=True)
        self.feed_forward = FeedForward(shape)
        self.dropout = SentenceDropout(shape.dropout)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        x = x + self.dropout(self.self_attention(x, None))
        x = x + self.dropout(self.cross_attention(x, mask, memory))
        transformed: Tensor = x + self.dropout(self.feed_forward(x))
        return transformed


class Transformer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.output_bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.dropout = SentenceDropout(shape.dropout)
        self.positions: Tensor
        self.register_buffer("positions", sinusoids(shape.max_positions, shape.width), persistent=False)
        for name, parameter in self.named_parameters():
            if name == "embedding.weight":
                nn.init.normal_(parameter, std=shape.width**-0.5)
            elif parameter.dim() == 2:
                nn.init.xavier_uniform_(parameter)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def encode(self, source: Tensor, mask: Tensor) -> Tensor:
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        normed: Tensor = self.encoder_norm(x)
        return normed

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        x = self._embed(target)
        for layer in self.decoder:
            x = layer(x, memory, mask)
        normed: Tensor = self.decoder_norm(x)
        return normed

    def logits(self, hidden: Tensor) -> Tensor:
        return functional.linear(hidden, self.embedding.weight, self.output_bias)

    def forward(self, source: Tensor, source_lengths: Tensor, target: Tensor, keep: Tensor) -> Tensor:
        """Logits where `keep` is true alone: padding never reaches the large output matrix."""
        mask = padding_mask(source_lengths, source.shape[1])
        return self.logits(self.decode(target, self.encode(source, mask), mask)[keep])

    def _embed(self, tokens: Tensor) -> Tensor:
        scaled = self.embedding(tokens) * math.sqrt(self.shape.width) + self.positions[: tokens.shape[1]]
        dropped: Tensor = self.dropout(scaled)
        return dropped


def padding_mask(lengths: Tensor, width: int) -> Tensor:
    """True where attention may look, shaped to broadcast over heads and query positions."""
    return (torch.arange(width, device=lengths.device)[None, :] < lengths[:, None])[:, None, None, :]
