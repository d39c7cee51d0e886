"""Backups: the database copied while it is in use, and with it the certain part of each archive file.

The copy of the database holds the manifest, in `archive_files`: name, length and hash of each file. So one rename puts
a whole backup in the place of the one before; the manifest as JSON beside it is for those who copy the archive with
other tools.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.archive import archive_folder
from storage.database import opened
from storage.errors import TriwireError
from storage.moments import now
from storage.processes import locked, process_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from triwire.progress import Progress

PAGES_AT_ONCE = 4_000
"""Of the database, some 16 MB: between two steps progress is told, and Ctrl-C heard."""
PIECE = 1 << 20
MANIFEST = ".manifest.json"
PART = ".part"


class BackupFailed(TriwireError):
    """No backup was made; what was there before is as it was."""

    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(f"no backup was made at {target}: {reason}; an older one there is untouched")
        self.target = target
        self.reason = reason


@dataclass(slots=True)
class Made:
    """A backup that was made."""

    bytes: int = 0
    """Of the database."""
    files: int = 0
    """Archive files in the manifest."""
    copied: int = 0
    """Bytes of them that were copied."""
    faults: list[str] = field(default_factory=list)
    """What the archive lacks; the database is whole even so."""


def place_of(database: Path, target: Path) -> Path:
    """Where the copy goes: TARGET, or under the database's name into the folder TARGET."""
    return target / database.name if target.is_dir() else target


def back_up(
    database: Path,
    target: Path,
    *,
    with_archive: bool,
    progress: Callable[[str, int], contextlib.AbstractContextManager[Progress]],
) -> Made:
    """Copy the database, hash the archive up to its committed lengths, and copy that too if asked.

    Raises BackupFailed, AlreadyRunning.
    """
    target = place_of(database, target)
    if target.resolve() == database.resolve():
        raise BackupFailed(target, "that is the database itself")
    if not target.parent.is_dir():
        raise BackupFailed(target, f"there is no folder {target.parent}")
    with opened(database, must_exist=True) as db, locked(database, "backup"), _cleared(target) as part:
        try:
            _check_room(target, database.stat().st_size)
            made = Made(bytes=_copy_database(database, part, progress))
            name = process_name()
            hashes = _take_archive(database, part, archive_folder(target) if with_archive else None, made, progress)
            _finish_copy(part, hashes, name)
            manifest = _write_manifest(part, name)
            part.replace(target)
            manifest.replace(target.with_name(target.name + MANIFEST))
            _sync(target.parent)
        except (sqlite3.Error, OSError) as error:
            raise BackupFailed(target, str(error)) from error
        # A sealed file does not change any more, so the next backup need not read it.
        db.conn.executemany(
            "UPDATE archive_files SET sha256 = ? WHERE name = ? AND sealed",
            [(sha, file) for file, sha in hashes.items()],
        )
        db.conn.execute(
            "INSERT INTO runs (id, command, started_at, ended_at) VALUES (?, 'backup', ?, ?)", [name, now(), now()]
        )
    return made


@contextlib.contextmanager
def _cleared(target: Path) -> Iterator[Path]:
    """Where the copy is made; nothing of it, nor of a former attempt, stays there."""
    part = target.with_name(target.name + PART)
    leftovers = [part.with_name(part.name + end) for end in ("", "-wal", "-shm", "-journal", MANIFEST)]

    def clear() -> None:
        for path in leftovers:
            path.unlink(missing_ok=True)

    clear()
    try:
        yield part
    finally:
        clear()


def _check_room(target: Path, needed: int) -> None:
    """A backup that fills the disk of the database would stop the crawl."""
    free = shutil.disk_usage(target.parent).free
    if needed > free:
        raise BackupFailed(target, f"it needs {needed:,} bytes and {free:,} are free")


def _copy_database(
    database: Path, part: Path, progress: Callable[[str, int], contextlib.AbstractContextManager[Progress]]
) -> int:
    """SQLite's online backup, of one moment however long it takes; returns its bytes."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as source:
        # Held until the end. Otherwise each commit of a crawl would make SQLite begin again.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        pages = source.execute("PRAGMA page_count").fetchone()[0]
        size = source.execute("PRAGMA page_size").fetchone()[0]
        with contextlib.closing(sqlite3.connect(part)) as copy, progress(database.name, pages * size) as shown:
            done = 0

            def tell(status: int, remaining: int, total: int) -> None:
                nonlocal done
                shown.advance((total - remaining) * size - done)
                done = (total - remaining) * size

            source.backup(copy, pages=PAGES_AT_ONCE, progress=tell)
    return int(pages * size)


def _take_archive(
    database: Path,
    part: Path,
    copies: Path | None,
    made: Made,
    progress: Callable[[str, int], contextlib.AbstractContextManager[Progress]],
) -> dict[str, str]:
    """Hash, and copy if asked, what the copied database says is certain; returns hashes by name."""
    with contextlib.closing(sqlite3.connect(part)) as copy:
        files = copy.execute(
            "SELECT name, length, sealed, sha256 FROM archive_files WHERE removed_at IS NULL ORDER BY name"
        ).fetchall()
    folder = archive_folder(database)
    if copies is not None:
        copies.mkdir(exist_ok=True)
        missing = sum(max(0, length - _size(copies / name)) for name, length, _, _ in files)
        _check_room(copies, missing)
    hashes = {}
    with progress("archive", sum(length for _, length, _, _ in files)) as shown:
        for name, length, sealed, known in files:
            try:
                if sealed and known and (folder / name).stat().st_size == length:
                    hashes[name] = known
                    shown.advance(length)
                else:
                    hashes[name] = _read(folder / name, length, shown)
                made.copied += 0 if copies is None else _append(folder / name, copies / name, length)
            except FileNotFoundError:
                made.faults.append(f"archive file {name} is not there (`triwire archive verify`)")
            except _TooShort:
                made.faults.append(f"archive file {name} is shorter than {length} bytes (`triwire archive verify`)")
            else:
                made.files += 1
    if copies is not None:
        _sync(copies)
    return hashes


class _TooShort(Exception):
    """A file ends before its committed length."""


def _read(path: Path, length: int, shown: Progress) -> str:
    """Hash of a file's first bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = length
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise _TooShort
            digest.update(piece)
            left -= len(piece)
            shown.advance(len(piece))
    return digest.hexdigest()


