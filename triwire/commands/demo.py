"""`triwire demo`."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storage.errors import TriwireError

if TYPE_CHECKING:
    from sqlite_utils import Database

HEADLINE_WIDTH = 62
OUTLET_WIDTH = 34


class DemoFailed(TriwireError):
    """A crawl of the demo newsroom ended badly: a fault of triwire's or of this machine's."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the crawl of the demo newsroom ended with code {code}; the lines above tell why")
        self.code = code


MARK = "demo"
"""The run that tells a demo's database, which may be deleted, from any other."""


class NoDemo(TriwireError):
    """A database that holds somebody's work."""

    def __init__(self, database: Path) -> None:
        super().__init__(f"{database} was not made by the demo and is left alone: name another with --database")
        self.database = database


@click.command()
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    default="demo.db",
    show_default=True,
    help="Where the result goes; made anew each time.",
)
def command(database: Path) -> None:
    """Crawl and process a small newsroom on this machine, and list the stories found.

    Ten outlets in three languages on 127.0.0.x, with invented articles. They are crawled twice, with a correction in
    between, by the real spiders over real HTTP.
    """
    from storage.database import opened
    from storage.processes import locked
    from triwire.demo.newsroom import Newsroom

    with locked(database, "demo"):
        _clear(database)
        with Newsroom(edition=1) as newsroom:
            click.echo(f"A newsroom of {len(newsroom.hosts)} sites is open on this machine. First crawl:", err=True)
            _crawl(database, dict(newsroom.hosts))
            newsroom.turn(2)
            click.echo("One article has been corrected since. Second crawl:", err=True)
            _crawl(database, dict(newsroom.hosts))
        with opened(database) as db:
            _show(db)
    click.echo(f"\nOpen it in Datasette:  {_own_command()} serve --database {shlex.quote(str(database))}")


def _clear(database: Path) -> None:
    """Start from nothing, so that every run shows the same. Raises NoDemo where a database is no earlier demo's."""
    from crawler.archive import archive_folder
    from storage.database import opened, writing
    from storage.moments import now

    if database.exists():
        with opened(database) as db:
            if not db.conn.execute("SELECT 1 FROM runs WHERE id = ?", [MARK]).fetchone():
                raise NoDemo(database)
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    shutil.rmtree(archive_folder(database), ignore_errors=True)
    with opened(database) as db, writing(db):
        db.conn.execute("INSERT INTO runs (id, command, started_at) VALUES (?, 'demo', ?)", [MARK, now()])


def _crawl(database: Path, hosts: dict[str, str]) -> None:
    settings = ["-s", f"TRIWIRE_LOCAL_HOSTS={json.dumps(hosts)}", "-s", "TRIWIRE_BACKFILL_DAYS=0"]
    # A process of its own for each crawl, as cron would start them: Scrapy's reactor runs once in a process.
    command = [sys.executable, "-m", "triwire", "crawl", "--now", "--database", str(database), *settings]
    code = subprocess.run(command, check=False).returncode  # noqa: S603
    if code:
        raise DemoFailed(code)


def _show(db: Database) -> None:
    from tabulate import tabulate

    from pipeline.translation import starters
    from storage.database import rows, value

    stories = rows(db, "SELECT * FROM story_list ORDER BY articles > 1 DESC, first_seen, story")
    table = [
        [
            story["headline_en"],
            story["language_list"],
            story["outlet_list"],
            story["articles"],
            (story["first_seen"] or "")[:16].replace("T", " "),
        ]
        for story in stories
    ]
    headers = ("headline in English", "languages", "outlets", "articles", "first seen (UTC)")
    widths = [HEADLINE_WIDTH, None, OUTLET_WIDTH, None, None]
    click.echo()
    click.echo(tabulate(table, headers=headers, maxcolwidths=widths))
    click.echo()
    counts = rows(db, "SELECT state, count(*) AS n FROM fetches GROUP BY state ORDER BY n DESC")
    revised = value(db, "SELECT count(*) FROM current_revisions WHERE number > 1")
    click.echo(
        f"{len(stories)} stories. Articles: "
        + ", ".join(f"{row['n']} {row['state']}" for row in counts)
        + f"; {revised} revised between the two crawls."
    )
    apart = rows(db, "SELECT headline_a, headline_b FROM why_grouped WHERE kind = 'template' ORDER BY score DESC")
    for pair in apart:
        click.echo(f"Kept apart though nearly the same words: {pair['headline_a']} | {pair['headline_b']}")
    used = {row["sha256"] for row in rows(db, "SELECT sha256 FROM packages WHERE origin = 'starter'")}
    quality = [f"{p.pair} {p.bleu} BLEU" for p in starters() if p.sha256 in used and p.bleu is not None]
    if quality:
        click.echo(
            f"Translated by the starter packages ({', '.join(quality)} on FLORES dev): a rough gist, wrong in places."
            " The Argos packages reach 25; install them once: `triwire models install vi-en es-en`."
        )


def _own_command() -> str:
    """How a person calls triwire here: by its name where the shell finds it, else by its path."""
    beside = Path(sys.executable).with_name("triwire")
    found = shutil.which("triwire")
    if found and Path(found).resolve() == beside.resolve():
        return "triwire"
    return os.path.relpath(beside) if beside.exists() else f"{sys.executable} -m triwire"
