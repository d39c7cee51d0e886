"""The README says what is so."""

from __future__ import annotations

import json
from pathlib import Path

from triwire.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_listed() -> None:
    for name in COMMANDS:
        assert f"triwire {name}" in README or f"make {name}" in README, name


def test_the_starter_packages_scores_are_those_that_were_measured() -> None:
    packages = json.loads((ROOT / "pipeline" / "starter" / "packages.json").read_text(encoding="utf-8"))["packages"]
    for package in packages:
        for name, score in package["scores"].items():
            assert f"| {package['pair']} | {name} | {score['bleu']} | {score['chrf']} |" in README


def test_every_decision_is_about_something_that_is_there() -> None:
    for path in (ROOT / "docs" / "decisions").glob("*.md"):
        for word in path.read_text(encoding="utf-8").split():
            name = word.strip("`(),.;:")
            if name.startswith(("tests/", "pipeline/", "storage/", "crawler/", "triwire/", "benchmarks/")):
                assert (ROOT / name).exists(), f"{path.name} names {name}"
