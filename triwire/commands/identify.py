"""`triwire identify`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triwire.options import database_option, input_lines

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
@click.option("--claim", help="Language that the lines are said to be in: tips a doubtful line, never a clear one.")
def command(database: Path, claim: str | None) -> None:
    """Read lines from standard input; print `language<TAB>probability<TAB>text` for each.

    The language is vi, es, en or other.
    """
    from pipeline.language import identify

    for text in input_lines():
        verdict = identify(text, claim)
        click.echo(f"{verdict.language}\t{verdict.probability:.4f}\t{text}")
