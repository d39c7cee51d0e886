"""Where the database is, for those who need its path before they open it."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT = "news.db"
ENVIRONMENT = "TRIWIRE_DATABASE"


def database_path(given: str | None = None) -> Path:
    """What was given, else TRIWIRE_DATABASE, else `news.db` here."""
    return Path(given or os.environ.get(ENVIRONMENT) or DEFAULT)
