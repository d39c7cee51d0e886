"""The Datasette face: what `triwire serve` shows of a database."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

USUAL_NAME = "news"
"""The database that metadata.yml names; the plugin says the same of one that is called otherwise."""


def datasette_arguments(database: Path, host: str, port: int) -> list[str]:
    """Arguments of `datasette` that open this database with the project's descriptions, pages and functions."""
    here = Path(str(files(__package__)))
    return [
        "serve",
        str(database),
        "--metadata",
        str(here / "metadata.yml"),
        "--plugins-dir",
        str(here / "plugins"),
        "--static",
        f"newsroom:{here / 'static'}",
        "--host",
        host,
        "--port",
        str(port),
        "--setting",
        "default_page_size",
        "50",
        "--setting",
        "sql_time_limit_ms",
        "5000",
        "--setting",
        "suggest_facets",
        "off",
    ]
