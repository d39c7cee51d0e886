"""What many tests stand on: an empty database, and the commands as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.database import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Ctrl-C reaches the commands under test even where a shell started the tests in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a test's database is."""
    return tmp_path / "news.db"


@pytest.fixture
def db(database: Path) -> Iterator[Database]:
    """A new, empty database."""
    with opened(database) as db:
        yield db


@pytest.fixture(autouse=True)
def own_argos_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what the person who runs it has installed."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(home / "packages"))


def local(hosts: Mapping[str, str]) -> list[str]:
    """Settings that send real hosts to this machine and leave no article out for its age."""
    return ["-s", f"TRIWIRE_LOCAL_HOSTS={json.dumps(dict(hosts))}", "-s", "TRIWIRE_BACKFILL_DAYS=0"]


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """`triwire` with these arguments, in a process of its own."""
    command = [sys.executable, "-m", "triwire", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )


def run(*arguments: str | Path, input: str = "", code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """`triwire` with these arguments, to its end, which must be `code`."""
    done = subprocess.run(
        [sys.executable, "-m", "triwire", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=input,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done
