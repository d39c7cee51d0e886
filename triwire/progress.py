"""Progress on standard error: a bar where a person watches, a line now and then where a file does."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE_SECONDS = 5.0
PATIENCE = 1.0
"""Work that ends sooner than this needs no word about its progress."""


class Progress(Protocol):
    """What long work tells how far it is."""

    def advance(self, by: int = 1) -> None: ...


def as_number(amount: int) -> str:
    """An amount of things."""
    return str(amount)


def as_bytes(amount: int) -> str:
    """An amount of bytes, in the unit that a person would choose: 1.2 GB is 1,200,000,000 of them."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if amount >= size:
            return f"{amount / size:.1f} {unit}"
    return f"{amount} bytes"


class _Lines:
    """`label done/total` and how long the rest will take, at most every few seconds."""

    def __init__(self, label: str, total: int, shown: Callable[[int], str]) -> None:
        self.label, self.total, self.done = label, total, 0
        self.shown = shown
        self.start = time.monotonic()
        self.last = self.start - LINE_SECONDS + PATIENCE

    def advance(self, by: int = 1) -> None:
        self.done += by
        moment = time.monotonic()
        if moment - self.last >= LINE_SECONDS:
            self.last = moment
            text = f"{self.label} {self.shown(self.done)}/{self.shown(self.total)}"
            click.echo(text + self._rest(moment - self.start), err=True)

    def _rest(self, passed: float) -> str:
        """Worth telling when it is minutes."""
        minutes = passed * (self.total - self.done) / max(1, self.done) / 60
        return f", about {minutes:.0f} min left" if minutes >= 1.5 else ""


class _Bar:
    """click's bar, drawn once the work has lasted a moment."""

    def __init__(self, label: str, total: int, shown: Callable[[int], str]) -> None:
        counted = shown is as_number
        self._bar = click.progressbar(
            length=total, label=f"{label:>12}", file=sys.stderr, show_pos=counted, show_percent=not counted
        )
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
def progress(label: str, total: int, shown: Callable[[int], str] = as_number) -> Iterator[Progress]:
    """Show how far `total` pieces of work are, and on a terminal how long the rest will take."""
    if not sys.stderr.isatty():
        yield _Lines(label, total, shown)
        return
    bar = _Bar(label, total, shown)
    try:
        yield bar
    finally:
        bar.close()
