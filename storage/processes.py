"""Which process is at work: its name in the database, and the locks that die with it."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from storage.errors import TriwireError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PRESENT = ".present"
"""How the names of the files end that show which processes live."""


class AlreadyRunning(TriwireError):
    """Another process holds the lock; it will do the work, or the next run will."""

    def __init__(self, lock: Path, pid: str) -> None:
        super().__init__(f"another process (pid {pid or 'unknown'}) is at it already: it holds {lock.name}")
        self.lock = lock
        self.pid = pid


class CannotLock(TriwireError):
    """The folder of the database takes no file of ours."""

    def __init__(self, lock: Path, reason: str) -> None:
        super().__init__(f"cannot make {lock}: {reason}")
        self.lock = lock
        self.reason = reason


def process_name() -> str:
    """Start of the run and process id: two runs never share it, and it sorts by time."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}"


@contextlib.contextmanager
def locked(database: Path, work: str, *, patient: bool = False) -> Iterator[None]:
    """Hold the lock for this work on this database. If another does, raises AlreadyRunning, or waits if patient.

    The kernel lets go of it when the process ends, however it ends. The file stays: removing it would let two
    processes lock two files of the same name.
    """
    path = database.with_name(f"{database.name}.{work}.lock")
    with _open(path) as file:
        _lock(file, path, patient)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


@contextlib.contextmanager
def present(database: Path) -> Iterator[str]:
    """Give this process a name that others can ask after with `is_present`, until the block or the process ends.

    A file of that name is locked by whoever bears it. Those that killed processes left behind are removed.
    """
    for left_behind in database.parent.glob(f"{glob.escape(database.name)}.*{PRESENT}"):
        _is_held(left_behind)
    name = process_name()
    path = database.with_name(f"{database.name}.{name}{PRESENT}")
    file = _open_and_hold(path)
    try:
        yield name
    finally:
        path.unlink(missing_ok=True)
        file.close()


def is_present(database: Path, name: str) -> bool:
    """Whether the process with this name, which it got from `present`, still lives."""
    return _is_held(database.with_name(f"{database.name}.{name}{PRESENT}"))


def _open_and_hold(path: Path) -> IO[str]:
    while True:
        file = _open(path)
        fcntl.flock(file, fcntl.LOCK_EX)
        # Whoever looked in between making the file and locking it took it for a dead process's and removed it.
        if _leads_to(path, file):
            return file
        file.close()


def _is_held(path: Path) -> bool:
    """Whether a process holds the lock of this file, which is removed where none does: names are never used twice."""
    try:
        # Not "a": asking after a process must not make its file.
        file = path.open("r+")
    except FileNotFoundError:
        return False
    except PermissionError:
        # Another user's: nobody can tell, so it lives.
        return True
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        if _leads_to(path, file):
            path.unlink(missing_ok=True)
        return False


def _leads_to(path: Path, file: IO[str]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _open(path: Path) -> IO[str]:
    try:
        return path.open("a+")
    except OSError as error:
        raise CannotLock(path, error.strerror or str(error)) from error


def _lock(file: IO[str], path: Path, patient: bool) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
    except BlockingIOError as error:
        file.seek(0)
        raise AlreadyRunning(path, file.read().strip()) from error
