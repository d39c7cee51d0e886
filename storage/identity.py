"""Ids derived from content, so that writing the same fact twice writes it once."""

from __future__ import annotations

import hashlib

# A unit separator cannot stand in a URL or in cleaned text, so no two lists of parts read the same.
SEPARATOR = "\x1f"


def digest(*parts: str | int | None) -> str:
    """Sixteen hex digits (64 bits of BLAKE2b) of the parts in their order.

    At a million rows of one kind the chance that any two collide is 3e-8 (birthday bound).
    """
    text = SEPARATOR.join("" if part is None else str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def article_id(key: str) -> str:
    """The id of the article with this identity key, known before anything is fetched."""
    return digest("article", key)


def text_id(text: str) -> str:
    """The id of a stored text: two articles with the same words share it."""
    return digest("text", text)


def capture_id(article: str, number: int, sha256: str) -> str:
    """The id of what was fetched of an article for the `number`th time that it differed."""
    return digest("capture", article, number, sha256)
