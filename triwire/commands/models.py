"""`triwire models`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.translation.packages import Package


@click.group()
def command() -> None:
    """Translation packages: Argos packages (.argosmodel), in Argos's own folder.

    The newest installed package of a pair is used; where there is none, the starter that comes with triwire.
    """


@command.command("list")
@database_option
def list_packages(database: Path) -> None:
    """List the packages at hand, and which are in use."""
    from tabulate import tabulate

    from pipeline.errors import MissingPackage
    from pipeline.translation import installed, starters
    from pipeline.translation.packages import package_for

    def in_use(package: Package) -> bool:
        try:
            return package_for(package.from_code, package.to_code).sha256 == package.sha256
        except MissingPackage:
            return False

    packages = (*installed(), *starters())
    table = [
        (p.pair, p.version, p.origin, "in use" if in_use(p) else "", p.sha256[:12], p.licence.splitlines()[0][:40])
        for p in packages
    ]
    click.echo(tabulate(table, headers=("pair", "version", "origin", "", "sha256", "licence")))
    if not any(package.origin == "installed" for package in packages):
        click.echo(
            "\nStarters give the gist. Better ones from the public Argos index: `triwire models install vi-en es-en`"
        )


@command.command("install")
@database_option
@click.option("--index", help="Another index: a URL or a path of an index.json. Default: the public Argos index.")
@click.option("--sha256", help="The hash that the package must have; known packages are pinned already.")
@click.argument("pairs", nargs=-1, required=True)
def install_packages(database: Path, index: str | None, sha256: str | None, pairs: tuple[str, ...]) -> None:
    """Fetch the packages of PAIRS such as `vi-en`, check hash and sense, and install them."""
    from pipeline.translation import install

    for pair in pairs:
        package = install(pair, index=index, sha256=sha256, progress=_download_progress(pair))
        click.echo(f"\ninstalled {package.name} {package.version}  sha256 {package.sha256}")
    click.echo("`triwire process` translates what waited for it")


@command.command("add")
@database_option
@click.option("--sha256", help="The hash that the file must have.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add_files(database: Path, sha256: str | None, files: tuple[Path, ...]) -> None:
    """Install .argosmodel FILES, after the same checks."""
    from pipeline.translation import add

    for file in files:
        package = add(file, sha256=sha256)
        click.echo(f"installed {package.name} {package.version}  sha256 {package.sha256}")


@command.command("verify")
@database_option
def verify_packages(database: Path) -> None:
    """Hash every package again and compare; exit code 1 when one has changed."""
    from pipeline.translation import verify

    changed = False
    for found in verify():
        package = found.package
        changed = changed or found.state == "changed"
        click.echo(
            f"{found.state:10}  {package.pair}  {package.version}  {package.origin}  {' '.join(found.files)}".rstrip()
        )
    if changed:
        raise SystemExit(1)


@command.command("remove")
@database_option
@click.argument("pairs", nargs=-1, required=True)
def remove_packages(database: Path, pairs: tuple[str, ...]) -> None:
    """Remove the installed packages of PAIRS; starters stay."""
    from pipeline.translation import remove

    for pair in pairs:
        for package in remove(pair):
            click.echo(f"removed {package.name} {package.version}")


def _download_progress(pair: str) -> Callable[[int, int | None], None]:
    def show(done: int, total: int | None) -> None:
        of = f" of {total / 1e6:.0f}" if total else ""
        click.echo(f"\r{pair}: {done / 1e6:.1f}{of} MB", nl=False, err=True)

    return show
