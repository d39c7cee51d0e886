"""`triwire crawl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
@click.option(
    "--process/--no-process", "process_beside", default=True, help="Translate and group beside the crawl, or not."
)
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="Set a setting, as `scrapy crawl -s` does.")
@click.option("--now", is_flag=True, help="Visit listings that are not due, too; naming sources does the same.")
@click.argument("names", nargs=-1)
def command(database: Path, process_beside: bool, settings: tuple[str, ...], now: bool, names: tuple[str, ...]) -> None:
    """Visit all sources, or those named, once: read the listings that are due, fetch and archive what is new.

    Made for cron: runs may overlap, since sources and hosts are locked in the database. Ctrl-C ends it after the
    requests under way; what is not done stays queued.
    """
    from storage.database import opened
    from triwire.crawling import FAULTS, Tick, crawl
    from triwire.extension import Companion

    with opened(database):
        # Made or migrated, or refused, before anything starts.
        pass
    companion = Companion(str(database)) if process_beside else None
    try:
        given = {**({"TRIWIRE_NOW": True} if now else {}), **_settings(settings)}
        counts = crawl(Tick(database, names, given))
    finally:
        code = companion.finish() if companion else 0
    click.echo(", ".join(f"{number} {label}" for label, number in counts.items()) or "nothing was due", err=True)
    if code or counts.get(FAULTS):
        raise SystemExit(code or 1)


def _settings(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given]
    bad = [name for name, equals, _ in pairs if not equals]
    if bad:
        raise click.UsageError(f"-s takes NAME=VALUE, not {bad[0]!r}")
    return {name: value for name, _, value in pairs}
