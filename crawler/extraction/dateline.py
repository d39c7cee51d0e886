"""The dates that a page shows its readers beside the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from crawler.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

LONGEST = 90
"""Characters of an element that holds a date and little else: a weekday, a time, a zone, who wrote it."""
BELOW, ABOVE = 60, 25
"""Elements from the headline in which its dateline is looked for; templates put it on either side."""

_DATE = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b|\b(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)"
    r"|\b[a-z]{3,10}\.?,? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:de )?[a-z]{3,10}\.?,? (?:del? )?(?:19|20)\d{2}\b"
    r"|\b\d{1,2} tháng \d{1,2},? (?:năm )?(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CHANGED = re.compile(
    r"\b(?:updated?|modified|edited(?! by)|revised|reviewed)\b"
    r"|\b(?:actualizad[oa]|actualización|modificad[oa]|editad[oa](?! por))\b|cập nhật|chỉnh sửa",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related\w*|relacionad[ao]s?|lien-?quan|sidebar|footer|nav|menu|comments?|most-?\w+|trending"
    r"|carousel|recommend\w*|teasers?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PASSED_OVER = frozenset(("aside", "footer", "form", "head", "nav", "script", "select", "style"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A date that stands on a page."""

    text: str
    """As readers see it, with the words around it."""
    exact: str | None
    """The moment that the markup states with it."""

    @property
    def is_bare(self) -> bool:
        """Readers see one date and little else."""
        return len(self.text) <= 40 and len(_DATE.findall(self.text)) == 1

    @property
    def is_of_change(self) -> bool:
        """It says of itself that the article was changed then."""
        return _CHANGED.search(self.text) is not None


def shown_dates(headline: HtmlElement) -> Iterator[Shown]:
    """The dates beside the headline: those below it first, the nearest first."""
    for element in (*islice(_below(headline), BELOW), *islice(_above(headline), ABOVE)):
        text = _short_text(element)
        if text:
            exact = element.get("datetime") if element.tag == "time" else None
            yield from ([Shown(text, exact)] if exact else _parts(text))


def is_dateline(line: str) -> bool:
    """Whether a line is a date, with a weekday and a time perhaps, and nothing else."""
    date = _DATE.search(line) if len(line) <= 60 else None
    return date is not None and len(line) - len(date.group()) <= 24


def _parts(text: str) -> Iterator[Shown]:
    """Each date of a text with what stands before it: `Published 1 May 2026 | Updated 3 May 2026` are two."""
    begin = 0
    matches = list(_DATE.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        # What stands after the last date belongs to it: its time and zone.
        end = match.end() if following else len(text)
        yield Shown(text[begin:end], None)
        begin = end


def _below(headline: HtmlElement) -> Iterator[HtmlElement]:
    place = headline
    while place is not None:
        yield from _walk(place.itersiblings())
        place = place.getparent()


def _above(headline: HtmlElement) -> Iterator[HtmlElement]:
    place = headline
    while place is not None:
        yield from _walk(place.itersiblings(preceding=True))
        place = place.getparent()


def _walk(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements and all within them, without those parts of the page that are about other articles."""
    for element in elements:
        waiting = [element]
        while waiting:
            inner = waiting.pop()
            if inner.tag in _PASSED_OVER or any(_ELSEWHERE.search(inner.get(name) or "") for name in ("class", "id")):
                continue
            yield inner
            waiting.extend(reversed(inner))


def _short_text(element: HtmlElement) -> str | None:
    """The text of an element that holds a date and little else."""
    text = ""
    for piece in element.itertext():
        text += piece
        # An element may hold the whole article.
        if len(text) > 4 * LONGEST:
            return None
    if not (_YEAR.search(text) or element.get("datetime")):
        return None
    line = one_line(text)
    if len(line) > LONGEST or not (_DATE.search(line) or element.get("datetime")):
        return None
    # What a script states is shown to nobody.
    return line if element.find(".//script") is None else None
