"""`triwire backup`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from triwire.options import database_option


@click.command()
@database_option
@click.option("--with-archive", is_flag=True, help="Copy the archive of pages too, beside the copy of the database.")
@click.option("--verify", "check", is_flag=True, help="Make no backup, but check the one at TARGET.")
@click.option(
    "--archive",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --verify: where the archive files of the backup are.",
)
@click.argument("target", type=click.Path(path_type=Path))
def command(database: Path, *, with_archive: bool, check: bool, folder: Path | None, target: Path) -> None:
    """Copy the database to TARGET, a file or a folder, while crawls and processing go on.

    A file with `.manifest.json` after its name lists the archive files with length and SHA-256, for copying them with
    rsync. Until the copy is whole, an older backup at TARGET stays as it is. To use a backup, copy it to where the
    database was, and its archive beside it.
    """
    from triwire.backup import back_up, place_of
    from triwire.progress import as_bytes, progress

    shown = partial(progress, shown=as_bytes)
    if check:
        _verify(place_of(database, target), folder)
        return
    if folder is not None:
        raise click.UsageError("--archive says where to verify: give --verify with it")
    made = back_up(database, target, with_archive=with_archive, progress=shown)
    copied = f", {as_bytes(made.copied)} of them copied" if with_archive else ""
    click.echo(f"{place_of(database, target)}: {as_bytes(made.bytes)}; {made.files} archive files{copied}")
    for fault in made.faults:
        click.echo(fault, err=True)
    if made.faults:
        raise SystemExit(1)


def _verify(target: Path, folder: Path | None) -> None:
    from triwire.backup import verify
    from triwire.progress import as_bytes, progress

    if not target.is_file():
        raise click.ClickException(f"there is no backup at {target}")
    checked = verify(target, folder, progress=partial(progress, shown=as_bytes))
    for note in checked.notes:
        click.echo(note)
    for fault in checked.faults:
        click.echo(fault)
    sound = f"{len(checked.faults)} faults" if checked.faults else "sound"
    click.echo(f"{target}: {sound}; {checked.files} archive files, {as_bytes(checked.bytes)}")
    if checked.faults:
        raise SystemExit(1)
