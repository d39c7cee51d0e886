"""`triwire retry`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


STAGES = ("fetch", "held", "extract", "identify", "translate", "fingerprint", "group")


@click.command()
@database_option
@click.argument("stages", nargs=-1, type=click.Choice(STAGES))
def command(database: Path, stages: tuple[str, ...]) -> None:
    """Queue again what was given up on or waits after a failure, in all STAGES or in those named.

    What was held back because it is off the beat is queued only where `held` is named.
    """
    from storage.beat import release
    from storage.database import opened, writing
    from storage.frontier import fetch_again
    from storage.ledger import retry

    worked = [stage for stage in stages if stage not in {"fetch", "held"}]
    with opened(database, must_exist=True) as db, writing(db):
        fetches = fetch_again(db) if not stages or "fetch" in stages else 0
        fetches += release(db) if "held" in stages else 0
        queued = retry(db, worked) if worked or not stages else 0
    click.echo(f"{fetches} to fetch again, by `triwire crawl`; {queued} to work on again, by `triwire process`")
