"""`triwire reextract`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.reextraction import Requeued


@click.command()
@database_option
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only pages of this source (repeatable).")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    metavar="DATE",
    help="Only pages captured on this day (UTC) or later, as 2026-08-22.",
)
@click.option("--force", is_flag=True, help="Also pages that the present extractor has read already.")
@click.option("--process/--no-process", "process_now", default=True, help="Read them at once, or only queue them.")
def command(
    database: Path, *, sources: tuple[str, ...], since: datetime | None, force: bool, process_now: bool
) -> None:
    """Read stored pages again, from the archive and without the network.

    Queued are all pages that the present version of the extractor has not read, and those that failed; with --force
    all. What another version read stays until this one has read the newest page of an article. --force is for a
    source whose description has changed: what then reads differently takes the place of what was read before.
    """
    from crawler.reextraction import queue_captures
    from storage.database import opened, value
    from storage.moments import stamp
    from triwire.planning import UnknownSource
    from triwire.processing.afterwards import process_afterwards

    with opened(database, must_exist=True) as db:
        for name in sources:
            if value(db, "SELECT 1 FROM sources WHERE name = ?", [name]) is None:
                raise UnknownSource(
                    name, [known for (known,) in db.conn.execute("SELECT name FROM sources ORDER BY 1")]
                )
        moment = stamp(since.replace(tzinfo=UTC)) if since else None
        result = queue_captures(db, database, sources=sources, since=moment, force=force)
    _tell(result)
    processed = (
        process_afterwards(database, "reextract") if process_now and (result.queued or result.queued_before) else True
    )
    if result.missing or not processed:
        raise SystemExit(1)


def _tell(result: Requeued) -> None:
    click.echo(f"{result.queued} pages queued to be read again")
    if result.queued_before:
        click.echo(f"{result.queued_before} were queued already")
    if result.read_already:
        click.echo(f"{result.read_already} have been read by this version of the extractor (--force reads them again)")
    for day, number in sorted(result.removed.items()):
        click.echo(f"{number} have no page any more: removed from the archive on {day}; what was read of them stays")
    for name, number in sorted(result.missing.items()):
        click.echo(f"{number} have no page though they should: {name} is missing (`triwire archive verify`)", err=True)
