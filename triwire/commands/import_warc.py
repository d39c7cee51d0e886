"""`triwire import-warc`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from sqlite_utils import Database

    from crawler.archive import ArchiveWriter
    from crawler.imported_warc import Report
    from crawler.warcs.pages import Choice


class Languages(click.ParamType[tuple[str, ...]]):
    """Codes with commas between them."""

    name = "codes"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        from storage.records import LANGUAGES

        codes = tuple(code.strip().lower() for code in str(value).split(",") if code.strip())
        unknown = [code for code in codes if code not in LANGUAGES]
        if unknown or not codes:
            self.fail(f"{value!r} is not one or more of {','.join(LANGUAGES)}", param, ctx)
        return codes


@click.command(name="import-warc")
@database_option
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only pages of this source (repeatable).")
@click.option("--host", "hosts", multiple=True, help="Only pages of this host and its subdomains (repeatable).")
@click.option(
    "--language", "languages", type=Languages(), metavar="CODES", help="Only pages in these languages, as vi,es,en."
)
@click.option(
    "--articles-only", is_flag=True, help="Of hosts that no source describes, only addresses like an article's."
)
@click.option("--again", is_flag=True, help="Read files that were read to their end before.")
@click.option("--process/--no-process", "process_now", default=True, help="Extract, translate and group at once.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(
    database: Path,
    *,
    sources: tuple[str, ...],
    hosts: tuple[str, ...],
    languages: tuple[str, ...] | None,
    articles_only: bool,
    again: bool,
    process_now: bool,
    files: tuple[Path, ...],
) -> None:
    """Bring in the pages of WARC FILES: anyone's, Common Crawl's news files among them, packed or not.

    Pages are copied into triwire's archive with the day of their capture. What is stored already is not stored twice;
    Ctrl-C or a kill loses nothing: run the same command again. Give files of one collection in the order of time,
    since a page older than the one that is stored of an article is left out.
    """
    from crawler.archive import ArchiveWriter, archive_folder, cut_torn_tails
    from crawler.warcs.pages import Choice
    from pipeline.language import identify
    from storage.database import opened
    from storage.processes import locked, process_name
    from triwire.processing.afterwards import process_afterwards

    _check_sources(sources)
    choice = Choice(
        sources,
        tuple(host.lower().removeprefix("*.") for host in hosts),
        languages or (),
        articles_only,
        lambda text, claim: identify(text, claim).language,
    )
    with opened(database) as db, locked(database, "import-warc"):
        folder = archive_folder(database)
        cut_torn_tails(db, folder)
        archive = ArchiveWriter(db, folder, process_name())
        try:
            sound = [_read(db, archive, path, choice, again=again) for path in files]
        finally:
            archive.close()
    processed = process_afterwards(database, "import-warc") if process_now else True
    if not all(sound) or not processed:
        raise SystemExit(1)


def _check_sources(names: tuple[str, ...]) -> None:
    from crawler.catalogue import sources
    from triwire.planning import UnknownSource

    for name in names:
        if name not in sources() and not name.startswith("imported"):
            raise UnknownSource(name, list(sources()))


def _read(db: Database, archive: ArchiveWriter, path: Path, choice: Choice, *, again: bool) -> bool:
    """Read one file and say what came of it; False where a person should look."""
    from crawler.imported_warc import WarcImport
    from crawler.warcs import NotAWarc
    from triwire.progress import as_bytes, progress

    size = path.stat().st_size
    with progress(path.name, size, as_bytes) as shown:
        done = 0

        def seen(consumed: int) -> None:
            nonlocal done
            shown.advance(consumed - done)
            done = consumed

        try:
            report = WarcImport(db, archive, path, choice).run(seen, again=again)
        except (NotAWarc, OSError) as error:
            click.echo(f"{click.format_filename(path.name)}: {error}", err=True)
            return False
    _tell(path, report)
    return not report.broken


def _tell(path: Path, report: Report) -> None:
    from crawler.imported_warc import STORED

    counts = {STORED: report.counts[STORED], **dict(sorted(report.counts.items()))}
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    if report.finished_before:
        told = f"read before ({told}); --again reads it again"
    elif report.went_on:
        told += " (in all; this run went on where an interrupted one was)"
    click.echo(f"{path.name}: {told}")
    for offset, reason in report.broken:
        click.echo(f"{path.name}: byte {offset}: {reason}", err=True)
