"""Words and patterns that dates and numbers share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

Found = tuple[int, int, tuple[str, ...]]
"""Start, end, and the English spellings, the usual one first; none where it is the model's."""


def one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class EitherWay:
    """A pattern for text that is typed with its marks, and for text that has none: `tháng 3`, `thang 3`."""

    marked: re.Pattern[str]
    plain: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._of(text).finditer(text)

    def match(self, text: str, at: int) -> re.Match[str] | None:
        return self._of(text).match(text, at)

    def ends(self, text: str, at: int, width: int) -> bool:
        """Whether it stands right before a place; `width` is how far to look back."""
        return self._of(text).search(text[max(0, at - width) : at]) is not None

    def _of(self, text: str) -> re.Pattern[str]:
        return self.plain if text.isascii() else self.marked


def vietnamese(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> EitherWay:
    return EitherWay(re.compile(pattern, flags), re.compile(unmarked(pattern), flags))


def compiled(pattern: str, language: str, flags: re.RegexFlag = re.IGNORECASE) -> EitherWay:
    if language == "vi":
        return vietnamese(pattern, flags)
    spanish = re.compile(pattern, flags)
    return EitherWay(spanish, spanish)


def unmarked(text: str) -> str:
    """Without marks, one character for one, so that places in both are the same."""
    return "".join(_plain(letter) for letter in text)


@cache
def _plain(letter: str) -> str:
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0] if all(unicodedata.combining(mark) for mark in decomposed[1:]) else letter


MONTHS = "January February March April May June July August September October November December".split()
WORDS = {
    **dict(enumerate("two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(), 2)),
    **dict(enumerate("fifteen sixteen seventeen eighteen nineteen twenty".split(), 15)),
    **dict(zip(range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True)),
}
ORDINALS = dict(
    enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
            " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
        ).split(),
        1,
    )
)
SPANISH_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago"),
            *("septiembre setiembre sept sep", "octubre oct", "noviembre nov", "diciembre dic"),
        ),
        1,
    )
    for name in names.split()
}
ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

ALONE = r"(?<![\w/:.,+−-])"
OVER = r"(?!\w|[:/.,-]\d|[/-][^\W\d_])"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?P<year>(?:1\d|20)\d\d)"


def suffix(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 % 10 != 1 else 0, "th")


def number_of(word: str) -> int:
    """8, VIII."""
    if word.isdecimal():
        return int(word)
    values = [ROMAN_VALUES[letter] for letter in word.upper()]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
