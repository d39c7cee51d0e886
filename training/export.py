"""Packs a trained model as Argos packages: python -m training.export --run DIR --out DIR.

The two packages hold the same joint model; they differ in what they declare.
"""

import argparse
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import ctranslate2
import numpy as np
import numpy.typing as npt
import sentencepiece
import torch
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
from torch import Tensor, nn

from training.corpora import CORPORA
from training.model import Attention, DecoderLayer, EncoderLayer, FeedForward, Shape, Transformer

VERSION = "0.1"
LICENCE = "CC-BY-SA-4.0"
SOURCES = ("vi", "es")
LANGUAGES = {"vi": "Vietnamese", "es": "Spanish", "en": "English"}
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same weights give the same bytes


@dataclass(frozen=True)
class StarterPackage:
    source: str
    target: str
    version: str
    introduction: str
    """What kind of model it is: the beginning of its README.md."""
    masks: str
    """The scheme of pipeline.translation.masks that it was trained with, or nothing."""
    rough: bool
    """Whether grouping should leave its English alone, as `triwire group` with and without `--no-translate` tells."""

    @property
    def pair(self) -> str:
        return f"{self.source}-{self.target}"

    @property
    def name(self) -> str:
        return f"translate-{self.source}_{self.target}-{self.version.replace('.', '_')}"

    @property
    def file_name(self) -> str:
        return f"{self.name}.argosmodel"

    def describe(self) -> dict[str, object]:
        """The metadata.json that argostranslate reads."""
        return {
            "package_version": self.version,
            "argos_version": "1.9",
            "from_code": self.source,
            "from_name": LANGUAGES[self.source],
            "to_code": self.target,
            "to_name": LANGUAGES[self.target],
            "type": "translate",
            "links": [],
            **({"masks": self.masks} if self.masks else {}),
        }


INTRODUCTION = """\
A small starter model of the triwire project, trained from scratch on a CPU. It gives a rough gist, no more;
the public Argos packages are much better. Its scores are in packages.json, which comes with it."""
# At 9 BLEU on FLORES its English brought grouping nothing over names and figures: pairwise F1 .957 against .955 on the
# beat's documents with precision .991 against 1, and .741 against .752 on FLORES passages.
PACKAGES = tuple(StarterPackage(source, "en", VERSION, INTRODUCTION, masks="", rough=True) for source in SOURCES)


def load_average(run: Path) -> Transformer:
    """The averaged weights of a run, whether or not it has ended."""
    state = torch.load(run / "checkpoint.pt", map_location="cpu")
    model = Transformer(Shape(**state["shape"]))
    model.load_state_dict(state["average"])
    return model.eval()


