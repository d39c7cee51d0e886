"""Addresses that a crawl could follow for ever: combinations of filters, folders that repeat."""

from __future__ import annotations

from urllib.parse import urlsplit

MOST_PARAMETERS = 6
"""In the query of an article's address; what has more is a list with its filters."""
MOST_FOLDERS = 12
MOST_REPEATS = 2
"""Times that one folder may stand in a path: a relative link that is wrong grows by one at each step."""
MOST_SHAPES = 3
"""Sets of parameters under which one listing may name one path: articles that are told apart by a number have one set,
filters have as many as can be combined."""


def trap(url: str) -> str | None:
    """Why a normalised address looks like a trap, or None."""
    parts = urlsplit(url)
    if len(parts.query.split("&")) > MOST_PARAMETERS:
        return "too many parameters"
    folders = [folder for folder in parts.path.split("/") if folder]
    if len(folders) > MOST_FOLDERS:
        return "too many folders"
    # Days and months repeat by themselves: /2010/10/10/.
    words = [folder for folder in folders if not folder.isdecimal()]
    if any(words.count(word) > MOST_REPEATS for word in set(words)):
        return "a folder that repeats"
    return None


class Shapes:
    """The sets of parameters under which one listing has named each path."""

    def __init__(self) -> None:
        self._seen: dict[str, set[frozenset[str]]] = {}

    def admit(self, url: str) -> bool:
        """Whether this address may be one more article, and not one more combination of filters."""
        path, _, query = url.partition("?")
        if not query:
            return True
        shape = frozenset(pair.partition("=")[0] for pair in query.split("&"))
        seen = self._seen.setdefault(path, set())
        if shape not in seen and len(seen) >= MOST_SHAPES:
            return False
        seen.add(shape)
        return True