def _append(source: Path, target: Path, length: int) -> int:
    """Bring a copy up to a length; archive files only grow, so what is there stays. Returns the bytes written."""
    with source.open("rb") as whole, target.open("ab") as copy:
        begin = copy.tell()
        if begin > length:
            # Of a later attempt that did not come to its end.
            copy.truncate(length)
        whole.seek(begin)
        left = length - begin
        while left > 0:
            piece = whole.read(min(PIECE, left))
            if not piece:
                raise _TooShort
            copy.write(piece)
            left -= len(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return max(0, length - begin)


def _finish_copy(part: Path, hashes: dict[str, str], name: str) -> None:
    """Write the manifest into the copy and see that it is sound, in one file without a journal beside it."""
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("BEGIN")
        copy.execute("UPDATE archive_files SET sha256 = NULL")
        copy.executemany(
            "UPDATE archive_files SET sha256 = ? WHERE name = ?", [(sha, file) for file, sha in hashes.items()]
        )
        copy.execute(
            "INSERT INTO runs (id, command, started_at, ended_at) VALUES (?, 'backup', ?, ?)", [name, now(), now()]
        )
        copy.execute("COMMIT")
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"the database is damaged ({found})")
    _sync(part)


def _write_manifest(part: Path, name: str) -> Path:
    with contextlib.closing(_read_only(part)) as copy:
        files = [dict(row) for row in copy.execute(_FILES)]
    digest = _digest_of(part)
    manifest = {
        "format": 1,
        "backup": name,
        "made_at": now(),
        "database": {"bytes": part.stat().st_size, "sha256": digest},
        "archive": files,
    }
    path = part.with_name(part.name + MANIFEST)
    with path.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    return path


_FILES = "SELECT name, length, sha256, sealed FROM archive_files WHERE removed_at IS NULL ORDER BY name"


def _read_only(path: Path) -> sqlite3.Connection:
    """Without a trace beside the file, which may lie where nothing can be written."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(slots=True)
class Checked:
    """What a verification found."""

    files: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def verify(
    target: Path,
    folder: Path | None,
    *,
    progress: Callable[[str, int], contextlib.AbstractContextManager[Progress]],
) -> Checked:
    """Check a copy of the database, and the archive files in `folder`, or where that is None beside the copy."""
    checked = Checked()
    try:
        with contextlib.closing(_read_only(target)) as copy:
            checked.faults += [
                f"the database: {row[0]}" for row in copy.execute("PRAGMA integrity_check(5)") if row[0] != "ok"
            ]
            files = [dict(row) for row in copy.execute(_FILES)]
            last = copy.execute("SELECT max(id) FROM runs WHERE command = 'backup'").fetchone()[0]
    except sqlite3.DatabaseError as error:
        checked.faults.append(f"the database: {error}")
        return checked
    _check_manifest(target, last, checked)
    where = folder or archive_folder(target)
    if folder is None and not where.is_dir():
        if files:
            checked.notes.append(
                f"{len(files)} archive files not checked: there is no folder {where} (--archive FOLDER)"
            )
        return checked
    with progress("archive", sum(file["length"] for file in files)) as shown:
        for file in files:
            fault = _fault_of(where / file["name"], file, shown)
            if fault:
                checked.faults.append(f"{file['name']}: {fault}")
            checked.files += 1
            checked.bytes += file["length"]
    return checked


def _check_manifest(target: Path, backup: str | None, checked: Checked) -> None:
    path = target.with_name(target.name + MANIFEST)
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        told, digest = manifest["backup"], manifest["database"]["sha256"]
    except FileNotFoundError:
        checked.notes.append(f"there is no {path.name}; the database holds the same facts")
    except (ValueError, KeyError, TypeError):
        checked.faults.append(f"{path.name} cannot be read")
    else:
        if told != backup:
            checked.notes.append(f"{path.name} is of another backup than the database; the next one renews both")
        elif digest != _digest_of(target):
            checked.faults.append("the database has changed since the backup was made")


def _fault_of(path: Path, file: dict[str, Any], shown: Progress) -> str | None:
    if file["sha256"] is None:
        return "was not there when the backup was made"
    try:
        size = path.stat().st_size
        found = _read(path, file["length"], shown)
    except FileNotFoundError:
        return "is not there"
    except (_TooShort, OSError) as error:
        return f"is shorter than {file['length']} bytes" if isinstance(error, _TooShort) else str(error)
    if found != file["sha256"]:
        return "has other bytes than it should"
    if file["sealed"] and size > file["length"]:
        return f"has {size - file['length']} bytes too many"
    return None
