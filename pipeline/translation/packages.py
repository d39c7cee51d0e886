"""Which packages there are, which one translates a pair, and whether their files are still what was installed.

Two kinds: the starters, which come with the project and are read where they lie, and what lies in Argos's packages
directory, whoever installed it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import BadPackage, MissingPackage
from pipeline.translation import argos, masks

STARTER_DIRECTORY = Path(__file__).parent.parent / "starter"
SIDECAR = "triwire.json"
PIVOT = "en"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decoding:
    """CTranslate2's options. `length_penalty` .2 is Argos's; beam 2 costs half of Argos's 4."""

    beam_size: int = 2
    patience: float = 1.0
    length_penalty: float = 0.2
    coverage_penalty: float = 0.0
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0

    @classmethod
    def read(cls, options: Mapping[str, object], package: str) -> Decoding:
        """Raises BadPackage for an option that is not one of these, or no number."""
        numbers: dict[str, float] = {}
        for name, value in options.items():
            if name not in cls.__slots__ or not isinstance(value, (int, float)):
                raise BadPackage(package, f"decoding option {name}={value!r} is not known")
            numbers[name] = value
        usual = cls()
        return cls(
            beam_size=int(numbers.get("beam_size", usual.beam_size)),
            patience=numbers.get("patience", usual.patience),
            length_penalty=numbers.get("length_penalty", usual.length_penalty),
            coverage_penalty=numbers.get("coverage_penalty", usual.coverage_penalty),
            repetition_penalty=numbers.get("repetition_penalty", usual.repetition_penalty),
            no_repeat_ngram_size=int(numbers.get("no_repeat_ngram_size", usual.no_repeat_ngram_size)),
        )


@dataclass(frozen=True, slots=True)
class Package:
    """One direction between two languages."""

    name: str
    version: str
    from_code: str
    to_code: str
    sha256: str
    """Of the archive; of a directory that Argos's own tools made, of its sorted file hashes."""
    path: Path
    """The archive of a starter, the directory of an installed package."""
    origin: str
    """`starter` or `installed`."""
    decoding: Decoding
    licence: str
    rough: bool = False
    """Its English is too poor to compare articles by: measured with benchmarks/grouping.py."""
    bleu: float | None = None
    """On FLORES dev, where it was measured."""
    masks: bool = False
    """It knows the symbols of pipeline.translation.masks."""

    @property
    def pair(self) -> str:
        return f"{self.from_code}-{self.to_code}"


@dataclass(frozen=True, slots=True)
class Verification:
    """`state` is `intact`, `changed` (with the files that changed, went or came) or `unrecorded`."""

    package: Package
    state: str
    files: tuple[str, ...]


def starters() -> tuple[Package, ...]:
    """The small packages that come with the project; none where they were left out of the build."""
    listing = STARTER_DIRECTORY / "packages.json"
    if not listing.exists():
        return ()
    entries = json.loads(listing.read_text(encoding="utf-8"))["packages"]
    return tuple(_starter(entry) for entry in entries)


def installed() -> tuple[Package, ...]:
    """What lies in Argos's directories, by pair and then version; what is no package is logged and passed over."""
    found: list[Package] = []
    for directory in argos.packages_directories():
        for path in sorted(directory.iterdir()) if directory.is_dir() else ():
            if not path.is_dir():
                continue
            try:
                found.extend(_installed(path))
            except BadPackage as error:
                _log.warning("%s; passed over", error)
    return tuple(sorted(found, key=lambda package: (package.pair, version_key(package.version), package.name)))


def package_for(from_code: str, to_code: str) -> Package:
    """The newest installed package of the pair, else its starter."""
    pair = f"{from_code}-{to_code}"
    for packages in (installed(), starters()):
        fitting = [package for package in packages if package.pair == pair]
        if fitting:
            return max(fitting, key=lambda package: version_key(package.version))
    raise MissingPackage(from_code, to_code)


