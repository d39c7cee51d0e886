"""What the page shows, by the source's selectors."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lxml.cssselect import CSSSelector

from crawler.text import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.source import Source

_BYLINE = re.compile(r"^(?:by|por|de|bài|thực hiện|tác giả)\s*:?\s+|^(?:by|por|tác giả)\s*:\s*", re.IGNORECASE)
_AGENCY = re.compile(r"\s*\([^()]*\)$")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|/|\||\s+(?:and|và|y)\s+)\s*")


class Visible:
    """The fields of a page by the facts of its source."""

    def __init__(self, root: HtmlElement, source: type[Source]) -> None:
        self._root = root
        self._source = source

    def headings(self) -> list[str]:
        """What stands where the source says its headline stands, else the page's top headings."""
        named = self._texts(self._source.title)
        return named or [text for text in map(_text, self._root.iter("h1")) if text]

    def lead(self) -> str | None:
        return next(iter(self._texts(self._source.lead)), None)

    def authors(self) -> tuple[str, ...]:
        names = (name for text in self._texts(self._source.authors) for name in split_names(text))
        return tuple(dict.fromkeys(names))

    def published(self) -> list[tuple[str, str]]:
        """The dates at the source's place, then those of its time elements: text and origin."""
        found: list[tuple[str, str]] = []
        for element in self._select(self._source.published):
            if element.get("datetime"):
                found.append((element.get("datetime"), "time"))
            found.append((_text(element), "text"))
        return [(text, origin) for text, origin in found if text]

    def times(self) -> list[str]:
        """The machine-readable dates of time elements that say that they are the publication's, then of all
        others."""
        elements = [element for element in self._root.iter("time") if element.get("datetime")]
        elements.sort(key=lambda element: not _says_published(element))
        return [element.get("datetime") for element in elements[:20]]

    def drop(self) -> None:
        """Take out of the tree what the source says is no part of an article, with what is inside it."""
        for selector in self._source.drop:
            for element in self._select(selector):
                if element.getparent() is not None:
                    element.drop_tree()

    def bodies(self) -> list[HtmlElement]:
        """The elements that may hold the paragraphs, in order."""
        return self._select(self._source.body)

    def _texts(self, selector: str | None) -> list[str]:
        return [text for text in map(_text, self._select(selector)) if text]

    def _select(self, selector: str | None) -> list[HtmlElement]:
        return list(_compiled(selector)(self._root)) if selector else []


def without_credit(name: str) -> str:
    """A name without `By` before it and `(VNA)` after it; empty for an address, which some fields hold
    instead."""
    line = _AGENCY.sub("", _BYLINE.sub("", one_line(name)))
    return "" if line.startswith(("http:", "https:", "@", "www.")) else line


def split_names(text: str) -> list[str]:
    """The names of a byline: `Por: Ana Pérez y Luis Gómez` are two people."""
    names = map(without_credit, _BETWEEN_NAMES.split(without_credit(text)))
    return [name for name in names if name]


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _text(element: HtmlElement) -> str:
    return one_line("".join(element.itertext()))


def _says_published(element: HtmlElement) -> bool:
    says = f"{element.get('itemprop')} {element.get('class')} {element.get('pubdate')}".lower()
    return "publish" in says or "entry-date" in says or element.get("pubdate") is not None
