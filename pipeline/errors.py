"""What a stage of the pipeline could not do.

TriwireError
└── PipelineError
    ├── MissingPackage      no package translates this pair: install one
    ├── BadPackage          a package that cannot be used, and why
    │   ├── HashMismatch    the bytes are not the ones that were asked for
    │   └── SmokeTestFailed it loads, and what it says is no translation
    ├── CannotInstall       the place for packages cannot be written to
    ├── UnpinnedPackage     nobody vouches for the bytes: give a hash
    ├── NotInIndex          the index has no package for the pair
    ├── IndexUnreachable    the index or a download does not answer
    └── ArgosUnavailable    argostranslate cannot be imported or configured
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import TriwireError

if TYPE_CHECKING:
    from pathlib import Path


class PipelineError(TriwireError):
    """A stage could not do its work."""


class MissingPackage(PipelineError):
    """No package, nor two through English, translates the pair."""

    def __init__(self, from_code: str, to_code: str) -> None:
        self.from_code = from_code
        self.to_code = to_code
        super().__init__(
            f"no package translates {from_code} to {to_code}: run `triwire models install {from_code}-{to_code}`"
        )


class BadPackage(PipelineError):
    """A package that cannot be used; nothing of it was installed."""

    def __init__(self, package: str, reason: str) -> None:
        self.package = package
        self.reason = reason
        super().__init__(f"{package}: {reason}")


class HashMismatch(BadPackage):
    """The archive's SHA-256 is another than the pinned one."""

    def __init__(self, package: str, expected: str, found: str) -> None:
        self.expected = expected
        self.found = found
        super().__init__(package, f"expected SHA-256 {expected}, found {found}")


class SmokeTestFailed(BadPackage):
    """The package translates one of the fixed sentences into something that is no translation."""

    def __init__(self, package: str, sentence: str, output: str, fault: str) -> None:
        self.sentence = sentence
        self.output = output
        self.fault = fault
        super().__init__(package, f"smoke test: {fault}: {sentence!r} became {output[:200]!r}")


class CannotInstall(PipelineError):
    """The packages directory, or the one that it lies in, refuses."""

    def __init__(self, directory: Path, reason: str) -> None:
        self.directory = directory
        self.reason = reason
        super().__init__(f"cannot install into {directory}: {reason}")


class UnpinnedPackage(PipelineError):
    """The public index states no hashes, so a pair that is not pinned needs one from the user."""

    def __init__(self, pair: str) -> None:
        self.pair = pair
        super().__init__(f"{pair} is not pinned: give its SHA-256, or add the file with `triwire models add FILE`")


class NotInIndex(PipelineError):
    """The index was read and has nothing for the pair."""

    def __init__(self, pair: str, index: str) -> None:
        self.pair = pair
        self.index = index
        super().__init__(f"{index} has no package for {pair}")


class IndexUnreachable(PipelineError):
    """An index or a package could not be fetched; with the network off, `triwire models add FILE` still works."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"cannot fetch {url}: {reason}")


class ArgosUnavailable(PipelineError):
    """Importing argostranslate makes directories and reads settings, and either can fail."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"argostranslate cannot start: {reason}; see XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_CACHE_HOME"
            " and ARGOS_PACKAGES_DIR"
        )
