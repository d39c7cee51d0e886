"""`triwire dump`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
def command(database: Path) -> None:
    """Print the database as text in a fixed order, one JSON object a row.

    Left out is what the schema declares to be clocks and attempts, so two runs over the same news print the same.
    """
    from storage.database import opened
    from storage.dump import dump_lines

    with opened(database, must_exist=True) as db:
        for line in dump_lines(db):
            click.echo(line)
