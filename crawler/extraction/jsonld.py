"""The article as schema.org JSON-LD describes it."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.extraction.page import Document

_ARTICLE = re.compile(r"(?:.*[/:])?(?:\w*Article|BlogPosting|LiveBlogPosting|Report)")
_PAGE = re.compile(r"(?:.*[/:])?(?:\w*WebPage|ItemPage|Review|ClaimReview|CreativeWork)")
"""Where no article is described, the page itself or what it reviews is, with its dates."""
_PERSONAL = re.compile(r"(?:.*[/:])?(?:Person|Author)")
_WRAPPING = re.compile(r"(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)\s*")
"""What stands before the value; what stands after it is not looked at."""
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SALVAGED = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"\\]{4,40})"')
_TYPE = re.compile(r'"@type"\s*:\s*"(\w{3,40})"')
_PATH = re.compile(r"^https?://[^/]*|[?#].*")
"""What stands around the path of an address."""
_BREAK = re.compile(r"</?(?:p|br|div|li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_LONGEST = 200_000
"""Characters of a broken block that are looked through."""
_MOST = 5_000
"""Objects looked at in one page; more is a catalogue and no article."""


@dataclass(frozen=True, slots=True)
class Described:
    """The fields of the page's article, as text; None or empty where they are not given."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    section: str | None = None
    image: str | None = None
    language: str | None = None
    publisher: str | None = None
    body: tuple[str, ...] = ()
    """Its paragraphs, if they are told apart. As often a teaser as the whole text."""


def read_jsonld(document: Document) -> Described:
    """The page's news article, from as many blocks as it takes; blocks that cannot be read are problems."""
    objects: list[Mapping[str, object]] = []
    for script in document.root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            objects.extend(_objects(script.text or "", document.problems))
    articles = [node for node in objects if _is(node, _ARTICLE)]
    articles = articles or [node for node in objects if _is(node, _PAGE) and _text(node.get("datePublished"))]
    # A page may list other articles beside its own; its own is at the page's address, or has a date and a headline.
    articles.sort(
        key=lambda node: (
            not _is_at(node, document.url),
            _text(node.get("datePublished")) is None,
            _text(node.get("headline")) is None,
        )
    )
    if not articles:
        return Described()
    article = articles[0]
    named = {str(node["@id"]): node for node in objects if "@id" in node and len(node) > 1}
    return Described(
        # The name of a page ends with the site's; that of a review is the work's.
        headline=_text(article.get("headline")) or (_text(article.get("name")) if _is(article, _ARTICLE) else None),
        description=_text(article.get("description")),
        authors=tuple(_authors(article.get("author"), named)),
        published=_text(article.get("datePublished")),
        updated=_text(article.get("dateModified")),
        section=_text(article.get("articleSection")),
        image=_place(article.get("image"), named),
        language=_text(article.get("inLanguage")),
        publisher=next(_names(article.get("publisher"), named), None),
        body=tuple(_paragraphs(article.get("articleBody"))),
    )


def _objects(script: str, problems: list[str]) -> Iterator[Mapping[str, object]]:
    """Every object of a block, the nested ones too, outer before inner."""
    waiting: deque[object] = deque([_parsed(script, problems)])
    for _ in range(_MOST):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(value for value in node if isinstance(value, dict | list))
        elif isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))


def _parsed(script: str, problems: list[str]) -> object:
    """The block's value; what blocks get wrong most is tried, and the rest is noted."""
    text = script.strip()
    opening = _WRAPPING.match(text)
    if opening:
        text = text[opening.end() :]
    if not text:
        return None
    error: Exception | None = None
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            # Not strict: a line break inside a string is the commonest mistake of all.
            value: object = json.JSONDecoder(strict=False).raw_decode(attempt)[0]
        except (ValueError, RecursionError) as failure:
            error = error or failure
        else:
            return value
    problems.append(f"broken JSON-LD: {error}"[:200])
    return _salvaged(text)


def _salvaged(text: str) -> object:
    """The dates of a block that is broken elsewhere, mostly by a quotation mark within a text."""
    kind = next((kind for kind in _TYPE.findall(text[:_LONGEST]) if _ARTICLE.fullmatch(kind)), None)
    dates: dict[str, str] = {}
    for name, value in _SALVAGED.findall(text[:_LONGEST]) if kind else ():
        dates.setdefault(name, value)
    return {"@type": kind, **dates} if dates else None


def _is(node: Mapping[str, object], kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(name, str) and kind.fullmatch(name) for name in (types if isinstance(types, list) else [types])
    )


def _is_at(node: Mapping[str, object], url: str) -> bool:
    """Whether an article says that this page is its own; most do not say it at all."""
    page = node.get("mainEntityOfPage")
    stated = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    path = urlsplit(url).path.rstrip("/")
    return bool(path) and any(isinstance(link, str) and _PATH.sub("", link).rstrip("/") == path for link in stated)


def _text(value: object) -> str | None:
    """The first text of a value, its entities resolved."""
    if isinstance(value, list):
        return next((text for text in map(_text, value[:20]) if text), None)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return one_line(html.unescape(value)) or None if isinstance(value, str) else None


def _paragraphs(value: object) -> Iterator[str]:
    """The lines of a text that may hold markup, escaped once or twice."""
    if isinstance(value, str):
        text = _BREAK.sub("\n", html.unescape(html.unescape(value)))
        yield from filter(None, (plain(line) for line in text.splitlines()))


def _authors(value: object, named: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """The people; an organisation is no byline."""
    for author in value if isinstance(value, list) else [value]:
        node = _resolved(author, named)
        if isinstance(node, str) or (isinstance(node, dict) and ("@type" not in node or _is(node, _PERSONAL))):
            yield from _names(node, named)


def _names(value: object, named: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        node = _resolved(item, named)
        names = node.get("name") if isinstance(node, dict) else node
        for name in names if isinstance(names, list) else [names]:
            text = _text(name)
            if text:
                yield text


def _place(value: object, named: Mapping[str, Mapping[str, object]]) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    node = _resolved(first, named)
    return _text(node.get("url") or node.get("contentUrl")) if isinstance(node, dict) else _text(node)


def _resolved(node: object, named: Mapping[str, Mapping[str, object]]) -> object:
    """The object itself where only its name in the graph is given."""
    if isinstance(node, dict) and set(node) <= {"@id", "@type"} and isinstance(node.get("@id"), str):
        return named.get(str(node["@id"]), node)
    return node
