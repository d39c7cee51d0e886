"""The house's walls: who may import whom, and what is imported when."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "storage": {"storage"},
    "crawler": {"crawler", "storage"},
    "pipeline": {"pipeline", "storage"},
    "triwire": {"triwire", "crawler", "pipeline", "storage"},
}
HEAVY = ("trafilatura", "argostranslate", "ctranslate2", "langdetect", "sentencepiece")


def imported(path: Path, *, for_types: bool = True) -> set[str]:
    """Modules that a file imports; without `for_types` those that it imports only for the type checker are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    only_for_types = {
        node
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and isinstance(test.test, ast.Name) and test.test.id == "TYPE_CHECKING"
        for node in ast.walk(test)
    }
    names = set()
    for node in ast.walk(tree):
        if node in only_for_types and not for_types:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / package).rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in set(MAY_IMPORT) - MAY_IMPORT[package]
    }
    assert not wrong


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_is_imported_by_one_module(library: str) -> None:
    users = [
        str(path.relative_to(ROOT))
        for package in MAY_IMPORT
        for path in (ROOT / package).rglob("*.py")
        if library in {name.split(".")[0] for name in imported(path, for_types=False)}
    ]
    assert len(users) == 1, users


def modules_after(code: str) -> set[str]:
    script = f"import sys; {code}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_help_imports_nothing_heavy() -> None:
    loaded = modules_after(
        "import triwire.cli, triwire.commands.crawl, triwire.commands.process, triwire.commands.models"
    )
    assert not loaded & {*HEAVY, "scrapy", "twisted", "datasette", "sqlite_utils", "lxml", "numpy"}


def test_the_spiders_import_no_extractor_and_no_pipeline() -> None:
    loaded = modules_after("from crawler.catalogue import sources; sources()")
    assert not loaded & {*HEAVY, "pipeline", "triwire", "datasette"}
