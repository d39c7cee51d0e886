"""Installing and removing packages: all of it or nothing.

A package is fetched, checked, unpacked, loaded and tried beside the packages directory, never in it (a stray
directory there breaks argostranslate), and then renamed into place.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import (
    BadPackage,
    CannotInstall,
    HashMismatch,
    IndexUnreachable,
    MissingPackage,
    NotInIndex,
    UnpinnedPackage,
)
from pipeline.translation import archives, argos, downloads
from pipeline.translation.engine import Engine
from pipeline.translation.packages import (
    SIDECAR,
    Decoding,
    Package,
    file_hash,
    file_hashes,
    installed,
    known_packages,
    read_metadata,
    version_key,
)
from pipeline.translation.smoke import smoke_test

_STAGING = ".triwire-install-"


def install(
    pair: str, *, index: str | None = None, sha256: str | None = None, progress: downloads.Progress | None = None
) -> Package:
    """Fetches the package of a pair such as `vi-en` from an index (a URL or a path; Argos's own by default).

    From the public index only the pinned version comes, or the newest where the caller gives its hash. From an
    index that the user names, its newest comes, compared with the hash that the caller, the index or a pin gives.
    Raises IndexUnreachable, NotInIndex, UnpinnedPackage or BadPackage.
    """
    place = downloads.as_url(index) if index else argos.index_url()
    if not urllib.parse.urlsplit(place).path.endswith(".json"):
        place = place.rstrip("/") + "/index.json"
    offers = _offers(place)
    pinned = next((known for known in known_packages() if known["pair"] == pair), None)
    public = index is None and argos.index_is_public()
    if public and not sha256:
        if pinned is None:
            raise UnpinnedPackage(pair)
        return _fetch_and_add(_pinned_urls(place, str(pinned["file"]), pair, offers), str(pinned["sha256"]), progress)
    fitting = [(facts, given) for facts, given in offers if f"{facts.from_code}-{facts.to_code}" == pair]
    if not fitting:
        raise NotInIndex(pair, place)
    facts, given = max(fitting, key=lambda offer: version_key(offer[0].version))
    if not sha256:
        sha256 = given or (str(pinned["sha256"]) if pinned and pinned["version"] == facts.version else None)
    urls = [urllib.parse.urljoin(place, link) for link in facts.links]
    return _fetch_and_add(urls, sha256, progress)


def add(file: Path, *, sha256: str | None = None) -> Package:
    """Installs an .argosmodel file, after the same checks. The same file again changes nothing."""
    digest = _hash_of(file)
    if sha256 is not None and digest != sha256.lower():
        raise HashMismatch(file.name, sha256, digest)
    facts = argos.facts(archives.read_metadata(file), file.name)
    destination = argos.packages_directory() / facts.directory
    for package in installed():
        if package.path == destination and package.sha256 == digest:
            return package
    if facts.type != "translate":
        raise BadPackage(file.name, f"is of type {facts.type}, not translate")
    with _staging(destination.parent) as staging:
        # The root's name is anybody's; errors about its files should name the package.
        unpacked = archives.unpack(file, staging / "unpacked").rename(staging / facts.directory)
        hashes = file_hashes(unpacked)
        licence = _licence(digest)
        record = {"sha256": digest, "archive": file.name, "licence": licence, "files": hashes}
        (unpacked / SIDECAR).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        smoke_test(Engine(_package(unpacked, digest, licence)))
        _put(unpacked, destination, staging)
    return _package(destination, digest, licence)


def remove(pair: str) -> tuple[Package, ...]:
    """Removes every installed package of the pair and returns them. Starters stay. Raises MissingPackage."""
    found = tuple(package for package in installed() if package.pair == pair)
    if not found:
        from_code, _, to_code = pair.partition("-")
        raise MissingPackage(from_code, to_code)
    for package in found:
        with _staging(package.path.parent) as staging:
            package.path.rename(staging / "removed")
    return found


def _fetch_and_add(urls: Sequence[str], sha256: str | None, progress: downloads.Progress | None) -> Package:
    """From the first of the URLs that answers."""
    refusals: list[IndexUnreachable] = []
    with _staging(argos.packages_directory()) as staging:
        for url in urls:
            archive = staging / (Path(urllib.parse.urlsplit(url).path).name or "package.argosmodel")
            try:
                downloads.fetch_file(url, archive, downloads.LARGEST_PACKAGE, progress)
            except IndexUnreachable as error:
                refusals.append(error)
            else:
                return add(archive, sha256=sha256)
    raise refusals[0] if refusals else IndexUnreachable("", "the index gives no link for the package")


def _offers(place: str) -> list[tuple[argos.Facts, str | None]]:
    """The index's packages, each with the hash that the index gives for it; the public index gives none."""
    try:
        entries = json.loads(downloads.fetch_bytes(place))
    except ValueError as error:
        raise IndexUnreachable(place, f"is no JSON: {error}") from error
    if not isinstance(entries, list):
        raise IndexUnreachable(place, "is no list of packages")
    offers = []
    for entry in entries:
        if isinstance(entry, dict) and entry.get("type", "translate") == "translate":
            given = entry.get("sha256")
            offers.append((argos.facts(entry, place), given if isinstance(given, str) else None))
    return offers


def _pinned_urls(place: str, file: str, pair: str, offers: Sequence[tuple[argos.Facts, str | None]]) -> list[str]:
    """Where a pinned file may lie: beside the index's packages, those of its own pair first, or beside the index.

    The index forgets packages (Vietnamese twice) that its server still has.
    """
    ordered = sorted(offers, key=lambda offer: f"{offer[0].from_code}-{offer[0].to_code}" != pair)
    links = [link for facts, _ in ordered for link in facts.links]
    return list(dict.fromkeys(urllib.parse.urljoin(urllib.parse.urljoin(place, link), file) for link in [*links, ""]))


def _hash_of(file: Path) -> str:
    try:
        return file_hash(file)
    except OSError as error:
        raise BadPackage(file.name, f"cannot be read: {error.strerror}") from error


def _licence(digest: str) -> str:
    found = (str(known["licence"]) for known in known_packages() if known["sha256"] == digest)
    return next(found, "not stated")


def _package(directory: Path, digest: str, licence: str) -> Package:
    facts = read_metadata(directory)
    return Package(
        name=facts.name,
        version=facts.version,
        from_code=facts.from_code,
        to_code=facts.to_code,
        sha256=digest,
        path=directory,
        origin="installed",
        decoding=Decoding(),
        licence=licence,
    )


def _put(unpacked: Path, destination: Path, staging: Path) -> None:
    """A directory cannot be renamed over another, so the old one steps aside and comes back if the new one fails."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    replaced = staging / "replaced"
    if destination.exists():
        destination.rename(replaced)
    try:
        unpacked.rename(destination)
    except OSError:
        if replaced.exists():
            replaced.rename(destination)
        raise


@contextmanager
def _staging(packages: Path) -> Iterator[Path]:
    """A directory on the packages' file system, gone afterwards; what a killed install left goes too."""
    beside = packages.absolute().parent
    try:
        beside.mkdir(parents=True, exist_ok=True)
        for left in beside.glob(f"{_STAGING}*"):
            if not _is_alive(left.name.removeprefix(_STAGING).partition("-")[0]):
                shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=f"{_STAGING}{os.getpid()}-", dir=beside) as directory:
            yield Path(directory)
    except OSError as error:  # a full disk, no permission, packages/ on a file system of its own
        raise CannotInstall(packages, error.strerror or str(error)) from error


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
