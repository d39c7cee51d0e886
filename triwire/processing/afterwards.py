"""Processing what a command has just brought in or queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


def process_afterwards(database: Path, command: str) -> bool:
    """Work through the queue and report; False where something failed that a person should look at.

    If another process is at it, it will find the new work, or the next run will.
    """
    from storage.database import opened
    from storage.processes import AlreadyRunning
    from triwire.processing.process import process_once, report

    try:
        tally = process_once(database, command)
    except AlreadyRunning as error:
        click.echo(f"queued; {error}, and will work on it or leave it to `triwire process`", err=True)
        return True
    with opened(database) as db:
        report(db, tally)
    return not tally.of("extract")["failed"] and not any(counts["quarantined"] for counts in tally.stages.values())
