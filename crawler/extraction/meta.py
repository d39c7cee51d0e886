"""What the head of a page says: OpenGraph, meta elements and links."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.text import one_line

if TYPE_CHECKING:
    from crawler.extraction.page import Document

PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "published_time",
    "published-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "parsely-pub-date",
    "sailthru.date",
    "article_date_original",
    "originalpublicationdate",
    "og:pubdate",
    "og:article:published",
    "bt:pubdate",
    "rnews:datepublished",
    "shareaholic:article_published_time",
    "vr:published_time",
    "citation_publication_date",
    "citation_online_date",
    "prism.publicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "dcterms.created",
    "article.published",
    "article.created",
    "article:create_time",
    "pub_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "published",
    "sn-post-date",
    "ya:ovs:upload_date",
    "displaydate",
    "release_date",
    "dcterms.date",
    "dc.date",
    "date",
)
"""Names in order of trust. `dc.created` is not among them: on VnExpress it is the day the site was
founded."""
UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "article:modified_date",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last_modified",
    "revised",
    "last-modified",
    "dateupdated",
)
AUTHORS = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
)


class Meta:
    """The meta elements of a page by lower-case name, each with its values in order."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._values: dict[str, list[str]] = {}
        for element in document.root.iter("meta"):
            value = one_line(html.unescape(element.get("content") or ""))
            names = {element.get(attribute) for attribute in ("property", "name", "itemprop", "http-equiv")}
            for name in names:
                if name and value:
                    self._values.setdefault(name.strip().lower(), []).append(value)

    def first(self, *names: str) -> str | None:
        """The value of the first name that the page has."""
        return next((self._values[name][0] for name in names if name in self._values), None)

    def all(self, *names: str) -> tuple[str, ...]:
        """Every value of the first name that the page has."""
        return next((tuple(dict.fromkeys(self._values[name])) for name in names if name in self._values), ())

    def canonical(self, *, ignores_canonical: bool) -> str | None:
        """The page's own address by its own word; a link to a home page is no word about this page."""
        links = () if ignores_canonical else self._links("canonical")
        for link in (*links, self.first("og:url")):
            address = self._document.address(link)
            if address and (urlsplit(address).path.strip("/") or urlsplit(address).query):
                return address
        return None

    def language(self) -> str | None:
        """The language that the page declares, as ISO 639-1; many pages declare the wrong one."""
        root = self._document.root
        declared = (
            root.get("lang"),
            root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
            self.first("content-language", "og:locale", "language"),
        )
        tags = (one_line(tag).replace("_", "-").split("-")[0].lower() for tag in declared if tag)
        return next((tag for tag in tags if tag.isalpha() and 2 <= len(tag) <= 3), None)

    def _links(self, relation: str) -> list[str]:
        return [
            link.get("href") or ""
            for link in self._document.root.iter("link")
            if relation in (link.get("rel") or "").lower().split()
        ]
