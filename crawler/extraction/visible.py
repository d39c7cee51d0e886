"""What the page shows, by the source's selectors."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from lxml.cssselect import CSSSelector

from crawler.extraction.dateline import Shown
from crawler.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.source import Source

_BYLINE = re.compile(
    r"^(?:(?:escrito|editado|publicado|written|edited|translated|compiled)\s+)?"
    r"(?:by|por|de|bài(?:(?:\s+và|,)\s+ảnh)?|thực hiện|tác giả)\s*:?\s+"
    r"|^(?:by|por|tác giả|autor(?:es|a)?|authors?|texto|story)\s*:\s*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\s*[(<]?\s*\S+@\S+\.\w+\s*[)>]?")
_PICTURES = re.compile(r"(?:ảnh|photos?|fotos?|video|clip)\s*:", re.IGNORECASE)
_NOBODY = re.compile(r"super ?user|admin(?:istra[dt]or)?|webmaster|root", re.IGNORECASE)
"""Accounts that content systems are installed with."""
_AGENCY = re.compile(r"\s*\([^()]*\)$")
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|/|\||\s+(?:and|và|y|[-–])\s+)\s*")

_PUBLISHED = etree.XPath("//*[@itemprop = 'datePublished'][not(self::meta or self::time)]")


class Visible:
    """The fields of a page by the facts of its source."""

    def __init__(self, root: HtmlElement, source: type[Source]) -> None:
        self._root = root
        self._source = source

    def headings(self) -> list[tuple[str, HtmlElement]]:
        """What stands where the source says its headline stands, else the page's first top headings."""
        named = _with_text(self._select(self._source.title))
        return named or _with_text(islice(self._root.iter("h1"), 20))

    def lower_headings(self) -> list[tuple[str, HtmlElement]]:
        """The first headings below the top ones."""
        return _with_text(islice(self._root.iter("h2", "h3"), 10))

    def lead(self) -> str | None:
        return next(iter(self._texts(self._source.lead)), None)

    def authors(self) -> tuple[str, ...]:
        names = (name for text in self._texts(self._source.authors) for name in split_names(text))
        return tuple(dict.fromkeys(names))

    def published(self) -> list[tuple[str, str]]:
        """The dates at the source's place, then those of its time elements: text and origin."""
        found: list[tuple[str, str]] = []
        for element in self._select(self._source.published):
            # RDFa states the moment in `content`, as Drupal does.
            found.append((element.get("datetime") or element.get("content") or "", "time"))
            found.append((_text(element), "text"))
        return [(text, origin) for text, origin in found if text]

    def times(self) -> tuple[list[Shown], list[Shown]]:
        """The machine-readable dates of elements that say that they are the publication's, and of all others."""
        elements = [element for element in self._root.iter("time") if element.get("datetime")]
        marked: list[Shown] = []
        others: list[Shown] = []
        for element in elements[:200]:
            shown = Shown(_text(element)[:200], element.get("datetime"))
            (marked if _says_published(element) else others).append(shown)
        marked += [Shown(_text(element)[:200], element.get("content")) for element in _PUBLISHED(self._root)[:5]]
        return marked, others[:20]

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
    """A name without `By` before it and `(VNA)` or an e-mail address after it; empty for an address of the web,
    which some fields hold instead."""
    line = _AGENCY.sub("", _MAIL.sub("", _BYLINE.sub("", one_line(name))))
    return "" if line.startswith(("http:", "https:", "@", "www.")) or _NOBODY.fullmatch(line) else line


def split_names(text: str) -> list[str]:
    """The names of a byline: `Por: Ana Pérez y Luis Gómez` are two people."""
    names = map(without_credit, _BETWEEN_NAMES.split(without_credit(text)))
    # A byline that also states the moment, `26 Abril 2022 20:04:10 | Ana Pérez`, is split as well.
    return [name for name in names if name and not re.search(r"\d", name) and not _PICTURES.match(name)]


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _with_text(elements: Iterable[HtmlElement]) -> list[tuple[str, HtmlElement]]:
    found = ((_text(element), element) for element in elements)
    return [(text, element) for text, element in found if text]


def _text(element: HtmlElement) -> str:
    return one_line("".join(element.itertext()))


def _says_published(element: HtmlElement) -> bool:
    says = f"{element.get('itemprop')} {element.get('class')} {element.get('pubdate')}".lower()
    return "publish" in says or "entry-date" in says or element.get("pubdate") is not None
