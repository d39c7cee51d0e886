"""From an element to its paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_INLINE = re.compile(
    r"a|abbr|acronym|b|bd[io]|big|cite|code|data|del|dfn|em|font|ins?|i|kbd|label|mark|nobr|q|ruby|s|samp|small"
    r"|span|strike|strong|su[bp]|time|tt|u|var|wbr"
)
_WITHOUT_TEXT = re.compile(
    r"aside|audio|button|canvas|embed|fieldset|figcaption|figure|footer|form|head|iframe|img|input|link|map|menu"
    r"|meta|nav|noscript|object|option|picture|script|select|source|style|svg|template|textarea|track|video"
)
# `paywall` alone marks the part of the article that only subscribers see, as search engines ask; a longer name is the
# box that asks for the money.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|relate|relacionad[ao]s?|tin-lien-quan|lien-quan|caption|credits?|share|sharing|social|sharedaddy"
    r"|newsletter|subscri\w*|suscri\w*|promo\w*|advert\w*|ads?|banner|sponsor\w*|breadcrumbs?|tags?|comments?|toolbar"
    r"|paywall[_-]\w+|read-?more|most-?read|outbrain|taboola|wp-caption\w*|screen-reader-text|visually-hidden|sr-only)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


def paragraphs(element: HtmlElement) -> list[str]:
    """The element's text, a line for each block and each line break, without captions, forms and boxes beside
    the text."""
    found: list[str] = []
    pieces: list[str] = []

    def close() -> None:
        text = one_line("".join(pieces))
        if text:
            found.append(text)
        pieces.clear()

    # A loop and not a recursion: how deep a page nests is the page's choice.
    waiting: list[HtmlElement | str | None] = [element]
    while waiting:
        item = waiting.pop()
        if item is None:
            close()
        elif isinstance(item, str):
            pieces.append(item)
        elif (
            not isinstance(item.tag, str)
            or _WITHOUT_TEXT.fullmatch(item.tag)
            or (item is not element and _beside(item))
        ):
            continue
        else:
            inline = _INLINE.fullmatch(item.tag)
            if not inline:
                close()
                waiting.append(None)
            for child in reversed(item):
                waiting.append(child.tail or "")
                waiting.append(child)
            waiting.append(item.text or "")
    close()
    return found


def joined(lines: Iterable[str], boilerplate: re.Pattern[str] | None) -> str:
    """The paragraphs as one text; what the site adds to every article and what stands there twice in a row is
    left out."""
    kept: list[str] = []
    for line in lines:
        if not (boilerplate and boilerplate.fullmatch(line)) and not (kept and kept[-1] == line):
            kept.append(line)
    return "\n\n".join(kept)


def _beside(element: HtmlElement) -> bool:
    """Whether the element is something beside the text: hidden, or named for what it is."""
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    if element.tag in {"p", "article", "main", "body"}:
        return bool(re.search(r"caption", element.get("class") or "", re.IGNORECASE))
    return any(_ASIDE.search(element.get(name) or "") for name in ("class", "id"))
