"""Paragraphs that stand among an article's own and do not belong to it.

Sites put links to other articles, invitations, credits and bylines into the text itself, in paragraphs like all others.
They are told by their wording and by where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.dateline import is_dateline
from crawler.extraction.titles import folded
from crawler.extraction.wording import ALONE, BOX, BYLINE, CREDIT, END, INVITATION, LABEL, OF_AN_INVITATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lxml.html import HtmlElement

LONGEST_HEADING, LONGEST_LABELLED, LONGEST_INVITATION = 80, 300, 350
"""Characters: a longer paragraph that begins or reads like one of these says something else as well."""
TOP = 6
"""Lines among which the headline may stand."""
MOST_ABOVE = 400
"""Characters above the headline, of a teaser and a date; with more it is a heading that repeats the headline."""
MOST_BELOW, NEARLY_ALL = 0.25, 0.8
"""Shares of a text."""
WORDS = 4
"""Of a link: one with no more may name a place, a person or a service."""
MOST_LINES = 20_000
"""A text of more is no article, and not worth the seconds."""

_ITEM, _ROW = "- ", "| "
"""What trafilatura puts before an entry of a list and a row of a table."""
_DIVIDING = frozenset({"article", "body", "div", "main", "ol", "section", "td", "ul"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the page beside its paragraphs, all folded."""

    titles: Collection[str]
    """The headline, and what the page shows in its place."""
    names: Collection[str]
    """The people and the site that may sign."""
    links: Collection[str]
    """The paragraphs that are one link each."""


def tidy(lines: list[str], known: Known) -> list[str]:
    """The paragraphs that are the article's own."""
    if len(lines) > MOST_LINES:
        return lines
    kept = list(_own(_above_end(_below_headline(lines, known.titles)), known))
    # What ends a text as a link alone is a link to another article.
    while len(kept) > 3 and not kept[-1].startswith((_ITEM, _ROW)) and folded(kept[-1]) in known.links:
        kept.pop()
    return kept


def before_the_end(lines: list[str], described: Iterable[str]) -> list[str]:
    """The lines up to the last that the page's own description of the article (articleBody) has as well.

    It is only believed where it has nearly the whole text: it may be a teaser, or that of another article. It leaves
    out subheadings and lists, so it says nothing of the lines in between.
    """
    witness = folded("".join(described))
    sizes = {place: len(folded(line)) for place, line in enumerate(lines)}
    borne_out = [place for place, line in enumerate(lines) if folded(line) in witness]
    if not witness or sum(sizes[place] for place in borne_out) < NEARLY_ALL * sum(sizes.values()):
        return lines
    return lines[: max(borne_out, default=-1) + 1]


def lone_links(root: HtmlElement) -> frozenset[str]:
    """The texts of the links that are a paragraph each, folded."""
    found = set()
    for link in root.iter("a"):
        text = "".join(link.itertext()).strip()
        if len(text) >= 12 and _is_alone(link):
            found.add(folded(text))
    return frozenset(found)


def _below_headline(lines: list[str], titles: Collection[str]) -> list[str]:
    """Without the headline, and what little stands above it: the section, the date, a teaser."""
    for place, line in enumerate(lines[:TOP]):
        if folded(line) in titles:
            return lines[place + 1 :] if sum(map(len, lines[:place])) < MOST_ABOVE else lines
    return lines


def _above_end(lines: list[str]) -> list[str]:
    """Without what stands under the author's portrait and its like, if that is little."""
    most = MOST_BELOW * sum(map(len, lines))
    for place, line in enumerate(lines):
        if len(line) <= LONGEST_HEADING and END.match(line) and sum(map(len, lines[place:])) <= most:
            return lines[:place]
    return lines


def _own(lines: list[str], known: Known) -> Iterator[str]:
    boxed = False
    for place, line in enumerate(lines):
        # Some papers set the links between their paragraphs in capitals: OTHER MINISTER RESIGNS.
        shouted = line.isupper() and len(line.split()) > WORDS and not line.startswith((_ITEM, _ROW))
        if (boxed and line.startswith(_ITEM)) or ((boxed or shouted) and folded(line) in known.links):
            continue
        boxed = len(line) <= LONGEST_HEADING and not line.startswith(_ROW) and BOX.match(line) is not None
        at_an_end = place < 4 or place >= len(lines) - 3
        signs = at_an_end and (_is_byline(line, known.names) or is_dateline(line))
        if not (boxed or signs or _is_foreign(line)):
            yield line


def _is_foreign(line: str) -> bool:
    if len(line) > LONGEST_INVITATION:
        return False
    if _is_invitation(line) or (len(line) <= LONGEST_LABELLED and not line.startswith(_ROW) and LABEL.match(line)):
        return True
    in_a_list = line.startswith((_ITEM, _ROW))
    return not in_a_list and (ALONE.match(line) is not None or CREDIT.match(line) is not None)


def _is_invitation(line: str) -> bool:
    small = line.lower()
    return any(word in small for word in OF_AN_INVITATION) and INVITATION.search(line) is not None


def _is_byline(line: str, names: Collection[str]) -> bool:
    return len(line) < 100 and (folded(line) in names or folded(BYLINE.sub("", line, count=1)) in names)


def _is_alone(link: HtmlElement) -> bool:
    """Whether nothing else stands in the paragraph of a link."""
    element = link
    while True:
        parent = element.getparent()
        if parent is None or parent.tag in _DIVIDING:
            return not (element.tail or "").strip()
        others = (child for child in parent if child is not element)
        if (
            (parent.text or "").strip()
            or (element.tail or "").strip()
            or any((child.tail or "").strip() or "".join(child.itertext()).strip() for child in others)
        ):
            return False
        element = parent
