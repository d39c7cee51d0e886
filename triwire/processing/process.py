"""`triwire process` as a function: under the lock, once or as long as a crawl goes on."""

from __future__ import annotations

import contextlib
import select
from typing import IO, TYPE_CHECKING

import click

from crawler.marking import mark_all, use_beat
from pipeline.stages.translate import Translate, outdated
from storage.beat import translation_place
from storage.database import opened, rows, value, writing
from storage.ledger import enqueue_again, waiting_reasons, wake
from storage.processes import locked, process_name
from triwire.processing.run import Run, Tally
from triwire.processing.stages import all_stages, can_go_on
from triwire.processing.workers import Workers
from triwire.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from storage.ledger import Stage

LOCK = "process"
NEXT = "process-next"
LOOK_SECONDS = 1.0
"""How often a follower looks for new work while the crawl goes on."""


def process_once(
    database: Path, command: str, *, follow: IO[str] | None = None, stages: Sequence[Stage] | None = None
) -> Tally:
    """Work until nothing is due in these stages, or in any; with `follow`, until that stream ends and then so.

    Raises AlreadyRunning; a follower waits its turn instead, because whoever works now may end before its crawl does,
    unless another follower waits already. Ctrl-C ends it at once: what was not written stays queued.
    """
    with opened(database):
        # What is no database is refused before a lock is left beside it.
        pass
    with contextlib.ExitStack() as held:
        if follow is None:
            held.enter_context(locked(database, LOCK))
        else:
            # One follower waits; a second would only wait for the same work.
            with locked(database, NEXT):
                held.enter_context(locked(database, LOCK, patient=True))
        db = held.enter_context(opened(database))
        run = Run(db, stages or all_stages(database), Workers(), process_name())
        try:
            run.begin(command)
            _mark(db)
            _wake(db)
            while True:
                ended = follow is None or _has_ended(follow)
                if run.drain() == 0 and ended:
                    break
        except BaseException:
            run.workers.abandon()
            raise
        finally:
            run.workers.close()
            run.end()
        run.tally.check()
    return run.tally


def _has_ended(stream: IO[str]) -> bool:
    """Whether the process at the other end has closed the stream, or died; waits a moment before it says no."""
    readable, _, _ = select.select([stream], [], [], LOOK_SECONDS)
    return bool(readable) and not stream.read(1)


def _mark(db: Database) -> None:
    """Mark what another beat has marked, or nobody yet, so that the queue of translations is in order."""
    use_beat(db)
    waiting = value(db, "SELECT count(*) FROM ranks WHERE beat IS NULL")
    if waiting:
        with progress("beat", waiting) as shown:
            mark_all(db, shown.advance)


def _wake(db: Database) -> None:
    """Queue again what waited for a package that is there now, and what other packages would translate now."""
    for stage, reason in waiting_reasons(db):
        if can_go_on(reason):
            wake(db, stage, reason)
    with writing(db):
        for revision in outdated(db):
            place = translation_place(db, revision)
            enqueue_again(db, Translate.name, revision, version=Translate.version, place=place)


def report(db: Database, tally: Tally) -> None:
    """A line a stage, and one for each thing that is missing or wrong."""
    for stage, counts in tally.stages.items():
        parts = [f"{counts['done']} done"]
        parts += [f"{counts[what]} {what}" for what in ("waiting", "failed") if counts[what]]
        click.echo(f"{stage:>12}  {', '.join(parts)}", err=True)
    for (stage, reason), n in waiting_reasons(db).items():
        click.echo(f"{n} wait in {stage}: {reason}", err=True)
    bad = rows(db, "SELECT stage, count(*) AS n FROM work WHERE state = 'quarantined' GROUP BY stage")
    for row in bad:
        click.echo(f"{row['n']} quarantined in {row['stage']}: see `triwire status`, then `triwire retry`", err=True)
