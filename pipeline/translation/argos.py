"""Argos Translate's settings, metadata and BPE tokenizer: the one import of `argostranslate`.

Importing it makes its data, configuration and cache directories and reads ARGOS_* and XDG_* once, so it happens at
the first call and never at our import. Its downloads and its installer are not used: they have no time-outs, no
hashes and no staging, and one stray directory in packages/ breaks every later call.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import ArgosUnavailable, BadPackage

if TYPE_CHECKING:
    from types import ModuleType

PUBLIC_INDEX_SETTING = "ARGOS_PACKAGE_INDEX"


class Tokenizer(Protocol):
    def encode(self, sentence: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What a package's metadata.json says."""

    type: str
    from_code: str
    to_code: str
    version: str
    target_prefix: str
    links: tuple[str, ...]
    masks: str = ""
    """The scheme of masks that the model was trained with; triwire's own, and unknown to Argos."""

    @property
    def name(self) -> str:
        return f"translate-{self.from_code}_{self.to_code}"

    @property
    def directory(self) -> str:
        return f"{self.name}-{self.version.replace('.', '_')}"


@cache
def _settings() -> ModuleType:
    try:
        from argostranslate import settings
    except (ImportError, OSError, ValueError, LookupError, AssertionError) as error:
        # Its module body makes directories, parses numbers and asserts on the shape of settings.json.
        raise ArgosUnavailable(f"{type(error).__name__}: {error}") from error
    module: ModuleType = settings
    return module


def packages_directory() -> Path:
    """Where Argos installs packages. The variable is read again each time: argostranslate reads it once."""
    from_environment = os.environ.get("ARGOS_PACKAGES_DIR")
    return Path(from_environment or _settings().package_data_dir)


def packages_directories() -> tuple[Path, ...]:
    """Where packages may lie: the directory above, then those that a snap brings."""
    return (packages_directory(), *map(Path, _settings().package_dirs[1:]))


def index_url() -> str:
    """The index of the settings, as a URL that ends in index.json."""
    base = str(os.environ.get(PUBLIC_INDEX_SETTING) or _settings().package_index)
    return base if base.endswith(".json") else base.rstrip("/") + "/index.json"


def index_is_public() -> bool:
    """Nobody has set another index, so it is the one that argostranslate itself names."""
    return _settings().get_setting(PUBLIC_INDEX_SETTING) is None


def device() -> str:
    return str(_settings().device)


def facts(metadata: object, package: str) -> Facts:
    """Raises BadPackage where the metadata is not an object of texts with both languages and a version."""
    from argostranslate.package import AvailablePackage

    if not isinstance(metadata, Mapping):
        raise BadPackage(package, "its metadata is not a JSON object")
    # AvailablePackage appends to the lists that it is given.
    read = AvailablePackage({key: list(value) if isinstance(value, list) else value for key, value in metadata.items()})
    for field in ("from_code", "to_code", "package_version"):
        value = getattr(read, field)
        if not isinstance(value, str) or not value or not value.replace(".", "").replace("-", "").isalnum():
            raise BadPackage(package, f"its metadata has {field} {value!r}")
    links = read.links if isinstance(read.links, Sequence) and not isinstance(read.links, str) else ()
    return Facts(
        type=str(read.type),
        from_code=str(read.from_code),
        to_code=str(read.to_code),
        version=str(read.package_version),
        target_prefix=str(read.target_prefix or ""),
        links=tuple(str(link) for link in links),
        masks=str(metadata.get("masks") or ""),
    )


def bpe_tokenizer(model: Path, from_code: str, to_code: str) -> Tokenizer:
    """Moses and subword-nmt, as the packages with a bpe.model need; through sacremoses."""
    from argostranslate.tokenizer import BPETokenizer

    tokenizer: Tokenizer = BPETokenizer(model, from_code, to_code)
    return tokenizer
