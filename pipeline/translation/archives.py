"""A package's archive: a zip with one root directory, opened with suspicion."""

from __future__ import annotations

import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pipeline.errors import BadPackage

LARGEST_UNPACKED = 3_000_000_000
"""Bytes; the largest public package unpacks to 0.4 GB."""

_TOKENIZERS = ("sentencepiece.model", "bpe.model")


def unpack(archive: Path, destination: Path) -> Path:
    """Unpacks into `destination`, and returns the package's directory there."""
    with _opened(archive) as package:
        members = _members(package, archive.name)
        root = _root(members, archive.name)
        _require_parts({member.filename for member in members}, root, archive.name)
        for member in members:
            package.extract(member, destination)
    return destination / root


def read_members(archive: Path) -> dict[str, bytes]:
    """The files by their path below the root, in memory."""
    with _opened(archive) as package:
        members = _members(package, archive.name)
        root = _root(members, archive.name)
        return {member.filename.removeprefix(f"{root}/"): package.read(member) for member in members}


def read_metadata(archive: Path) -> object:
    """The metadata as it was parsed, without the rest."""
    with _opened(archive) as package:
        root = _root(_members(package, archive.name), archive.name)
        try:
            return json.loads(package.read(f"{root}/metadata.json"))
        except (KeyError, ValueError) as error:
            raise BadPackage(archive.name, f"no readable metadata.json: {error}") from error


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(archive) as package:
            yield package
    except FileNotFoundError as error:
        raise BadPackage(archive.name, "there is no such file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError is what zipfile says to an encrypted member.
        raise BadPackage(archive.name, f"is no whole zip archive: {error}") from error


def _members(package: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    members = [member for member in package.infolist() if not member.is_dir()]
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise BadPackage(name, f"unpacks to more than {LARGEST_UNPACKED} bytes")
    for member in members:
        path = PurePosixPath(member.filename)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            raise BadPackage(name, f"would write outside of its directory: {member.filename!r}")
        if kind not in (0, stat.S_IFREG):
            raise BadPackage(name, f"holds something that is no file: {member.filename!r}")
    if len({member.filename for member in members}) != len(members):
        raise BadPackage(name, "holds a file twice")
    return members


def _root(members: list[zipfile.ZipInfo], name: str) -> str:
    parts = [PurePosixPath(member.filename).parts for member in members]
    roots = {path[0] for path in parts}
    if len(roots) != 1 or any(len(path) < 2 for path in parts):
        raise BadPackage(name, "has not one root directory with everything in it")
    return roots.pop()


def _require_parts(names: set[str], root: str, name: str) -> None:
    for part in ("metadata.json", "model/model.bin"):
        if f"{root}/{part}" not in names:
            raise BadPackage(name, f"has no {part}")
    if not any(f"{root}/{tokenizer}" in names for tokenizer in _TOKENIZERS):
        raise BadPackage(name, f"has no tokenizer: none of {', '.join(_TOKENIZERS)}")
