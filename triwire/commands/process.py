"""`triwire process`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
@click.option("--follow", is_flag=True, hidden=True, help="Go on until standard input ends: a crawl holds it open.")
def command(database: Path, follow: bool) -> None:
    """Extract, identify, translate, fingerprint and group what is queued.

    One process works on a database at a time. Ctrl-C leaves the rest queued for the next time. Exit code 1 when this
    run has given something up for good.
    """
    from storage.database import opened
    from storage.processes import AlreadyRunning
    from triwire.processing.process import process_once, report

    try:
        tally = process_once(database, "process", follow=sys.stdin if follow else None)
    except AlreadyRunning as error:
        if not follow:
            raise
        click.echo(f"left to whoever is next: {error}", err=True)
        return
    with opened(database) as db:
        report(db, tally)
    if any(counts["quarantined"] for counts in tally.stages.values()):
        # Once, in the run that gave up: cron should not write the same mail every ten minutes.
        raise SystemExit(1)
