"""`triwire import`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from triwire.options import database_option


class Moment(click.ParamType[datetime]):
    """ISO 8601; a date or time without a zone is UTC."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 date, such as 2024-10-08 or 2024-10-08T09:00:00+07:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command(name="import")
@database_option
@click.option("--url", help="Where the article stands on the web.")
@click.option("--published", type=Moment(), help="When it was published, ISO 8601.")
@click.option("--title", help="Its headline.")
@click.option("--process/--no-process", "process_now", default=True, help="Translate and group at once.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(
    database: Path,
    url: str | None,
    published: datetime | None,
    title: str | None,
    process_now: bool,
    files: tuple[Path, ...],
) -> None:
    """Bring in articles from FILES, text or HTML that a person has saved.

    Without a URL, the hash of the file identifies the article, so bringing it in twice brings it in once.
    """
    from crawler.archive import ArchiveWriter, archive_folder, cut_torn_tails
    from crawler.imported import Said, bring_in
    from storage.database import opened
    from storage.processes import process_name
    from triwire.processing.afterwards import process_afterwards

    if len(files) > 1 and (url or title):
        raise click.UsageError("--url and --title describe one article: give one file with them")
    said = Said(url, published, title)
    with opened(database) as db:
        folder = archive_folder(database)
        cut_torn_tails(db, folder)
        archive = ArchiveWriter(db, folder, process_name())
        try:
            for path in files:
                article, new = bring_in(db, archive, path, said)
                click.echo(f"{article}  {'stored' if new else 'known already'}  {path}")
        finally:
            archive.close()
    if process_now and not process_afterwards(database, "import"):
        raise SystemExit(1)
