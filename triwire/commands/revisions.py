"""`triwire revisions`."""

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
@click.option("--context", default=1, show_default=True, help="Unchanged sentences to show around each change.")
@click.argument("url")
def command(database: Path, as_json: bool, context: int, url: str) -> None:
    """Show how the article at URL has changed since it was first read, sentence by sentence.

    URL is any address of the article, in any spelling, or its id.
    """
    from storage.database import opened
    from triwire.revisions import find_article, history_lines, read_history

    with opened(database, must_exist=True) as db:
        history = read_history(db, find_article(db, url))
    if as_json:
        click.echo(json.dumps(history.as_json(), ensure_ascii=False, indent=2))
        return
    for line in history_lines(history, context=max(0, context)):
        click.echo(line)