def convert(model: Transformer, vocabulary: sentencepiece.SentencePieceProcessor, folder: Path) -> None:
    """Writes the model as CTranslate2 reads it, in int8."""
    shape = model.shape
    spec = ctranslate2.specs.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers), shape.heads, pre_norm=True
    )
    embedding = as_array(model.embedding.weight)
    positions = as_array(model.positions)
    spec.encoder.embeddings[0].weight = embedding
    spec.decoder.embeddings.weight = embedding
    spec.decoder.projection.weight = embedding
    spec.decoder.projection.bias = as_array(model.output_bias)
    spec.encoder.position_encodings.encodings = positions
    spec.decoder.position_encodings.encodings = positions
    copy_norm(spec.encoder.layer_norm, model.encoder_norm)
    copy_norm(spec.decoder.layer_norm, model.decoder_norm)
    encoder_layers = cast("list[EncoderLayer]", model.encoder)
    for layer_spec, layer in zip(spec.encoder.layer, encoder_layers, strict=True):
        copy_attention(layer_spec.self_attention, layer.self_attention)
        copy_feed_forward(layer_spec.ffn, layer.feed_forward)
    decoder_layers = cast("list[DecoderLayer]", model.decoder)
    for layer_spec, decoder_layer in zip(spec.decoder.layer, decoder_layers, strict=True):
        copy_attention(layer_spec.self_attention, decoder_layer.self_attention)
        copy_attention(layer_spec.attention, decoder_layer.cross_attention)
        copy_feed_forward(layer_spec.ffn, decoder_layer.feed_forward)

    pieces = [vocabulary.id_to_piece(number) for number in range(shape.vocabulary)]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def pack(package: StarterPackage, model: Path, vocabulary: Path, out: Path) -> Path:
    """The same model and vocabulary give the same bytes: names are sorted and times fixed."""
    contents = {
        "README.md": describe_package(package).encode(),
        "metadata.json": json.dumps(package.describe(), indent=2).encode(),
        "sentencepiece.model": vocabulary.read_bytes(),
        **{f"model/{file.name}": file.read_bytes() for file in model.iterdir()},
    }
    file = out / package.file_name
    draft = file.with_suffix(".draft")
    with zipfile.ZipFile(draft, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(f"{package.name}/{name}", ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents[name], compresslevel=9)
    draft.replace(file)
    return file


def describe_package(package: StarterPackage) -> str:
    sources = "".join(f"- {corpus.name} ({corpus.pair}): {corpus.licence}\n" for corpus in CORPORA)
    return f"""# {LANGUAGES[package.source]} to {LANGUAGES[package.target]}, version {package.version}

{package.introduction}

The model is joint: it was trained on Vietnamese and Spanish together, and the packages of both hold the
same weights.

Weights: {LICENCE}. Some of the corpora are share-alike or copyleft texts, none of which is in this package.
The corpora that the weights were trained on, with thanks, and the terms of each:

{sources}"""


def write_packages(
    packages: Sequence[StarterPackage], model: Path, vocabulary: Path, out: Path, training: dict[str, object]
) -> None:
    """The packages of one joint model, and packages.json with what is known of their training."""
    out.mkdir(parents=True, exist_ok=True)
    files = {package: pack(package, model, vocabulary, out) for package in packages}
    listing = json.dumps({"training": training, "packages": list_packages(files)}, indent=2)
    (out / "packages.json").write_text(listing + "\n", encoding="utf-8")
    for file in files.values():
        print(f"{file}  {file.stat().st_size / 1e6:.1f} MB")


def list_packages(files: dict[StarterPackage, Path]) -> list[dict[str, object]]:
    """The entries of packages.json, as yet without scores."""
    return [
        {
            "pair": package.pair,
            "from": package.source,
            "to": package.target,
            "version": package.version,
            "file": file.name,
            "bytes": file.stat().st_size,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "licence": LICENCE,
            "masks": package.masks,
            "rough": package.rough,
        }
        for package, file in files.items()
    ]


def as_array(tensor: Tensor) -> npt.NDArray[np.float32]:
    return tensor.detach().numpy().astype(np.float32)


def copy_linear(spec: LinearSpec, linear: nn.Linear) -> None:
    spec.weight = as_array(linear.weight)
    spec.bias = as_array(linear.bias)


def copy_norm(spec: LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma = as_array(norm.weight)
    spec.beta = as_array(norm.bias)


def copy_attention(spec: MultiHeadAttentionSpec, attention: Attention) -> None:
    copy_norm(spec.layer_norm, attention.norm)
    inputs = [attention.query, attention.key_value] if attention.cross else [attention.query_key_value]
    for linear_spec, linear in zip(spec.linear, [*inputs, attention.output], strict=True):
        copy_linear(linear_spec, linear)


def copy_feed_forward(spec: ctranslate2.specs.transformer_spec.FeedForwardSpec, block: FeedForward) -> None:
    copy_norm(spec.layer_norm, block.norm)
    copy_linear(spec.linear_0, block.inner)
    copy_linear(spec.linear_1, block.outer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="the --out folder of training.train")
    parser.add_argument("--out", type=Path, required=True, help="folder for the packages and packages.json")
    options = parser.parse_args()

    vocabulary = options.run / "sentencepiece.model"
    progress = torch.load(options.run / "checkpoint.pt", map_location="cpu")["progress"]
    with tempfile.TemporaryDirectory() as scratch:
        model = Path(scratch) / "model"
        convert(load_average(options.run), sentencepiece.SentencePieceProcessor(model_file=str(vocabulary)), model)
        write_packages(PACKAGES, model, vocabulary, options.out, {"script": "training.train", **progress})


if __name__ == "__main__":
    main()
