"""A page of ours in a site's shape: its elements, names and dates, with text that nobody wrote but us.

No sentence of the site is kept, so that the page may be committed. What is read from it is what the proposed class
reads now; a person looks whether that is right.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from lxml import etree

from crawler.extraction import Page, as_json, examine
from crawler.extraction.meta import AUTHORS, PUBLISHED, UPDATED
from crawler.extraction.page import read_document
from crawler.surveying.sample import WORDS, Words
from crawler.text import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.surveying.proposal import Proposal

DATES = {*PUBLISHED, *UPDATED, "datepublished", "datemodified", "datecreated", "uploaddate"}
TITLES = {"og:title", "twitter:title", "title", "dc.title", "headline", "name", "alternativeheadline"}
LEADS = {"description", "og:description", "twitter:description", "articlebody", "abstract"}
PLACES = {
    "og:url",
    "og:image",
    "twitter:image",
    "url",
    "mainentityofpage",
    "@id",
    "image",
    "contenturl",
    "thumbnailurl",
}
KEPT = {
    "og:type",
    "og:locale",
    "og:site_name",
    "application-name",
    "content-language",
    "@type",
    "@context",
    "inlanguage",
}
MOST_BESIDE = 2
"""Elements between the paragraphs that are kept, as what the site puts there."""
_SUFFIX = re.compile(r"\s(?:[-|–—·»]|::)\s[^-|–—·»]{2,60}$")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A case for tests/pages: the folder's name, the page, and what is read from it."""

    slug: str
    page: bytes
    expected: dict[str, Any]


def save_page(proposal: Proposal) -> SavedPage:
    """The test page of a proposal, in the shape of the article that was looked at."""
    words = WORDS[proposal.language]
    source = proposal.as_source()
    url = _our_address(proposal.page.url, words.slug)
    if not source.is_article(url):
        url = proposal.page.url
    document = read_document(Page(proposal.page.url, proposal.page.body, proposal.page.content_type))
    writer = _Writer(words, url, proposal.page.url)
    page = etree.tostring(
        writer.page(document.root), method="html", encoding="utf-8", doctype="<!DOCTYPE html>", pretty_print=True
    )
    record = as_json(examine(Page(url, page, "text/html; charset=utf-8"), source).extraction)
    body = str(record["body"])
    expected = {"url": url, **record, "body": body.split("\n\n") if body else []}
    return SavedPage(words.slug, page, expected)


def _our_address(url: str, slug: str) -> str:
    """The address with our slug in place of the article's: the longest run of words and hyphens in its path."""
    parts = urlsplit(url)
    runs = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", parts.path)
    if not runs:
        return url
    longest = max(runs, key=len)
    # What ends the slug in letters may be a part of the form, as in `-post123`.
    tail = re.search(rf"{re.escape(longest)}(?=\d)", parts.path)
    kept = "-" + longest.rpartition("-")[2] if tail else ""
    return urlunsplit(parts._replace(path=parts.path.replace(longest, slug + kept, 1), query=""))


