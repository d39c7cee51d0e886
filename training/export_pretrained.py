"""Packs a model on a pretrained encoder as Argos packages: python -m training.export_pretrained --run DIR --out DIR."""

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import torch
from ctranslate2.specs.common_spec import Activation
from ctranslate2.specs.transformer_spec import TransformerDecoderSpec, TransformerEncoderSpec, TransformerSpec

from pipeline.translation.masks import SCHEME
from training.encoder import NORM_EPSILON, Encoder, EncoderBlock
from training.export import (
    SOURCES,
    StarterPackage,
    as_array,
    copy_attention,
    copy_feed_forward,
    copy_linear,
    copy_norm,
    write_packages,
)
from training.pretrained_model import PretrainedTransformer, restore
from training.pruning import SOURCE_MODEL, read_pieces

if TYPE_CHECKING:
    from training.model import DecoderLayer

VERSION = "0.3"
INTRODUCTION = """\
A small starter model of the triwire project. Its encoder is that of multilingual-e5-small (Wang et al. 2024,
MIT licence), cut to its lower layers and to the words of three languages; the upper ones of these were trained
further, and a decoder was trained from scratch. It gives a rough gist; the public Argos packages are better.
Its scores are in packages.json, which comes with it."""
# At 14 BLEU on FLORES its English helps grouping: pairwise F1 .972 against .955 on the beat's documents, no sibling
# joined, and .845 against .752 on FLORES passages.
PACKAGES = tuple(StarterPackage(source, "en", VERSION, INTRODUCTION, SCHEME, rough=False) for source in SOURCES)


def convert(model: PretrainedTransformer, pieces: list[str], folder: Path) -> None:
    """Writes the model as CTranslate2 reads it, in int8. `pieces` are the source's, the English ones first."""
    spec = TransformerSpec(
        TransformerEncoderSpec(
            model.encoder_shape.layers,
            model.encoder_shape.heads,
            pre_norm=False,
            activation=Activation.GELU,
            layernorm_embedding=True,
        ),
        TransformerDecoderSpec(model.decoder_shape.decoder_layers, model.decoder_shape.heads, pre_norm=True),
    )
    _copy_encoder(spec.encoder, model.encoder)
    _copy_decoder(spec.decoder, model)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces[: model.decoder_shape.vocabulary])
    spec.config.add_source_bos = True
    spec.config.add_source_eos = True
    spec.config.layer_norm_epsilon = NORM_EPSILON
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def _copy_encoder(spec: TransformerEncoderSpec, encoder: Encoder) -> None:
    spec.scale_embeddings = False
    spec.embeddings[0].weight = as_array(encoder.embedding.weight)
    spec.position_encodings.encodings = as_array(encoder.positions)
    copy_norm(spec.layernorm_embedding, encoder.embedding_norm)
    for layer_spec, block in zip(spec.layer, cast("list[EncoderBlock]", encoder.blocks), strict=True):
        copy_linear(layer_spec.self_attention.linear[0], block.query_key_value)
        copy_linear(layer_spec.self_attention.linear[1], block.output)
        copy_norm(layer_spec.self_attention.layer_norm, block.attention_norm)
        copy_linear(layer_spec.ffn.linear_0, block.inner)
        copy_linear(layer_spec.ffn.linear_1, block.outer)
        copy_norm(layer_spec.ffn.layer_norm, block.feed_forward_norm)


def _copy_decoder(spec: TransformerDecoderSpec, model: PretrainedTransformer) -> None:
    embedding = as_array(model.embedding.weight)
    spec.embeddings.weight = embedding
    spec.projection.weight = embedding
    spec.projection.bias = as_array(model.output_bias)
    spec.position_encodings.encodings = as_array(model.positions)
    copy_norm(spec.layer_norm, model.decoder_norm)
    for layer_spec, layer in zip(spec.layer, cast("list[DecoderLayer]", model.decoder), strict=True):
        copy_attention(layer_spec.self_attention, layer.self_attention)
        copy_attention(layer_spec.attention, layer.cross_attention)
        copy_feed_forward(layer_spec.ffn, layer.feed_forward)


def history(state: dict[str, object]) -> dict[str, object]:
    """What packages.json tells of the training."""
    progress = cast("dict[str, float]", state["progress"])
    return {
        "script": "training.pretrained",
        "seed": state["seed"],
        "steps": progress["step"],
        "target_tokens": progress["tokens"],
        "minutes": round(progress["seconds"] / 60, 1),
        "encoder_layers": cast("dict[str, int]", state["encoder_shape"])["layers"],
        "decoder_layers": cast("dict[str, int]", state["decoder_shape"])["decoder_layers"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="the --out folder of training.pretrained")
    parser.add_argument("--out", type=Path, required=True, help="folder for the packages and packages.json")
    options = parser.parse_args()

    state = torch.load(options.run / "checkpoint.pt", map_location="cpu")
    model = restore(state, "average").eval()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "model"
        convert(model, read_pieces(options.run).pieces, folder)
        write_packages(PACKAGES, folder, options.run / SOURCE_MODEL, options.out, history(state))


if __name__ == "__main__":
    main()
