"""`triwire status`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(database: Path, as_json: bool) -> None:
    """Say what is stored, what is queued, which packages are missing, and what went wrong."""
    from storage.database import opened
    from triwire.state import read_state, state_lines

    with opened(database, must_exist=True) as db:
        state = read_state(db)
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
        return
    for line in state_lines(state):
        click.echo(line)
