"""The text and the date of a page that nobody has described, by trafilatura and htmldate: the one place that
knows them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawler.errors import UnreadableBody

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LATEST = "2100-01-01"
"""Without a bound of ours htmldate takes today's date, and the same page would read differently tomorrow."""


def find_body(root: HtmlElement, url: str) -> list[str]:
    """The paragraphs of the main text, none where there is none. The tree stays as it is. Raises
    UnreadableBody."""
    # A tenth of a second and 60 MB to import: only for pages that need it.
    from trafilatura import bare_extraction

    _quieten()
    try:
        found = bare_extraction(root, url=url, include_comments=False, include_tables=True)
    except Exception as error:
        # It promises no set of errors, and a page that defeats it must not cost the others.
        raise UnreadableBody(url, f"{type(error).__name__}: {error}"[:200]) from error
    text = getattr(found, "text", None) or ""
    return [line for line in str(text).split("\n") if line.strip()]


def find_date(root: HtmlElement, url: str) -> str | None:
    """The day that the page seems to be from, by its visible dates and its address. Raises UnreadableBody."""
    from htmldate import find_date as find

    _quieten()
    try:
        found = find(root, url=url, original_date=True, extensive_search=True, max_date=_LATEST)
    except Exception as error:
        # As above: a date is no reason to lose the page.
        raise UnreadableBody(url, f"{type(error).__name__}: {error}"[:200]) from error
    return str(found) if found else None


def _quieten() -> None:
    """Their errors are said in ours; they would log a second one, without the source's name."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
