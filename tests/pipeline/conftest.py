from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def lexical() -> dict[str, Any]:
    """`build` and the phrase tables of lexical_package.py; loaded here because it imports CTranslate2."""
    return runpy.run_path(str(Path(__file__).with_name("lexical_package.py")))


@pytest.fixture(scope="session")
def vi_en_file(lexical: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    build: Callable[..., Path] = lexical["build"]
    return build(tmp_path_factory.mktemp("vi_en") / "translate-vi_en-0_5.argosmodel", lexical["VI_EN"])


@pytest.fixture(scope="session")
def en_es_file(lexical: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    build: Callable[..., Path] = lexical["build"]
    return build(tmp_path_factory.mktemp("en_es") / "translate-en_es-0_5.argosmodel", lexical["EN_ES"], "en-es")


@pytest.fixture
def argos_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Argos's packages directory for one test; nothing touches the home directory."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("ARGOS_PACKAGE_INDEX", raising=False)
    packages = tmp_path / "argos" / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    return packages
