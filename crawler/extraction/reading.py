"""The order in which a page is believed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.dates import read_date
from crawler.errors import UnreadableBody, UnreadableDate
from crawler.extraction import generic
from crawler.extraction.jsonld import read_jsonld
from crawler.extraction.meta import AUTHORS, PUBLISHED, UPDATED, Meta
from crawler.extraction.page import read_document
from crawler.extraction.paragraphs import joined, paragraphs
from crawler.extraction.titles import choose_title, folded, names_site
from crawler.extraction.visible import Visible, without_credit
from crawler.text import one_line
from storage.records import Dated, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.page import Document, Page
    from crawler.source import Source

ENOUGH = 250
"""Characters: a body of the source's own selector that is shorter is weighed against the generic one. News in
brief have more."""

MOST_PROBLEMS = 20
"""Of one page; one with more has told enough."""

_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A page's record, and what on the page could not be read."""

    extraction: Extraction
    problems: tuple[str, ...]


def extract(page: Page, source: type[Source]) -> Extraction:
    """The article on a page. What the page lacks is None or empty.

    Raises NotAPage for what is no HTML, InvalidURL for an address that cannot have been fetched, and nothing else.
    """
    return examine(page, source).extraction


def examine(page: Page, source: type[Source]) -> Reading:
    """As `extract`, with the problems that a person who looks after the source wants to know."""
    document = read_document(page)
    reader = _Reader(document, source)
    # Everything else is read first: the body's reader takes elements out of the tree.
    published, updated = reader.published(), reader.updated()
    title, lead, authors, section = reader.title(), reader.lead(), reader.authors(), reader.section()
    canonical = reader.meta.canonical(ignores_canonical=source.ignores_canonical)
    image = document.address(reader.described.image or reader.meta.first("og:image", "twitter:image"))
    extraction = Extraction(
        title=title,
        body=reader.body(title),
        lead=lead,
        authors=authors,
        published=published,
        updated=updated,
        section=section,
        canonical_url=canonical,
        image_url=image,
        declared_language=reader.meta.language(),
    )
    return Reading(extraction, tuple(dict.fromkeys(document.problems))[:MOST_PROBLEMS])


class _Reader:
    """One page's evidence, and the choice between it, field by field."""

    def __init__(self, document: Document, source: type[Source]) -> None:
        self.document = document
        self.source = source
        self.described = read_jsonld(document)
        self.meta = Meta(document)
        self.visible = Visible(document.root, source)
        self.site = self._site_names()

    def title(self) -> str | None:
        stated = (
            self.described.headline,
            self.meta.first("og:title"),
            self.meta.first("twitter:title"),
            self.document.root.findtext(".//title"),
            self.meta.first("title", "dc.title", "headline"),
        )
        # Unescaped once more than the parser did: content systems that escape twice are common.
        visible = [html.unescape(title) for title in self.visible.headings()]
        return choose_title(visible, [html.unescape(title) for title in stated if title], self.site)

    def lead(self) -> str | None:
        description = self.described.description or self.meta.first("og:description", "description")
        return self.visible.lead() or description

    def authors(self) -> tuple[str, ...]:
        stated = (self.described.authors, self.meta.all(*AUTHORS))
        for names in (*(tuple(map(without_credit, names)) for names in stated), self.visible.authors()):
            people = [name for name in names if name and not names_site(name, self.site)]
            if people:
                return tuple(dict.fromkeys(people))
        return ()

    def section(self) -> str | None:
        return self.described.section or self.meta.first("article:section", "section")

    def published(self) -> Dated | None:
        candidates = [(self.described.published, "json-ld")]
        candidates += [(self.meta.first(name), "meta") for name in PUBLISHED]
        candidates += self.visible.published()
        candidates += [(text, "time") for text in self.visible.times()]
        dates = self._dates(candidates)
        if not dates:
            return self._guessed_date()
        # Metadata often state in UTC what the page shows in local time; the day that readers saw is the local
        # one.
        local = (date for date in dates if date.moment == dates[0].moment and date.moment.utcoffset())
        return Dated(next(local, dates[0]).moment, dates[0].origin)

    def updated(self) -> Dated | None:
        candidates = [(self.described.updated, "json-ld")]
        candidates += [(self.meta.first(name), "meta") for name in UPDATED]
        return next(iter(self._dates(candidates)), None)

    def body(self, title: str | None) -> str:
        """The source's own body where it holds enough, else the longer of it and the generic one.

        A generic body does not begin with the headline, which on a page without text is all that trafilatura finds.
        """
        self.visible.drop()
        own = next((text for text in map(self._text, self.visible.bodies()) if text), "")
        if len(own) >= ENOUGH:
            return own
        try:
            lines = [one_line(line) for line in generic.find_body(self.document.root, self.document.url)]
        except UnreadableBody as error:
            self.document.problems.append(str(error))
            return own
        if lines and title and folded(lines[0]) == folded(title):
            lines = lines[1:]
        return max(own, joined(lines, self.source.boilerplate), key=len)

    def _text(self, element: object) -> str:
        return joined(paragraphs(element), self.source.boilerplate)

    def _dates(self, candidates: Iterable[tuple[str | None, str]]) -> list[Dated]:
        """Those that can be read, in order; the others are problems."""
        dates = []
        for text, origin in candidates:
            if text:
                try:
                    dates.append(Dated(read_date(text, self.source.timezone), origin))
                except UnreadableDate as error:
                    self.document.problems.append(f"{origin}: {error}")
        return dates

    def _guessed_date(self) -> Dated | None:
        """The day in the page's address, else the one that htmldate finds in its text."""
        day = _DAY_IN_ADDRESS.search(urlsplit(self.document.url).path)
        if day:
            guess: tuple[str | None, str] = ("-".join(part.zfill(2) for part in day.groups()), "url")
        else:
            try:
                guess = (generic.find_date(self.document.root, self.document.url), "text")
            except UnreadableBody as error:
                self.document.problems.append(str(error))
                return None
        return next(iter(self._dates([guess])), None)

    def _site_names(self) -> frozenset[str]:
        """The names under which the site may sign, folded."""
        labels = (urlsplit(self.document.url).hostname or "").split(".")
        # The registered domain, near enough without the public suffix list: vov.vn, dantri.com.vn.
        size = 3 if len(labels) > 2 and labels[-2] in {"co", "com", "org", "net", "gov", "edu", "ac"} else 2
        domain = labels[-size:]
        stated = (
            self.source.outlet,
            self.described.publisher,
            self.meta.first("og:site_name", "application-name"),
        )
        names = (*stated, ".".join(labels).removeprefix("www."), ".".join(domain), domain[0])
        return frozenset(filter(None, (folded(name) for name in names if name)))