class _Writer:
    """Writes our words into the shape of a page."""

    def __init__(self, words: Words, url: str, old_url: str) -> None:
        self.words = words
        self.url = url
        self.old_url = old_url
        self.home = "{0.scheme}://{0.netloc}/".format(urlsplit(url))

    def page(self, root: HtmlElement) -> HtmlElement:
        language = root.get("lang") or root.get("xml:lang")
        page = etree.Element("html", {"lang": language} if language else {})
        page.append(self._head(root))
        page.append(self._body(root))
        return page

    def _head(self, root: HtmlElement) -> HtmlElement:
        head = etree.Element("head")
        etree.SubElement(head, "meta", charset="utf-8")
        stated = root.findtext(".//title") or ""
        suffix = _SUFFIX.search(stated.strip())
        title = etree.SubElement(head, "title")
        title.text = self.words.title + (suffix.group() if suffix else "")
        for meta in root.iter("meta"):
            self._meta(meta, head)
        for link in root.iter("link"):
            if "canonical" in (link.get("rel") or "").lower().split():
                etree.SubElement(head, "link", rel="canonical", href=self._place(link.get("href") or "") or self.url)
        for script in root.iter("script"):
            if "ld+json" in (script.get("type") or "").lower():
                self._jsonld(script.text or "", head)
        return head

    def _meta(self, meta: HtmlElement, head: HtmlElement) -> None:
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip()
            value = self._value(name.lower(), meta.get("content") or "")
            if name and value:
                etree.SubElement(head, "meta", {attribute: name, "content": value})
                return

    def _value(self, name: str, value: str) -> str | None:
        """What stands for a named value; None for what no reader looks at."""
        if name in DATES or name in KEPT:
            # A date, in the very form that the site uses, belongs to nobody.
            return value[:80]
        if name in TITLES:
            return self.words.title
        if name in LEADS:
            return self.words.lead
        if name in AUTHORS:
            return self.words.author
        if name in {"article:section", "section", "articlesection"}:
            return self.words.section
        return self._place(value) if name in PLACES else None

    def _place(self, value: str) -> str | None:
        """An address of ours of the same kind: the page itself, its home page, or a picture."""
        if not value:
            return None
        path = urlsplit(value).path
        if re.search(r"\.(?:jpe?g|png|webp|gif)$", path, re.IGNORECASE):
            return f"{self.home}images/sample.jpg"
        return self.url if path.strip("/") else self.home

    def _jsonld(self, text: str, head: HtmlElement) -> None:
        try:
            value = json.JSONDecoder(strict=False).raw_decode(text.strip())[0]
        except ValueError:
            return
        script = etree.SubElement(head, "script", type="application/ld+json")
        script.text = json.dumps(self._described(value, ""), ensure_ascii=False, indent=1)

    def _described(self, value: object, key: str, inside: str = "") -> object:
        """The same objects with our values; what no reader looks at keeps its name and loses its text."""
        if isinstance(value, list):
            return [self._described(item, key, inside) for item in value[:3]]
        if isinstance(value, dict):
            return {name: self._described(item, name.lower(), key or inside) for name, item in value.items()}
        if not isinstance(value, str):
            return value
        if key == "name" and inside in {"author", "creator"}:
            return self.words.author
        if key == "name" and inside in {"publisher", "ispartof", "sourceorganization"}:
            return value[:60]
        return self._value(key, value) or ""

    def _body(self, root: HtmlElement) -> HtmlElement:
        """The elements that lead to headline, dates and paragraphs, in their order, and nothing else."""
        container = densest(root)
        leaves = dict.fromkeys(list(root.iter("h1"))[:1], self.words.title)
        kept = {*leaves, *list(root.iter("time"))[:2]}
        if container is not None:
            kept.add(container)
        wanted = {ancestor for element in kept for ancestor in (element, *element.iterancestors())}
        body = next(iter(root.iter("body")), root)
        ours = etree.Element("body", _named(body))
        self._copy(body, ours, wanted, leaves, container)
        return ours

    def _copy(
        self,
        element: HtmlElement,
        ours: HtmlElement,
        wanted: set[HtmlElement],
        leaves: dict[HtmlElement, str],
        container: HtmlElement | None,
    ) -> None:
        for child in element:
            if child not in wanted:
                continue
            copied = etree.SubElement(ours, child.tag, _named(child))
            if child in leaves:
                copied.text = leaves[child]
            elif child.tag == "time":
                copied.text = "".join(child.itertext())[:60].strip()
            else:
                self._copy(child, copied, wanted, leaves, container)
                if child is container:
                    self._fill(child, copied)

    def _fill(self, container: HtmlElement, ours: HtmlElement) -> None:
        """Our paragraphs in the elements of theirs, with some of what stands between them."""
        shape = next(container.iter("p"))
        beside = [
            child for child in container if isinstance(child.tag, str) and child.tag not in {"p", "script", "style"}
        ]
        named = [child for child in beside if child.get("class")][:MOST_BESIDE]
        for number, text in enumerate(self.words.paragraphs):
            etree.SubElement(ours, "p", _named(shape)).text = text
            if number < len(named):
                etree.SubElement(ours, named[number].tag, _named(named[number])).text = self.words.beside


def _named(element: HtmlElement) -> dict[str, str]:
    """The attributes by which readers find an element."""
    return {
        name: value
        for name, value in element.attrib.items()
        if name in {"class", "id", "itemprop", "datetime", "pubdate", "role", "data-role"} and len(value) < 120
    }


def densest(root: HtmlElement) -> HtmlElement | None:
    """The element that directly holds the most text in paragraphs."""
    lengths: dict[HtmlElement, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            lengths[parent] = lengths.get(parent, 0) + len(one_line("".join(paragraph.itertext())))
    return max(lengths, key=lambda parent: lengths[parent], default=None)
