"""The order in which a page is believed."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import NoArticle, UnreadableBody
from crawler.extraction import generic
from crawler.extraction.jsonld import read_jsonld
from crawler.extraction.meta import AUTHORS, PUBLISHED, Meta
from crawler.extraction.page import read_document
from crawler.extraction.paragraphs import joined, paragraphs
from crawler.extraction.pruning import drop_following, prune
from crawler.extraction.published import Dates, served_at
from crawler.extraction.reservations import read_reservations
from crawler.extraction.tidying import Known, before_the_end, lone_links, tidy
from crawler.extraction.titles import Titles, choose_title, folded, names_site
from crawler.extraction.visible import Visible, without_credit
from crawler.extraction.walls import find_wall
from crawler.text import one_line
from storage.records import Extraction

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from crawler.extraction.page import Document, Page
    from crawler.source import Source

ENOUGH = 250
"""Characters: a body of the source's own selector that is shorter is weighed against the generic one. News in
brief have more."""

MOST_ELEMENTS = 20_000
"""Of a page, for the search of its text, which takes more than twice the time and memory for twice the elements.
The longest of 330 pages of news had 5,000."""

MOST_PROBLEMS = 20
"""Of one page; one with more has told enough."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page's record, and what on the page could not be read."""

    extraction: Extraction
    problems: tuple[str, ...]


def extract(page: Page, source: type[Source]) -> Extraction:
    """The article on a page. What the page lacks is None or empty.

    Raises NotAPage for what is no HTML, NoArticle for a page that stands in an article's place, InvalidURL for an
    address that cannot have been fetched, and nothing else.
    """
    return examine(page, source).extraction


def examine(page: Page, source: type[Source], listed: datetime | None = None) -> Reading:
    """As `extract`, with the problems that a person who looks after the source wants to know.

    `listed` is the date by which a listing named the article: the page's own dates are checked against it.
    """
    document = read_document(page)
    reader = _Reader(document, source, served_at(page.headers))
    extraction = Extraction(
        title=reader.title,
        lead=reader.lead(),
        authors=reader.authors,
        published=reader.dates.published(reader.headline, listed),
        updated=reader.dates.updated(reader.headline),
        section=reader.described.section or reader.meta.first("article:section", "section"),
        canonical_url=reader.meta.canonical(ignores_canonical=source.ignores_canonical),
        image_url=document.address(reader.described.image or reader.meta.first("og:image", "twitter:image")),
        declared_language=reader.meta.language(),
        reservations=read_reservations(reader.meta, page.headers),
        # Last: it takes elements out of the tree.
        body=reader.body(),
    )
    wall = find_wall((extraction.title, reader.window), extraction.body, dated=reader.states_a_date())
    if wall:
        raise NoArticle(page.url, wall)
    return Reading(extraction, tuple(dict.fromkeys(document.problems))[:MOST_PROBLEMS])


class _Reader:
    """One page's evidence, and the choice between it, field by field."""

    def __init__(self, document: Document, source: type[Source], served: datetime | None = None) -> None:
        self.document = document
        self.source = source
        self.described = read_jsonld(document)
        self.meta = Meta(document)
        self.visible = Visible(document.root, source)
        self.dates = Dates(document, source, self.described, self.meta, self.visible, served)
        self.window = one_line(html.unescape(document.root.findtext(".//title") or "")) or None
        # Unescaped once more than the parser did: content systems that escape twice are common.
        self.headings = [(html.unescape(text), element) for text, element in self.visible.headings()]

    @cached_property
    def title(self) -> str | None:
        stated = (
            self.described.headline,
            self.meta.first("og:title"),
            self.meta.first("twitter:title"),
            self.window,
            self.meta.first("title", "dc.title", "headline"),
        )
        titles = Titles(
            top=[text for text, _ in self.headings],
            lower=[html.unescape(text) for text, _ in self.visible.lower_headings()],
            described=self.described.headline,
            window=self.window,
            stated=[html.unescape(title) for title in stated if title],
        )
        return choose_title(titles, self.site, self.document.url)

    @cached_property
    def headline(self) -> HtmlElement | None:
        """The element in which the page shows its headline; its first heading, where that shows another."""
        letters = folded(self.title or "")
        candidates = (*self.headings, *self.visible.lower_headings())
        shown = (element for text, element in candidates if letters and folded(text).startswith(letters))
        return next(shown, next((element for _, element in self.headings), None))

    def lead(self) -> str | None:
        description = self.described.description or self.meta.first("og:description", "description")
        return self.visible.lead() or description

    @cached_property
    def authors(self) -> tuple[str, ...]:
        stated = (self.described.authors, self.meta.all(*AUTHORS))
        for names in (*(tuple(map(without_credit, names)) for names in stated), self.visible.authors()):
            people = [name for name in names if name and not names_site(name, self.site)]
            if people:
                return tuple(dict.fromkeys(people))
        return ()

    def states_a_date(self) -> bool:
        """Whether the page says when it was published, as articles do."""
        return bool(self.described.published or self.meta.first(*PUBLISHED) or self.visible.published())

    def body(self) -> str:
        """The source's own body where it holds enough, else the longer of it and the generic one; what JSON-LD gives
        where neither is more than a notice."""
        self.visible.drop()
        own = next((text for text in map(self._own, self.visible.bodies()) if text), "")
        if len(own) >= ENOUGH:
            return own
        found = max(own, self._generic(), key=len)
        described = joined(self.described.body, self.source.boilerplate) if len(found) < ENOUGH else ""
        return described if len(described) >= ENOUGH else found

    def _generic(self) -> str:
        root = self.document.root
        drop_following(root, self.headline)
        prose = prune(root, self.headline)
        if root.xpath("count(//*)") > MOST_ELEMENTS:
            self.document.problems.append(f"more than {MOST_ELEMENTS} elements: read without telling text from lists")
            return self._own(root)
        try:
            lines = [one_line(line) for line in generic.find_body(root, self.document.url, prose)]
        except UnreadableBody as error:
            self.document.problems.append(str(error))
            return ""
        return self._joined(lines, root)

    def _own(self, element: HtmlElement) -> str:
        return self._joined(paragraphs(element), element)

    def _joined(self, lines: list[str], element: HtmlElement) -> str:
        """Those lines of an element that belong to the article, as one text."""
        titles = (self.title or "", *(text for text, _ in self.headings))
        known = Known(
            titles=frozenset(filter(None, map(folded, titles))),
            names=frozenset((*self.site, *map(folded, self.authors))),
            links=lone_links(element),
        )
        return joined(before_the_end(tidy(lines, known), self.described.body), self.source.boilerplate)

    @cached_property
    def site(self) -> frozenset[str]:
        """The names under which the site may sign, folded."""
        labels = (urlsplit(self.document.url).hostname or "").split(".")
        # The registered domain, near enough without the public suffix list: vov.vn, dantri.com.vn.
        size = 3 if len(labels) > 2 and labels[-2] in {"co", "com", "org", "net", "gov", "edu", "ac"} else 2
        domain = labels[-size:]
        stated = (
            self.source.outlet,
            *self.source.signatures,
            self.described.publisher,
            self.meta.first("og:site_name", "application-name"),
        )
        names = (*stated, ".".join(labels).removeprefix("www."), ".".join(domain), domain[0])
        return frozenset(filter(None, (folded(name) for name in names if name)))
