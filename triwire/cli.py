"""`triwire`: one command line over crawl, processing and reading.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import errno
import importlib
import sqlite3
from typing import Any

import click

from storage.errors import TriwireError
from triwire import __version__

COMMANDS = {
    "crawl": "Visit the sources that are due and fetch what is new (one tick, for cron).",
    "process": "Extract, identify, translate, fingerprint and group what is queued.",
    "serve": "Open the database in Datasette.",
    "status": "Say what is stored, queued, missing and wrong.",
    "search": "Find articles by words, in the original and in English.",
    "revisions": "Show how an article has changed since it was first read.",
    "sources": "List the sources with their state; look at a site and propose a new one.",
    "import": "Bring in articles from text or HTML files.",
    "import-warc": "Bring in the pages of anyone's WARC files.",
    "reextract": "Read stored pages again, from the archive and without the network.",
    "backup": "Copy the database while it is in use, with a manifest of its archive.",
    "archive": "List, verify and prune the archive of pages.",
    "retry": "Queue again what was given up on.",
    "models": "List, install, add, verify and remove translation packages.",
    "demo": "Crawl and process a small newsroom on this machine.",
    "extract": "Read a page: HTML in, a JSON record out.",
    "identify": "Tell languages: lines in, `language<TAB>probability<TAB>text` out.",
    "translate": "Translate: lines in, lines out.",
    "group": "Group documents into stories: JSON lines in, the same rows with story and reasons out.",
    "dump": "Print the database as text in a fixed order.",
}
"""Name to help; the command itself is `command` in `triwire.commands.<name>`, read when it is called."""

MODULES = {"import": "import_files", "import-warc": "import_warc"}
"""Where a command's name cannot be a module's."""


DISK_OR_LOCK = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
FULL_OR_READ_ONLY = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


class Commands(click.Group):
    """Lists commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"triwire.commands.{MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TriwireError as error:
            raise click.ClickException(str(error)) from error
        except (sqlite3.OperationalError, OSError) as error:
            if not _is_of_the_machine(error):
                raise
            raise click.ClickException(f"{error}; what is not done stays queued: run the command again") from error
        except KeyboardInterrupt:
            # click would call this an error; a shell expects 128 + SIGINT.
            click.echo("stopped; what is not done stays queued", err=True)
            ctx.exit(130)


def _is_of_the_machine(error: sqlite3.OperationalError | OSError) -> bool:
    """Whether it is the disk, its permissions or a lock, and no fault of triwire's: no traceback helps then."""
    if isinstance(error, sqlite3.OperationalError):
        # Without the extension in the upper bits that says what exactly could not be done.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in DISK_OR_LOCK
    return error.errno in FULL_OR_READ_ONLY


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """A newswire in Vietnamese, Spanish and English, in one SQLite file."""
