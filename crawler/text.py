"""Text as it is kept: NFC, on one line, without what a page's tools left in it."""

from __future__ import annotations

import html
import re
import unicodedata

# Zero-width marks, soft hyphens, direction marks and byte-order marks: invisible, and they split words in a
# search.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# The same in UTF-8; the surrogates cannot be encoded, and become question marks.
_LOW_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_HIGH_CONTROLS = (re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"\xef\xbf[\xbe\xbf]"))
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]{0,20000}</\1>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|br|div|li|h[1-6]|tr|td|figure|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)


def one_line(text: str) -> str:
    """NFC, every run of white space one space, nothing invisible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def without_controls(text: str) -> str:
    """The text without the characters that XML cannot hold, which end a document early in libxml2."""
    return _CONTROL.sub(" ", text)


def markup_bytes(text: str) -> bytes:
    """The text in UTF-8 for libxml2, without the characters that XML cannot hold."""
    encoded = text.encode("utf-8", "replace")
    # Few pages hold any, and bytes are looked through ten times as fast as text.
    held = len(encoded.translate(None, _LOW_CONTROLS)) < len(encoded)
    if not held and not any(controls.search(encoded) for controls in _HIGH_CONTROLS):
        return encoded
    return without_controls(text).encode("utf-8", "replace")


def plain(markup: str) -> str:
    """A feed's title or summary on one line: entities resolved twice (some feeds escape twice), tags taken
    out."""
    text = html.unescape(html.unescape(markup))
    text = _TAG.sub("", _BLOCK.sub(" ", _HIDDEN.sub(" ", text)))
    return one_line(text)
