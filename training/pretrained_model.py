"""A Transformer with a pretrained encoder: the layers of multilingual-e5-small below, a small decoder above."""

import math
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import Encoder, EncoderShape, PretrainedEncoder
from training.model import DecoderLayer, SentenceDropout, Shape, padding_mask, sinusoids


class PretrainedTransformer(nn.Module):
    """An e5 encoder, the last norm of which gives features of mean 0 and deviation 1, and a pre-norm decoder.

    `decoder_shape.vocabulary` counts the English pieces; their matrix is embedding and output in one.
    """

    def __init__(self, encoder_shape: EncoderShape, decoder_shape: Shape) -> None:
        super().__init__()
        self.encoder_shape = encoder_shape
        self.decoder_shape = decoder_shape
        self.encoder = Encoder(encoder_shape)
        self.embedding = nn.Embedding(decoder_shape.vocabulary, decoder_shape.width)
        self.decoder = nn.ModuleList(DecoderLayer(decoder_shape) for _ in range(decoder_shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(decoder_shape.width)
        self.output_bias = nn.Parameter(torch.zeros(decoder_shape.vocabulary))
        self.dropout = SentenceDropout(decoder_shape.dropout)
        self.positions: Tensor
        positions = sinusoids(decoder_shape.max_positions, decoder_shape.width)
        self.register_buffer("positions", positions, persistent=False)
        for name, parameter in self.named_parameters():
            if name.startswith("decoder.") and parameter.dim() == 2:
                nn.init.xavier_uniform_(parameter)
            elif name.startswith("decoder.") and name.endswith("bias"):
                nn.init.zeros_(parameter)

    def start_from(self, pretrained: PretrainedEncoder, pieces: list[int]) -> None:
        """`pieces` are the numbers in `pretrained` of this model's, the English ones first."""
        self.encoder.load(pretrained, pieces)
        words = self.encoder.embedding.weight.detach()[: self.decoder_shape.vocabulary]
        centred = words - words.mean(dim=0)
        self.embedding.weight.data.copy_(functional.normalize(centred, dim=1))

    @torch.no_grad()
    def standardise(self, sources: Tensor, lengths: Tensor) -> None:
        """Folds the features' mean and deviation over these sentences into the encoder's last norm."""
        mask = padding_mask(lengths, sources.shape[1])
        states = self.encoder(sources, mask)[mask[:, 0, 0]]
        mean, deviation = states.mean(dim=0), states.std(dim=0)
        norm = cast("nn.LayerNorm", self.encoder.blocks[-1].get_submodule("feed_forward_norm"))
        norm.weight.div_(deviation)
        norm.bias.sub_(mean).div_(deviation)

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """[sentences, target] and [sentences, source, width] -> [sentences, target, width]."""
        x = self.embedding(target) * math.sqrt(self.decoder_shape.width) + self.positions[: target.shape[1]]
        x = self.dropout(x)
        for layer in self.decoder:
            x = layer(x, memory, mask)
        normed: Tensor = self.decoder_norm(x)
        return normed

    def logits(self, hidden: Tensor) -> Tensor:
        return functional.linear(hidden, self.embedding.weight, self.output_bias)


def restore(state: dict[str, object], weights: str) -> PretrainedTransformer:
    """The model of a checkpoint with its last weights ("model"), or with their running "average"."""
    model = PretrainedTransformer(
        EncoderShape(**cast("dict[str, int]", state["encoder_shape"])),
        Shape(**cast("dict[str, int]", state["decoder_shape"])),
    )
    model.load_state_dict(cast("dict[str, Tensor]", state["model"]))
    model.load_state_dict(cast("dict[str, Tensor]", state[weights]), strict=False)
    return model
