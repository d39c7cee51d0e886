"""The form that a site's articles have in their addresses, guessed from those that its listings name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ENOUGH = 0.8
"""Share of the articles that a form must fit: feeds also name videos and special pages."""
HOME = r"^https?://[^/]+"
_LAST = re.compile(r"[^/?#]*?(?P<before>[-_/]?)(?P<letters>[a-z]{0,6})(?P<digits>\d{4,})(?P<end>\.[a-z]{2,5}|/|)$")


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern for `article_url`, and how it does."""

    pattern: str
    fits: int
    """Of the articles."""
    of: int
    others: int
    """Links of the home page that lead to no listed article, and fit too: articles that are not in the feed, or not."""


def guess_form(articles: Sequence[str], others: Iterable[str] = ()) -> Form | None:
    """The first of the usual forms that fits nearly all articles, and else none; `others` are any links of the site.

    Addresses are normalised. The forms that tell most come first: a number that stays when the slug changes, then a
    date, then a slug of several words.
    """
    listed = list(dict.fromkeys(articles))
    rest = set(others) - set(listed)
    for pattern in _forms(listed):
        compiled = re.compile(pattern)
        fits = sum(bool(compiled.match(url)) for url in listed)
        if listed and fits >= ENOUGH * len(listed):
            return Form(pattern, fits, len(listed), sum(bool(compiled.match(url)) for url in rest))
    return None


def _forms(articles: Sequence[str]) -> list[str]:
    return [
        *_numbered_at_the_end(articles),
        HOME + r"/(?:[^/?#]+/)*(?P<id>\d{5,})/[^/?#]+$",
        HOME + r"/(?:[^/?#]+/)*\d{4}/\d{2}/\d{2}/[^/?#]+/?$",
        HOME + r"/(?:[^/?#]+/)*\d{4}-\d{2}-\d{2}/[^/?#]+/?$",
        HOME + r"/(?:[^/?#]+/)*\d{4}/\d{2}/[^/?#]+/?$",
        HOME + r"/(?:[^/?#]+/)*(?P<id>\d{4,})/?$",
        HOME + r"/(?:[^/?#]+/)*[^/?#]+(?:-[^/?#-]+){3,}" + _ending(articles) + "$",
    ]


def _numbered_at_the_end(articles: Sequence[str]) -> list[str]:
    """`slug-post123.vnp`, `slug-4801234.html`: with the letters and the ending that most of them have."""
    found = Counter(
        (match["before"], match["letters"], match["end"], len(match["digits"]) // 4 * 4)
        for match in map(_LAST.search, articles)
        if match and match["before"] in {"-", "_"}
    )
    if not found:
        return []
    (before, letters, end, digits), _ = found.most_common(1)[0]
    ending = "/?" if end in {"", "/"} else re.escape(end)
    return [rf"{HOME}/[^?#]+?{before}{letters}(?P<id>\d{{{max(4, digits)},}}){ending}$"]


def _ending(articles: Sequence[str]) -> str:
    """`.html` where nearly all have it."""
    ends = Counter(match.group() for match in (re.search(r"\.[a-z]{2,5}$", url) for url in articles) if match)
    if ends:
        end, count = ends.most_common(1)[0]
        if count >= ENOUGH * len(articles):
            return re.escape(end)
    return "/?"
