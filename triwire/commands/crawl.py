"""`triwire crawl`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from triwire.options import database_option, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from storage.agenda import Agenda

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@database_option
@click.option(
    "--process/--no-process", "process_beside", default=True, help="Translate and group beside the crawl, or not."
)
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="Set a setting, as `scrapy crawl -s` does.")
@click.option("--now", is_flag=True, help="Visit listings that are not due, too; naming sources does the same.")
@click.option(
    "--since", type=DAY, metavar="DATE", help="Fill back: articles published from this day on, as 2026-08-22."
)
@click.option(
    "--until", type=DAY, metavar="DATE", help="Fill back up to this day, which is included; today if not given."
)
@click.option(
    "--beat", metavar="FILE", help="Follow this beat from now on; `default` is the one that comes with triwire."
)
@click.option(
    "--beat-only", is_flag=True, help="Fetch only what is on the beat; `triwire retry held` fetches the rest."
)
@click.argument("names", nargs=-1)
def command(
    database: Path,
    *,
    process_beside: bool,
    settings: tuple[str, ...],
    now: bool,
    since: datetime | None,
    until: datetime | None,
    beat: str | None,
    beat_only: bool,
    names: tuple[str, ...],
) -> None:
    """Visit what is due: read those feeds, sitemaps and section pages, fetch and archive what is new.

    Made for cron, every few minutes: only sources with something due are started, and runs may overlap, since sources
    and hosts are locked in the database. Ctrl-C ends it after the requests under way; what is not done stays queued.

    With --since the listings are left alone, and the articles of those days are looked up in the sitemaps and archive
    pages of all sources, or of those named. Run again, it goes on where it was.
    """
    from crawler.marking import use_beat
    from storage.agenda import set_clock
    from storage.database import opened
    from storage.ledger import has_due_work
    from triwire import planning

    given: dict[str, Any] = {
        "TRIWIRE_NOW": now or bool(names),
        "TRIWIRE_BEAT_ONLY": beat_only,
        **read_settings(settings),
    }
    days = _days(since, until)
    with opened(database) as db:
        set_clock(db, datetime.now(UTC))
        use_beat(db, beat or given.get("TRIWIRE_BEAT"))
        if days:
            names = planning.ask_for_days(db, names, *days)
            given = {**given, "TRIWIRE_VISIT": False}
        agenda = None if names or now else planning.plan(db, given)
        work_waits = process_beside and has_due_work(db)
    if agenda is not None and not agenda.due and not work_waits:
        click.echo(_nothing_due(agenda), err=True)
        return
    _crawl(database, agenda.due if agenda else names, given, process_beside=process_beside, agenda=agenda)


def _crawl(
    database: Path, names: tuple[str, ...], given: dict[str, Any], *, process_beside: bool, agenda: Agenda | None
) -> None:
    from triwire.crawling import FAULTS, NOT_KEPT, STOPPED, Tick, crawl
    from triwire.extension import Companion
    from triwire.watching import watch_sources

    companion = Companion(str(database)) if process_beside else None
    counts: dict[str, int] = {}
    try:
        if agenda is None or agenda.due:
            counts = crawl(Tick(database, names, given))
    finally:
        code = companion.finish() if companion else 0
    watch_sources(database)
    told = ", ".join(f"{number} {label}" for label, number in counts.items())
    click.echo(told or (_nothing_due(agenda) if agenda else "nothing was due"), err=True)
    if counts.get(STOPPED):
        raise SystemExit(130)
    if code or counts.get(FAULTS) or counts.get(NOT_KEPT):
        raise SystemExit(code or 1)


def _nothing_due(agenda: Agenda) -> str:
    if agenda.next is None:
        return "nothing was due, and nothing is planned"
    source, moment = agenda.next
    minutes = max(1, round((datetime.fromisoformat(moment) - datetime.now(UTC)).total_seconds() / 60))
    wait = f"{minutes} minute{'s' if minutes > 1 else ''}" if minutes < 100 else f"{round(minutes / 60)} hours"
    return f"nothing was due (next: {source} in {wait})"


def _days(since: datetime | None, until: datetime | None) -> tuple[date, date] | None:
    if since is None:
        if until is not None:
            raise click.UsageError("--until needs --since: from which day on?")
        return None
    last = until.date() if until else datetime.now(UTC).date()
    if last < since.date():
        raise click.UsageError(f"--since {since:%Y-%m-%d} is after --until {last:%Y-%m-%d}")
    return since.date(), last
