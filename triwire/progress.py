"""Progress on standard error: a bar where a person watches, a line now and then where a file does."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_SECONDS = 5.0
PATIENCE = 1.0
"""Work that ends sooner than this needs no word about its progress."""


class Progress(Protocol):
    """What long work tells how far it is."""

    def advance(self, by: int = 1) -> None: ...


class _Lines:
    """`label done/total`, at most every few seconds."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self.last = time.monotonic() - LINE_SECONDS + PATIENCE

    def advance(self, by: int = 1) -> None:
        self.done += by
        moment = time.monotonic()
        if moment - self.last >= LINE_SECONDS:
            self.last = moment
            click.echo(f"{self.label} {self.done}/{self.total}", err=True)


class _Bar:
    """click's bar, drawn once the work has lasted a moment."""

    def __init__(self, label: str, total: int) -> None:
        self._bar = click.progressbar(length=total, label=f"{label:>12}", file=sys.stderr, show_pos=True)
        self._start = time.monotonic()
        self._drawn = False
        self._kept = 0

    def advance(self, by: int = 1) -> None:
        self._kept += by
        if time.monotonic() - self._start >= PATIENCE:
            if not self._drawn:
                self._bar.__enter__()
                self._drawn = True
            self._bar.update(self._kept)
            self._kept = 0

    def close(self) -> None:
        if self._drawn:
            self._bar.update(self._kept)
            self._bar.__exit__(None, None, None)


@contextlib.contextmanager
def progress(label: str, total: int) -> Iterator[Progress]:
    """Show how far `total` pieces of work are."""
    if not sys.stderr.isatty():
        yield _Lines(label, total)
        return
    bar = _Bar(label, total)
    try:
        yield bar
    finally:
        bar.close()
