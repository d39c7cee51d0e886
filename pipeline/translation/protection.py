"""What must come out of a translation as it went in, and what the model reads better in another form.

URLs, e-mail addresses, @handles and #tags are cut out and the text between them is translated by itself: placeholders
would be split, dropped or doubled by the models. A headline in capitals is put into sentence case, since the models
have seen few; the English headline stays in sentence case, which reads better anyway.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PROTECTED = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]]"
    # Bounded, as addresses are: on a megabyte without a space they would try every length at every place.
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<![\w@#])[@#]\w+"
    r"|\b\w{1,63}(?:[-.]\w{1,63}){0,8}\.(?:com|org|net|info|vn|cu)(?:\.\w\w)?(?:/[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]])?(?!\w)"
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")

_NAMES = {
    name.casefold(): name
    for name in (
        "Việt Nam",
        "Hà Nội",
        "Cuba",
        "La Habana",
        "Vietnam",
        "Hanoi",
        "Hồ Chí Minh",
        "Fidel Castro",
        "Raúl Castro",
        "Díaz-Canel",
        "Mỹ",
        "Trung Quốc",
        "Lào",
        "Campuchia",
        "Nga",
        "Estados Unidos",
        "México",
        "Venezuela",
        "China",
        "Rusia",
        "America",
        "Latin America",
        "América Latina",
        "Nhật Bản",
        "Hàn Quốc",
    )
}
_NAME = re.compile(r"\b(?:" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]{1,3}\.){2,}|\b[BCDĐGHKLMNPQRSTVXZ]{2,5}\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence with the white space around it; what is not `translatable` passes as it is."""

    text: str
    translatable: bool


def pieces(sentence: str) -> tuple[Piece, ...]:
    """The stretches of a sentence in order; joined, they are the sentence."""
    found: list[Piece] = []
    at = 0
    for match in _PROTECTED.finditer(sentence):
        found.extend(_stretch(sentence[at : match.start()]))
        found.append(Piece(match.group(), translatable=False))
        at = match.end()
    found.extend(_stretch(sentence[at:]))
    return tuple(found)


def readable(text: str) -> str:
    """What the model is given: NFC, single spaces, and no shouting."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return _sentence_case(plain) if _is_shouted(plain) else plain


def _stretch(text: str) -> tuple[Piece, ...]:
    return (Piece(text, bool(_LETTER.search(text))),) if text else ()


def _is_shouted(text: str) -> bool:
    """Two words at least and a dozen letters, nearly all capitals: an abbreviation alone is no headline."""
    letters = _LETTER.findall(text)
    upper = sum(1 for letter in letters if letter.isupper())
    return len(letters) >= 12 and len(_WORD.findall(text)) >= 2 and upper >= 0.9 * len(letters)


def _sentence_case(text: str) -> str:
    """Lower case but for the first letter, abbreviations, and the names that the beat is about."""
    kept = {match.start(): match.group() for match in _ABBREVIATION.finditer(text)}
    lowered = list(text.lower())
    if len(lowered) != len(text):  # a letter whose lower case is two, such as İ
        return text
    for start, abbreviation in kept.items():
        lowered[start : start + len(abbreviation)] = abbreviation
    restored = _NAME.sub(lambda match: _NAMES[match.group()], "".join(lowered))
    first = _LETTER.search(restored)
    if first is None:
        return restored
    return restored[: first.start()] + first.group().upper() + restored[first.end() :]
