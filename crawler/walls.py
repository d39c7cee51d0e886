"""Pages that are given for any address, with status 200: an error page, a consent wall, a notice of maintenance."""

from __future__ import annotations

import hashlib
from collections import deque
from typing import TYPE_CHECKING

from storage.articles import articles_with_page

if TYPE_CHECKING:
    from sqlite_utils import Database

FEWEST = 2
"""Other articles of a source that must have had the very same bytes: two addresses of one article happen, three in a
row do not."""
AT_ONCE = 100
"""More pages than are ever between the spider and the archive."""


class Walls:
    """Tells, of a source, which page is no article's.

    Only bytes count, to the last one: two articles never agree so far, if only because a page names its own address.
    A wall that writes something new into each page passes, and is noticed for the text that it lacks.
    """

    def __init__(self, db: Database, source: str) -> None:
        self._db = db
        self._source = source
        # Hash and article of what was let through last: the database may be a moment behind.
        self._latest: deque[tuple[str, str]] = deque(maxlen=AT_ONCE)

    def reason(self, article: str, body: bytes) -> str | None:
        """Why this is not the article's page, or None if nothing speaks against it."""
        sha256 = hashlib.sha256(body).hexdigest()
        latest = (other for seen, other in self._latest if seen == sha256)
        others = {*latest, *articles_with_page(self._db, self._source, sha256, FEWEST + 1)} - {article}
        if len(others) >= FEWEST:
            return "the same page as for other addresses: an error page, a consent wall or a notice"
        self._latest.append((sha256, article))
        return None
