"""The whole recipe on a toy: train, be interrupted, go on, pack, translate."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the recipe needs what `make packages` installs (make test-training)")

from toy_encoder import write_corpora, write_encoder

from pipeline.translation.masks import MASKS
from training.batches import PLAIN, SPANISH_LETTERS, VIETNAMESE_LETTERS, EncodedPair, make_batches
from training.build import ENCODER_SHA256, WrongEncoder, fetch_encoder
from training.corpora import CORPORA, MASKED, Corpora

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = defaultdict(list)
    for corpus in CORPORA:
        names[corpus.pair].append(corpus.name)
    folder = tmp_path_factory.mktemp("toy") / "corpora"
    write_corpora(folder, names)
    return folder


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("toy") / "encoder.bin"
    write_encoder(file, VIETNAMESE_LETTERS + SPANISH_LETTERS + PLAIN + MASKS)
    return file


def command(encoder: Path, corpora: Path, out: Path, minutes: float) -> list[str]:
    sizes = ("--encoder-layers", "2", "--frozen-layers", "1", "--decoder-layers", "1", "--english-pieces", "400")
    pace = ("--fewest", "1", "--validate-every", "100000", "--threads", "1", "--batch-tokens", "500")
    given = ("--e5", str(encoder), "--corpora", str(corpora), "--out", str(out), "--minutes", str(minutes))
    return [sys.executable, "-m", "training.pretrained", *given, *sizes, *pace]


def test_an_interrupted_training_goes_on_and_is_packed(encoder: Path, corpora: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    first = subprocess.Popen(command(encoder, corpora, run, 0.3), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    while "step 50 " not in (line := first.stdout.readline()):
        assert line, "the training ended by itself"
    first.send_signal(signal.SIGINT)
    rest, _ = first.communicate(timeout=60)
    assert first.returncode == 130, rest

    again = subprocess.run(command(encoder, corpora, run, 0.3), cwd=ROOT, capture_output=True, text=True, check=True)
    assert "going on after step" in again.stdout
    assert " 0 min left" in again.stdout
    third = subprocess.run(command(encoder, corpora, run, 0.3), cwd=ROOT, capture_output=True, text=True, check=True)
    assert "already" in third.stdout

    packed = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        export = [sys.executable, "-m", "training.export_pretrained", "--run", str(run), "--out", str(folder)]
        subprocess.run(export, cwd=ROOT, check=True, capture_output=True)
        packed.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert packed[0] == packed[1], "the same checkpoint gives the same bytes"
    listing = json.loads(packed[0]["packages.json"])
    assert [package["pair"] for package in listing["packages"]] == ["vi-en", "es-en"]
    assert listing["training"]["steps"] > 50

    # What was packed can be trained further without the checkpoint, and is as it was until then.
    (package, *_) = sorted((tmp_path / "one").glob("*.argosmodel"))
    further = [
        sys.executable,
        "-m",
        "training.continuing",
        "--package",
        str(package),
        "--out",
        str(tmp_path / "further"),
    ]
    subprocess.run(further, cwd=ROOT, check=True)
    assert subprocess.run(further, cwd=ROOT, capture_output=True, check=False).returncode == 1, "a checkpoint is kept"
    export = [sys.executable, "-m", "training.export_pretrained", "--run", str(tmp_path / "further")]
    subprocess.run([*export, "--out", str(tmp_path / "three")], cwd=ROOT, check=True)
    there = (tmp_path / "three" / package.name).read_bytes()
    assert abs(len(there) - len(package.read_bytes())) < 200
    going = subprocess.run(
        command(encoder, corpora, tmp_path / "further", 0.4), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "going on after step" in going.stdout

    from training.evaluate import Decoding, engine_of

    sentences = ["ông mua xe xanh", "ngôi nhà cao", "ông nhìn nhà đỏ"]
    one, three = (
        engine_of(json.loads((folder / "packages.json").read_text())["packages"][0], folder, Decoding(2, 1.0, 1.0, 4))
        for folder in (tmp_path / "one", tmp_path / "three")
    )
    assert one.translate(sentences) == three.translate(sentences)
    for entry in listing["packages"]:
        engine = engine_of(entry, tmp_path / "one", Decoding(2, 1.0, 1.0, 4))
        assert engine.package.masks
        (rendering,) = engine.translate(["ông mua xe Nguyễn Văn Hùng 250"])
        assert "Nguyễn Văn Hùng" in rendering.text
        assert "250" in rendering.text
        assert not set(rendering.text) & set(MASKS)


def test_a_killed_training_keeps_its_last_checkpoint(encoder: Path, corpora: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    process = subprocess.Popen(
        [*command(encoder, corpora, run, 5), "--save-every", "0.2"], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 90
    while not (run / "checkpoint.pt").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    again = subprocess.Popen(command(encoder, corpora, run, 5), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert again.stdout is not None
    lines = []
    while "step 50 " not in (lines[-1] if lines else "") and len(lines) < 50:
        lines.append(again.stdout.readline())
        if any("going on after step" in line for line in lines):
            break
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=60)
    assert any("going on after step" in line for line in lines), lines


def test_a_round_is_the_same_again_and_masks_about_as_many_as_it_should(corpora: Path) -> None:
    read = Corpora.read(corpora)
    pairs = read.sample_round(1, 0)
    assert pairs == read.sample_round(1, 0)
    assert pairs != read.sample_round(1, 1)
    named = [pair for pair in pairs if "hùng" in pair.source.casefold() or set(pair.source) & set(MASKS)]
    masked = [pair for pair in named if set(pair.source) & set(MASKS)]
    assert MASKED - 0.15 < len(masked) / len(named) < MASKED + 0.25
    assert all(set(pair.source) & set(MASKS) == set(pair.english) & set(MASKS) for pair in masked)


def test_what_is_held_out_is_not_trained_on(corpora: Path) -> None:
    read = Corpora.read(corpora)
    for name in ("vi-en", "es-en"):
        held_out = {pair.source for pair in read.validation[name]}
        formal = [corpus for corpus in read.training if corpus.pair == name and corpus.copies >= 1]
        left = {
            pair.source
            for corpus in formal
            if corpus.name not in {"beat", "glossary"}
            for pair in read.training[corpus]
        }
        assert held_out
        assert not held_out & left


def test_every_pair_is_in_one_batch() -> None:
    pairs = [EncodedPair([1] * (number % 37 + 1), [2] * (number % 23 + 1)) for number in range(500)]
    batches = make_batches(pairs, 200, "seed")
    assert sorted(id(pair) for batch in batches for pair in batch) == sorted(map(id, pairs))
    for batch in batches:
        longest = max(len(pair.source) for pair in batch) + max(len(pair.english) + 1 for pair in batch)
        assert len(batch) == 1 or len(batch) * longest <= 2 * 200


def test_another_encoder_than_the_recipes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e5-small-q4.bin").write_bytes(b"E5S1 and something else")
    with pytest.raises(WrongEncoder, match=ENCODER_SHA256[:12]):
        fetch_encoder(tmp_path)
