"""What records say of their own bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.warcs.reading import Record


def digest_problem(record: Record) -> str | None:
    """What is wrong with a record by the digest of its block, or None where there is nothing to go by."""
    claim = record.headers.get("warc-block-digest")
    return None if claim is None or record.block is None else wrong_digest(claim, record.block)


def wrong_digest(claim: str, body: bytes) -> str | None:
    """What to say if the bytes have another digest than this one; one of an unknown kind proves nothing."""
    algorithm, _, text = claim.partition(":")
    try:
        computed = hashlib.new(algorithm.strip().lower().replace("-", ""), body, usedforsecurity=False).digest()
    except ValueError:
        return None
    stated = [one for one in _readings(text) if len(one) == len(computed)]
    return None if not stated or computed in stated else f"its {algorithm} is not the one that it states"


def _readings(text: str) -> list[bytes]:
    """Base32 as the format's examples have it, or base16."""
    readings = []
    for decode in (base64.b32decode, base64.b16decode):
        try:
            readings.append(decode(text.strip().upper()))
        except binascii.Error:
            continue
    return readings
