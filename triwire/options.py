"""Options that several commands share."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from storage.location import DEFAULT, ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Decorated = TypeVar("Decorated", bound="Callable[..., Any]")


def database_option(command: Decorated) -> Decorated:
    """`--database PATH`, which every command takes; filters take it so that a script can pass it to all."""
    return click.option(
        "--database",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT,
        envvar=ENVIRONMENT,
        show_default=f"${ENVIRONMENT} or {DEFAULT}",
        help="The database file.",
    )(command)


def read_settings(given: tuple[str, ...]) -> dict[str, str]:
    """What `-s NAME=VALUE` says, given any number of times."""
    pairs = [pair.partition("=") for pair in given]
    bad = [name for name, equals, _ in pairs if not equals]
    if bad:
        raise click.UsageError(f"-s takes NAME=VALUE, not {bad[0]!r}")
    return {name: value for name, _, value in pairs}


def input_lines() -> Iterator[str]:
    """Lines of standard input, UTF-8 whatever the locale, without their ends; bytes that are none become U+FFFD."""
    with io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        for line in stream:
            yield line.removesuffix("\n").removesuffix("\r")
