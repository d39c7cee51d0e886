"""`triwire serve`."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import click

from triwire.options import database_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, help="Port to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open a web browser.")
def command(database: Path, host: str, port: int, open_browser: bool) -> None:
    """Open the database in Datasette, with descriptions, facets and ready questions."""
    from storage.database import opened
    from triwire.newsroom import datasette_arguments

    if set(database.name) & set("?#%"):
        raise click.ClickException(f"Datasette cannot open a file called {database.name}: rename it without ? # %")
    _check_port(host, port)
    with opened(database, must_exist=True):
        # Datasette only reads: a database of an older triwire is migrated before.
        pass
    arguments = datasette_arguments(database, host, port) + (["--open"] if open_browser else [])
    # In place of this process, so that Ctrl-C and signals reach Datasette itself.
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *arguments])  # noqa: S606


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"port {port} on {host} is not free ({error.strerror}): give another --port"
            ) from error
