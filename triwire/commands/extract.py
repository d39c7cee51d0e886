"""`triwire extract`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from triwire.options import database_option


@click.command()
@database_option
@click.option("--url", required=True, help="Where the page came from: it decides which source's selectors are used.")
@click.option("--content-type", help="The Content-Type header that came with it.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
def command(database: Path, url: str, content_type: str | None, file: Path) -> None:
    """Read a page from FILE (`-` for standard input) and print the article as a JSON record."""
    from crawler.catalogue import source_for
    from crawler.extraction import Page, as_json, extract

    body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    record = as_json(extract(Page(url, body, content_type), source_for(url)))
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))
