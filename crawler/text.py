"""Text as it is kept: NFC, on one line, without what a page's tools left in it."""

from __future__ import annotations

import html
import re
import unicodedata

# Zero-width marks, soft hyphens, direction marks and byte-order marks: invisible, and they split words in a
# search.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]{0,20000}</\1>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|br|div|li|h[1-6]|tr|td|figure|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)


def one_line(text: str) -> str:
    """NFC, every run of white space one space, nothing invisible."""
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def without_controls(text: str) -> str:
    """The text without the characters that XML cannot hold, which end a document early in libxml2."""
    return _CONTROL.sub(" ", text)


def plain(markup: str) -> str:
    """A feed's title or summary on one line: entities resolved twice (some feeds escape twice), tags taken
    out."""
    text = html.unescape(html.unescape(markup))
    text = _TAG.sub("", _BLOCK.sub(" ", _HIDDEN.sub(" ", text)))
    return one_line(text)
