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
TOO_LITTLE = 250
"""Characters of a text that may be a caption or a notice, and is looked for once more."""
MOST_LEFT = 0.6
"""A text that holds less of the page's prose than this is looked for once more."""


def find_body(root: HtmlElement, url: str, prose: int) -> list[str]:
    """The lines of the main text, none where there is none; `prose` is how many characters the page's paragraphs
    hold. The tree stays as it is. Raises UnreadableBody.

    trafilatura compares its own text with those of two other libraries, which takes as long again and changes 11 of
    330 pages, nearly always those of which it has found a small part. So that is only done with such.
    """
    text = _text(root, url, fast=True)
    if len(text) < max(TOO_LITTLE, MOST_LEFT * prose):
        text = max(text, _text(root, url, fast=False), key=len)
    return [line for line in text.split("\n") if line.strip()]


def _text(root: HtmlElement, url: str, *, fast: bool) -> str:
    # A tenth of a second and 60 MB to import: only for pages that need it.
    from trafilatura import bare_extraction

    _quieten()
    try:
        found = bare_extraction(root, url=url, fast=fast, include_comments=False, include_tables=True)
    except Exception as error:
        # It promises no set of errors, and a page that defeats it must not cost the others.
        raise UnreadableBody(url, f"{type(error).__name__}: {error}"[:200]) from error
    return str(getattr(found, "text", None) or "")


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
