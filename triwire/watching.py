"""The look at the sources after a tick: has one fallen silent, do its pages still read as they did."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


def watch_sources(database: Path) -> None:
    """Bring the warnings up to date and tell those that are new."""
    from crawler.extraction import EXTRACTION_VERSION
    from storage.database import opened
    from storage.moments import stamp
    from storage.warnings import watch

    moment = datetime.now(UTC)
    with opened(database) as db:
        for warned in watch(db, moment, EXTRACTION_VERSION):
            if warned.since == stamp(moment):
                click.echo(f"warning: {warned.source} ({warned.kind}): {warned.evidence['says']}", err=True)
