"""Bytes to text: what the header, the document and the bytes themselves say, weighed."""

from __future__ import annotations

import codecs
import re

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
# Python also knows rot13, punycode and unicode_escape by name; a page may not choose those.
_TEXT_CODECS = re.compile(
    r"utf-(?:8|16(?:-[lb]e)?)|ascii|cp(?:125\d|874|932|949|950)|iso8859-\d+|koi8-[rut]|gb\w+|big5\w*|shift_jis\w*|euc_\w+"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_C1 = re.compile("[\x80-\x9f]")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_ENCODED_TWICE = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")
_SEARCHED = 4_096
"""Bytes of the document in which a declaration is looked for; browsers look in 1,024."""


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a document; characters that cannot be read become U+FFFD.

    Bytes that are sound UTF-8 are UTF-8 whatever is declared: feeds that declare utf-16 over UTF-8 bytes and
    servers that say latin-1 out of habit are common, and other text that happens to be sound UTF-8 is not.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    claims = [claim for claim in (_from_header(content_type), _from_document(body)) if claim]
    beginning = body[:_SEARCHED]
    # Of UTF-16 every other byte is zero; a few zeros are only dirt.
    wide = 8 * beginning.count(0) > len(beginning)
    if not wide:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        # A few broken letters, or one cut off at the end, do not make UTF-8 something else; that most are broken does,
        # even where UTF-8 is declared.
        tolerated = not broken or (2 if "utf-8" in claims else 10) * broken <= len(_BEYOND_ASCII.findall(text))
        if tolerated or (broken == 1 and text.endswith("\ufffd")):
            # Looked for in the bytes, which is ten times as fast.
            return _mended(text) if _C1_BYTES.search(body) else text
    for claim in claims:
        # A claim of UTF-16 without its zero bytes would turn a page into Chinese.
        if claim != "utf-8" and (wide or not claim.startswith("utf-16")):
            return body.decode(claim, "replace")
    return body.decode("cp1252", "replace")


def _mended(text: str) -> str:
    """The text with letters put right that a content system read as latin-1 and encoded again ("â\\x80\\x99"
    for an apostrophe).

    Only where a control character gives it away, which no honest text holds: "Ã©" alone could be meant.
    """
    return _ENCODED_TWICE.sub(_decoded_again, text)


def _decoded_again(match: re.Match[str]) -> str:
    letters = match.group()
    if not _C1.search(letters):
        return letters
    return letters.encode("latin-1").decode("utf-8", "ignore") or letters


def _from_header(content_type: str | None) -> str | None:
    match = _CHARSET.search(content_type or "")
    return _codec(match.group(1)) if match else None


def _from_document(body: bytes) -> str | None:
    match = _DECLARED.search(body[:_SEARCHED])
    return _codec(match.group(1).decode("ascii")) if match else None


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if not _TEXT_CODECS.fullmatch(name):
        return None
    # Browsers read both as windows-1252, and so pages are written.
    return "cp1252" if name in {"ascii", "iso8859-1"} else name
