"""Taking out of a page what is no part of any article, before its text is looked for.

It makes the search faster, which takes its time by the element, and better: what is gone cannot be mistaken for text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PROSE = 80
"""Characters of a paragraph that is taken for running text."""
MOST = 0.34
"""The share of a page's prose that may go. Templates name things oddly: Politico keeps its articles in
`sidebar-grid`."""

LONGEST_CAPTION = 400
"""Characters of what stands with a picture in a box of its own."""
MOST_IN_A_BOX = 40
"""Elements; it bounds what many pictures cost."""

_OF_A_PICTURE = re.compile(r"image|img|photo|foto|picture|imagen|hinh-?anh", re.IGNORECASE)
_WITHOUT_TEXT = (
    *("audio", "button", "canvas", "dialog", "embed", "figcaption", "iframe", "input", "link", "noscript", "object"),
    *("script", "select", "style", "svg", "template", "textarea", "video"),
)
_INLINE = ("b", "big", "em", "font", "i", "mark", "small", "strong", "u")
"""Elements that mark words and divide nothing."""
_HEADINGS = frozenset(("h1", "h2", "h3"))
_KEPT = frozenset(("article", "body", "h1", "head", "html", "main", "p"))
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Between two words of a name like `imageCaption`."""
_BESIDE = re.compile(
    r"""(?:^|[\s_-])(?:
    related|relacionad[ao]s?|tin-?lien-?quan|lien-?quan|relatedposts?|recirc\w*|recommendations?
    |most-?(?:read|popular|viewed)|trending
    |(?:latest|more|top)-?(?:news|stories|posts|articles|headlines|from|on)
    |(?:read|see|watch)-?(?:also|more|next)|(?:le[ae]|leer|ver)-?(?:tambi[eé]n|m[aá]s)|puede-?interesar|te-?recomendamos
    |xem-?them|doc-?them|tin-?(?:moi|khac|cung-chuyen-muc|noi-bat)
    |newsletters?|subscri(?:be|ption|ptions)|suscri\w+|sign-?up|cta|disclosures?|disclaimers?
    |s[ií]guenos|s[ií]ganos|follow-?us|theo-?doi
    |share|sharing|sharedaddy|social|addtoany\w*|addthis\w*
    |advert\w*|ads?|banner|sponsor(?:ed|s)?|promo|outbrain|taboola
    |comments?|disqus\w*|respond
    |breadcrumbs?|tags|tag-?list
    |cookies?|consent|gdpr
    |author-?(?:bio|box|info|card)|about-?(?:the-)?author
    |caption|wp-caption(?:-text)?
    |footer|sidebar|navigation|nav|navbar|menu|pagination|pager|popup|modal|tooltip|toolbar
    )(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)


def drop_following(root: HtmlElement, headline: HtmlElement | None) -> None:
    """Take out the whole articles that a page goes on with, as those do that never end: each is an `article` with a
    top heading of its own."""
    own = None if headline is None else next(headline.iterancestors("article"), None)
    if own is None or len("".join(own.itertext())) < PROSE:
        return
    around = {own, *own.iterancestors("article")}
    for article in list(root.iter("article")):
        beside = article not in around and own not in article.iterancestors("article")
        if beside and article.find(".//h1") is not None and article.getparent() is not None:
            article.drop_tree()


def prune(root: HtmlElement, headline: HtmlElement | None = None) -> int:
    """Take out scripts, menus, captions, comments and what else is named for standing beside an article; returns the
    characters of prose that are left.

    The headline stays, and so does what holds much of the page's prose, whatever its name.
    """
    etree.strip_elements(root, *_WITHOUT_TEXT, with_tail=False)
    etree.strip_tags(root, *_INLINE)
    for figure in list(root.iter("figure")):
        if figure.find(".//blockquote") is not None:
            figure.tag = "div"
    held, total = _prose(root)
    # Teasers may have top headings as well.
    headed = {ancestor for heading in root.iter("h1") for ancestor in heading.iterancestors() if ancestor.tag != "a"}
    headed.update(() if headline is None else headline.iterancestors())
    pictured = _pictured(root)
    found: list[tuple[HtmlElement, int]] = []
    # A loop and not a recursion: how deep a page nests is the page's choice.
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if _is_beside(element) or element in pictured:
            held_here = held.get(element, 0)
            if element not in headed and held_here <= MOST * total:
                found.append((element, held_here))
                continue
            if element.tag == "nav":
                # A menu that was never closed holds the rest of the page.
                element.tag = "div"
        waiting.extend(reversed(element))
    if sum(share for _, share in found) > MOST * total:
        found = [(element, share) for element, share in found if not share or element.tag == "a"]
    # Of teasers a page may hold more than of its article.
    if sum(share for _, share in found) > (1 - MOST) * total:
        found = [(element, share) for element, share in found if not share]
    for element, _ in found:
        element.drop_tree()
    return total - sum(share for _, share in found)


def _pictured(root: HtmlElement) -> set[HtmlElement]:
    """The boxes that hold a picture, its caption and no more."""
    found: set[HtmlElement] = set()
    short: dict[HtmlElement, bool] = {}
    for image in root.iter("img", "picture", "amp-img"):
        for element in islice(image.iterancestors("div", "li", "span", "section"), 3):
            if element not in short:
                short[element] = _is_short(element)
            if not short[element]:
                break
            if _OF_A_PICTURE.search(element.get("class") or ""):
                found.add(element)
    return found


def _is_short(element: HtmlElement) -> bool:
    """Whether an element has no more text than a caption, and no heading."""
    length = 0
    for place, inner in enumerate(element.iter()):
        length += len(inner.text or "") + len(inner.tail or "")
        if length > LONGEST_CAPTION or place > MOST_IN_A_BOX or inner.tag in _HEADINGS:
            return False
    return True


def _prose(root: HtmlElement) -> tuple[dict[HtmlElement, int], int]:
    """Characters of prose in each element that holds any, and in all."""
    held: dict[HtmlElement, int] = {}
    total = 0
    for paragraph in root.iter("p"):
        length = len("".join(paragraph.itertext()))
        if length >= PROSE:
            total += length
            for ancestor in paragraph.iterancestors():
                held[ancestor] = held.get(ancestor, 0) + length
    return held, total


def _is_beside(element: HtmlElement) -> bool:
    if element.tag in _KEPT:
        return False
    # A link around paragraphs or headings is the teaser of another article.
    if element.tag == "nav" or (element.tag == "a" and next(element.iter("p", "h2", "h3", "h4"), None) is not None):
        return True
    return any(name and _names_what_is_beside(name) for name in _names(element))


def _names(element: HtmlElement) -> tuple[str | None, str | None]:
    return element.get("class"), element.get("id")


@lru_cache(maxsize=8_192)
def _names_what_is_beside(name: str) -> bool:
    # Pages repeat a few dozen class names many times over, and sites repeat them on every page.
    return _BESIDE.search(_HUMP.sub("-", name)) is not None
