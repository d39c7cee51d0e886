"""Words, the marks that agencies put around them, and the hashes of three words in a row."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

WORDS_READ = 4_000
"""Words of a text that are compared. The longest reports have some 3,000; a dump of 50,000 must not cost a second."""

LEAD_WORDS = 70
"""The title and this many words tell the event; on SemEval-2022-8 they compare better than the whole text."""

_SKETCH_SHARE = 8
_SKETCH_LEAST = 24

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_MARKS = {ord("đ"): "d", ord("Đ"): "D"}

_DATELINE = re.compile(
    r"""^\s*(?:
        \(?[A-ZĐ][A-Z.]{1,8}(?:\.VN|/VNA|\.vn)?\)?\s*[-–—]\s+           # VOV.VN -   (TTXVN) -
      | [A-ZÀ-ỸĐ][\wÀ-ỹ .,']{1,60}?(?:,\s*\d{1,2}\s+\w{3,10}\.?)?\s*     # Hanói, 3 sep
        \([^()]{2,40}\)\s*[-–—.:]+\s+                                   #   (Prensa Latina) -
      | [A-ZÀ-ỸĐ][\wÀ-ỹ ]{1,30}(?:,\s[A-ZĐ][\wÀ-ỹ ]{1,30})?\s*[—–]\s+   # HÀ NỘI —    CAM LỘ, Quảng Trị —
      | [A-ZÀ-ỸĐ][A-ZÀ-ỸĐ ]{2,30}\s*-\s+                                # LA HABANA -
    )""",
    re.VERBOSE,
)
_SIGN_OFF = re.compile(
    r"(?:\s*(?:\./\.|[—–-]\s*(?:VNS|VNA|VOV|TTXVN|NDO|OANA|PL|ACN)\.?|\((?:VNA|TTXVN|PL|ACN)\)))+\s*$"
)


def fold(text: str) -> str:
    """Lower case without marks, *đ* included: `Trịnh Văn Quyết` and `Trinh Van Quyet` become one."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_MARKS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The words as written, marks kept, NFKC and lower case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def split_dateline(body: str) -> tuple[str, str]:
    """The dateline ("Hanói, 3 sep (Prensa Latina) -") and the body without it and without the sign-off."""
    found = _DATELINE.match(body[:200])
    end = found.end() if found else 0
    return body[:end], _SIGN_OFF.sub("", body[end:])


def cut(text: str, count: int) -> str:
    """The text up to its `count`-th word, punctuation and capitals kept."""
    for position, found in enumerate(_WORD.finditer(text), start=1):
        if position == count:
            return text[: found.end()]
    return text


def text_hash(tokens: list[str]) -> int:
    """Of the normalised text, as a signed 64-bit integer."""
    return _signed(_hash(" ".join(tokens)))


def shingles(tokens: list[str]) -> frozenset[int]:
    """64-bit hashes of every three words in a row; of all the words where there are fewer than three."""
    if len(tokens) < 3:
        return frozenset({_hash(" ".join(tokens))}) if tokens else frozenset()
    return frozenset(_hash(" ".join(tokens[i : i + 3])) for i in range(len(tokens) - 2))


def sketch(hashes: frozenset[int]) -> tuple[int, ...]:
    """FracMinHash: one in eight of the hashes, but no fewer than 24, smallest first.

    As signed 64-bit integers, which is what SQLite stores. One in eight finds .999 of the copies, one in
    sixteen .981.
    """
    ordered = sorted(hashes)
    few = sum(1 for value in ordered if value < 2**64 // _SKETCH_SHARE)
    return tuple(_signed(value) for value in ordered[: max(few, _SKETCH_LEAST)])


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _signed(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value
