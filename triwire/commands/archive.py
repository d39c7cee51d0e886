"""`triwire archive`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group(name="archive")
def command() -> None:
    """The archive of pages: WARC files in a folder beside the database."""


@command.command(name="list")
@database_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def list_files(database: Path, as_json: bool) -> None:
    """List the files with what is in each."""
    from tabulate import tabulate

    from storage.database import opened, rows
    from triwire.progress import as_bytes

    with opened(database, must_exist=True) as db:
        found = rows(db, "SELECT * FROM archive_report ORDER BY day, file")
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    columns = ("file", "day", "state", "bytes", "pages", "unread", "other_answers")
    listed = [[as_bytes(row[name]) if name == "bytes" else row[name] for name in columns] for row in found]
    click.echo(tabulate(listed, headers=columns))
    there = [row for row in found if row["state"] != "removed"]
    click.echo(f"{len(there)} files, {as_bytes(sum(row['bytes'] for row in there))}")


@command.command()
@database_option
@click.argument("names", nargs=-1, metavar="[FILE]...")
def verify(database: Path, names: tuple[str, ...]) -> None:
    """Read every record of all files, or of those named, and say what is damaged.

    Compared are the digests in the records, and the places, addresses and hashes in the database. A crawl may go on
    meanwhile. Exit code 1 when something is wrong.
    """
    from crawler.archive import archive_folder
    from crawler.archive.upkeep import Verified, kept_files, unknown_files, verify_file
    from storage.database import opened
    from triwire.progress import as_bytes, progress

    tally, damages = Verified(), 0
    with opened(database, must_exist=True) as db:
        folder = archive_folder(database)
        known = {file.name: file for file in kept_files(db)}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise click.ClickException(f"the archive has no file {unknown[0]}; `triwire archive list` names them")
        chosen = names or tuple(known)
        with progress("archive", sum(known[name].length for name in chosen), as_bytes) as shown:
            for name in chosen:
                for damage in verify_file(db, folder, name, shown.advance, tally):
                    damages += 1
                    click.echo(str(damage))
        for name in () if names else unknown_files(db, folder):
            damages += 1
            click.echo(f"{name}: the database does not know it; `triwire import-warc {folder / name}` takes it in")
    click.echo(
        f"{tally.files} files, {tally.records} records, {as_bytes(tally.bytes)}: "
        + (f"{damages} faults" if damages else "no damage")
    )
    if damages:
        raise SystemExit(1)


@command.command()
@database_option
@click.option("--keep-days", type=click.IntRange(min=0), metavar="N", help="Remove files older than N days.")
@click.option(
    "--keep-gb",
    type=click.FloatRange(min=0),
    metavar="N",
    help="Remove the oldest files until the archive has at most N gigabytes (N * 1,000,000,000 bytes).",
)
@click.option("--yes", is_flag=True, help="Remove them; without it, only say what would be removed.")
def prune(database: Path, keep_days: int | None, keep_gb: float | None, yes: bool) -> None:
    """Remove whole files, oldest first, by age or size or both.

    What was read from their pages stays; the pages themselves can then be read again no more. Never removed is a file
    that is still written to, or one with a page that the present extractor has not read.
    """
    from crawler.archive import archive_folder
    from crawler.archive.upkeep import kept_files, noted_but_there, plan_pruning, remove_files
    from storage.database import opened
    from triwire.progress import as_bytes

    if keep_days is None and keep_gb is None:
        raise click.UsageError("say what to keep: --keep-days N, --keep-gb N, or both")
    keep_bytes = None if keep_gb is None else keep_gb * 1e9
    with opened(database, must_exist=True) as db:
        folder = archive_folder(database)
        if yes:
            remove_files(db, folder, noted_but_there(db, folder))
        plan = plan_pruning(kept_files(db), keep_days=keep_days, keep_bytes=keep_bytes, today=datetime.now(UTC).date())
        going = [file.name for file in plan.going]
        removed = remove_files(db, folder, going) if yes else going
    for file in plan.going:
        if file.name in removed:
            click.echo(f"{'removed' if yes else 'would be removed'}: {file.name} ({file.day}, {as_bytes(file.length)})")
    for file in plan.unread:
        click.echo(
            f"kept: {file.name} ({file.day}, {as_bytes(file.length)}): {file.unread} of its pages are not read yet;"
            " `triwire process` reads them, `triwire retry extract` those that failed",
            err=True,
        )
    left = plan.left + sum(file.length for file in plan.going if file.name not in removed)
    click.echo(f"{len(removed)} files {'removed' if yes else 'to remove (--yes does it)'}; {as_bytes(left)} stay")
    if keep_bytes is not None and left > keep_bytes:
        click.echo(f"that is more than {as_bytes(int(keep_bytes))}: what may go is gone", err=True)
        raise SystemExit(1)
