"""XML as it is sent: cut off, with bare ampersands and the entities of HTML, and now and then as a weapon."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from crawler.discovery.listing import Notebook

_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);|([A-Za-z][A-Za-z0-9]{1,30};))?")


def read_xml(text: str, notebook: Notebook) -> etree._Element | None:
    """The root of the document, repaired where it is broken; None when nothing is left of it.

    `text` starts at the root's tag.
    """
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=False))
    except etree.XMLSyntaxError as error:
        notebook.note(f"broken XML: {error.msg}"[:200])
    return etree.fromstring(_escaped(text).encode("utf-8", "replace"), _parser(recover=True))


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace or prefix; empty for a comment."""
    tag = element.tag
    return str(tag).rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def namespace_of(element: etree._Element) -> str:
    """The namespace, or the prefix of one that was never declared; empty where there is neither."""
    space, _, name = str(element.tag).rpartition("}")
    return space.removeprefix("{") or name.rpartition(":")[0]


def _parser(*, recover: bool) -> etree.XMLParser:
    # No entity is resolved and no limit lifted: a listing needs neither, and both have been used to fill
    # memory.
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def _escaped(text: str) -> str:
    """The ampersands that XML would refuse: bare ones, and entities that only HTML knows. CDATA stays as it
    is."""
    pieces: list[str] = []
    position = 0
    while True:
        start = text.find("<![CDATA[", position)
        end = text.find("]]>", start) if start >= 0 else -1
        if end < 0:
            pieces.append(_AMPERSAND.sub(_ampersand, text[position:]))
            return "".join(pieces)
        pieces += (_AMPERSAND.sub(_ampersand, text[position:start]), text[start : end + 3])
        position = end + 3


def _ampersand(match: re.Match[str]) -> str:
    known, named = match.groups()
    if known:
        return match.group()
    return html5.get(named, f"&amp;{named}") if named else "&amp;"