def route(from_code: str, to_code: str) -> tuple[Package, ...]:
    """The packages to go through, in order: one, or two by way of English; none from a language to itself."""
    if from_code == to_code:
        return ()
    try:
        return (package_for(from_code, to_code),)
    except MissingPackage:
        if PIVOT in (from_code, to_code):
            raise
    return (package_for(from_code, PIVOT), package_for(PIVOT, to_code))


def verify() -> tuple[Verification, ...]:
    """Every package's files hashed again and compared with what was recorded when it came."""
    return tuple(_verify(package) for package in (*starters(), *installed()))


def file_hashes(directory: Path) -> dict[str, str]:
    """SHA-256 by path inside the directory; the sidecar, which holds them, is left out."""
    return {
        path.relative_to(directory).as_posix(): file_hash(path)
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != SIDECAR
    }


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known_packages() -> tuple[dict[str, object], ...]:
    """The pinned packages of the public index: pair, version, file, sha256, licence, and bytes where measured."""
    listing = Path(__file__).with_name("known_packages.json")
    return tuple(json.loads(listing.read_text(encoding="utf-8")))


def read_metadata(directory: Path) -> argos.Facts:
    try:
        metadata = json.loads((directory / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadPackage(directory.name, f"no readable metadata.json: {error}") from error
    return argos.facts(metadata, directory.name)


def _starter(entry: Mapping[str, object]) -> Package:
    from_code, _, to_code = str(entry["pair"]).partition("-")
    decoding = entry.get("decoding") or {}
    file = str(entry["file"])
    return Package(
        name=f"translate-{from_code}_{to_code}",
        version=str(entry["version"]),
        from_code=from_code,
        to_code=to_code,
        sha256=str(entry["sha256"]),
        path=STARTER_DIRECTORY / file,
        origin="starter",
        decoding=Decoding.read(decoding if isinstance(decoding, Mapping) else {}, file),
        licence=str(entry["licence"]),
        rough=bool(entry.get("rough", False)),
        bleu=_bleu(entry.get("scores")),
        masks=entry.get("masks") == masks.SCHEME,
    )


def _bleu(scores: object) -> float | None:
    flores = scores.get("flores-dev") if isinstance(scores, Mapping) else None
    return float(flores["bleu"]) if isinstance(flores, Mapping) else None


def _installed(path: Path) -> Iterator[Package]:
    facts = read_metadata(path)
    if facts.type != "translate":
        return
    record = _sidecar(path)
    digest = record.get("sha256") or _directory_hash(path, _state(path))
    yield Package(
        name=facts.name,
        version=facts.version,
        from_code=facts.from_code,
        to_code=facts.to_code,
        sha256=str(digest),
        path=path,
        origin="installed",
        decoding=Decoding(),
        licence=str(record.get("licence", "not stated")),
        masks=facts.masks == masks.SCHEME,
    )


def _sidecar(path: Path) -> dict[str, object]:
    """What our installer wrote; empty where another tool installed the package."""
    try:
        record = json.loads((path / SIDECAR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadPackage(path.name, f"{SIDECAR} cannot be read: {error}") from error
    if not isinstance(record, dict):
        raise BadPackage(path.name, f"{SIDECAR} is not a JSON object")
    return record


def _state(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times: while these stay, the hashes are not computed again."""
    files = ((file, file.stat()) for file in sorted(path.rglob("*")) if file.is_file())
    return tuple((file.relative_to(path).as_posix(), stat.st_size, stat.st_mtime_ns) for file, stat in files)


@cache
def _directory_hash(path: Path, _state_of_files: tuple[tuple[str, int, int], ...]) -> str:
    lines = (f"{digest}  {name}\n" for name, digest in sorted(file_hashes(path).items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _verify(package: Package) -> Verification:
    if package.path.is_file():
        intact = file_hash(package.path) == package.sha256
        return Verification(package, "intact" if intact else "changed", () if intact else (package.path.name,))
    recorded = _sidecar(package.path).get("files")
    if not isinstance(recorded, dict):
        return Verification(package, "unrecorded", ())
    now = file_hashes(package.path)
    different = tuple(sorted(name for name in {*now, *recorded} if now.get(name) != recorded.get(name)))
    return Verification(package, "changed" if different else "intact", different)


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
