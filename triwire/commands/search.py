"""`triwire search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most articles to list.")
@click.argument("words", nargs=-1, required=True)
def command(database: Path, limit: int, words: tuple[str, ...]) -> None:
    """Find articles that hold all WORDS, in the original or in English, best first.

    A word with marks is taken exactly; a word without them finds every marked spelling, đ included. "Quoted words"
    are looked for side by side.
    """
    from storage.database import opened
    from storage.search import search

    with opened(database, must_exist=True) as db:
        found = search(db, " ".join(words), limit)
    for row in found:
        published = str(row["published"] or "")[:10] or "undated"
        click.echo(f"{published}  {row['language'] or '--':5}  {row['title'] or '(no headline)'}")
        if row["title_en"] and row["title_en"] != row["title"]:
            click.echo(f"{'':19}{row['title_en']}")
        click.echo(f"{'':19}{row['url']}")
    click.echo(f"{len(found)} found", err=True)
