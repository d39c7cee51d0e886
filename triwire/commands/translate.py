"""`triwire translate`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import click

from storage.records import LANGUAGES
from triwire.options import database_option, input_lines

if TYPE_CHECKING:
    from pathlib import Path

LINES_AT_ONCE = 2000
"""Enough for full batches; a longer stream is translated as it comes."""


@click.command()
@database_option
@click.option("--from", "from_code", required=True, type=click.Choice(LANGUAGES), help="Language of the lines.")
@click.option("--to", "to_code", default="en", show_default=True, type=click.Choice(LANGUAGES), help="Language wanted.")
def command(database: Path, from_code: str, to_code: str) -> None:
    """Translate lines from standard input: as many lines come out, in the same order.

    A pair without a package of its own goes through English.
    """
    from pipeline.translation import translate_lines

    stream = input_lines()
    while lines := list(itertools.islice(stream, LINES_AT_ONCE)):
        for line in translate_lines(lines, from_code, to_code):
            click.echo(line)
