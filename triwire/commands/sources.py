"""`triwire sources`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from triwire.options import database_option, read_settings

if TYPE_CHECKING:
    from crawler.surveying import Proposal, Survey


@click.group(invoke_without_command=True)
@database_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, database: Path, as_json: bool) -> None:
    """List the sources with their state: how well their facts are known, and how they have answered."""
    if ctx.invoked_subcommand is not None:
        ctx.obj = database
        return
    from storage.database import opened
    from triwire.sources import read_sources, source_lines

    if database.is_file():
        with opened(database) as db:
            found = read_sources(db)
    else:
        found = read_sources(None)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in source_lines(found, datetime.now(UTC)):
        click.echo(line)


@command.command()
@click.option("--name", help="What to call it; made from its host if not given.")
@click.option("--outlet", help="The outlet as readers know it; read from its pages if not given.")
@click.option(
    "--language", type=click.Choice(["vi", "es", "en"]), help="Its language; told from its texts if not given."
)
@click.option("--country", help="Its country, ISO 3166-1 such as CU; told from its domain if not given.")
@click.option("--timezone", help="The zone of its dates, such as America/Havana; its country's if not given.")
@click.option("--write", is_flag=True, help="Write the class and the test page without asking.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write them below this folder instead of the checkout.",
)
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="Set a setting, as `triwire crawl -s` does.")
@click.argument("url")
@click.pass_obj
def add(
    database: Path,
    *,
    url: str,
    name: str | None,
    outlet: str | None,
    language: str | None,
    country: str | None,
    timezone: str | None,
    write: bool,
    folder: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Look at the site at URL and propose a source: a class with its facts, and a test page in the site's shape.

    A dozen addresses are asked for, at the pace of the crawl. Nothing is written unless you say so, and nothing that
    is there is overwritten.
    """
    from crawler.surveying import propose
    from crawler.surveying.proposal import Given
    from crawler.surveying.writing import Draft, target_folder
    from triwire.surveying import languages_of, new_address, survey_site

    address = new_address(url)
    survey = survey_site(database, address, read_settings(settings))
    _tell(survey)
    given = Given(name, outlet, language, country.upper() if country else None, timezone)
    proposal = propose(survey, given, languages_of(survey.pages))
    draft = Draft.of(proposal, datetime.now(UTC))
    _show(proposal, draft.files())
    target = target_folder(folder)
    if not write:
        if target is None or not sys.stdin.isatty():
            click.echo(
                "nothing was written: say --write to have it written, and --folder where there is no checkout", err=True
            )
            return
        if not click.confirm(f"Write them below {target}?"):
            return
    for path in draft.write(target):
        click.echo(f"wrote {path}")


def _tell(survey: Survey) -> None:
    click.echo(f"looked at {survey.host}:", err=True)
    for url, outcome in survey.asked:
        click.echo(f"  {url}  {outcome}", err=True)


def _show(proposal: Proposal, files: dict[str, bytes]) -> None:
    read = proposal.read
    click.echo(f"read from {proposal.page.url}:", err=True)
    for field, value in {
        "title": read.title,
        "date": f"{read.published.moment.isoformat()} ({read.published.origin})" if read.published else None,
        "authors": ", ".join(read.authors),
        "body": f"{len(read.body)} characters" if read.body else None,
        "language": read.declared_language,
    }.items():
        click.echo(f"  {field:8}  {value or '-'}", err=True)
    for name, content in files.items():
        click.echo(click.style(f"--- {name}", bold=True))
        click.echo(content.decode("utf-8"))
    for doubt in proposal.doubts:
        click.echo(f"look: {doubt}", err=True)
