"""What is wrong with a translated sentence, found by comparing it with its source.

The models' own scores do not tell: a wrong name or number is as confident as a right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.numerals import MONTHS, SCALES, SPELLED

EMPTY = "empty"
REPETITION = "repetition"
LENGTH = "length"
COPIED = "copied"
NUMBER = "number"
KEPT = "kept"
"""Not the guard's: the sentence is in English already, or in a language that no package here translates, and stays."""

_WORDS = re.compile(r"\w+")
_LOWER_WORDS = re.compile(r"\b[^\W\d_A-ZĐÁÉÍÓÚÑ][^\W\d_]+\b")
_STUTTER = re.compile(r"(\S{3,20}?)\1{3,}")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+")
_FULL_HOUR = re.compile(r"(?<=\d:)00\b")
_DOZEN_HOURS = re.compile(r"\s*(?:h\b|h\d|giờ|:\d\d|horas)", re.IGNORECASE)


def check(source: str, output: str, from_code: str, to_code: str) -> tuple[str, ...]:
    """The flags of one sentence, in a fixed order; empty where nothing was found."""
    if not _WORDS.search(output):
        return (EMPTY,) if _WORDS.search(source) else ()
    flags = (
        (REPETITION, repeats(output) and not repeats(source)),
        (LENGTH, _is_out_of_length(source, output)),
        (COPIED, from_code != to_code and _is_copied(source, output)),
        (NUMBER, bool(missing_numbers(source, output, from_code, to_code))),
    )
    return tuple(name for name, raised in flags if raised)


def repeats(text: str) -> bool:
    """A word four times running, two to five words three times running, or letters in a loop."""
    if _STUTTER.search(text):
        return True
    words = [word.casefold() for word in _WORDS.findall(text) if not word.isdigit()]
    for size, times in ((1, 4), (2, 3), (3, 3), (4, 3), (5, 3)):
        for start in range(len(words) - size * times + 1):
            first = words[start : start + size]
            if words[start : start + size * times] == first * times:
                return True
    return len(words) >= 20 and len(set(words)) < 0.35 * len(words)


def missing_numbers(source: str, output: str, from_code: str, to_code: str) -> tuple[str, ...]:
    """The numbers of the source, as written there, that no number or number word of the output can stand for."""
    said: set[float] = set()
    for match in _NUMBER.finditer(output):
        said |= set(_values(match, to_code))
    words = _WORDS.findall(output.casefold())
    for word in words:
        said |= {float(value) for value in (SPELLED[to_code].get(word), MONTHS[to_code].get(word)) if value}
        said |= {float(part) for part in re.findall(r"\d+", word)}
    wanted = _NUMBER.finditer(_FULL_HOUR.sub("  ", source))
    return tuple(match.group() for match in wanted if said.isdisjoint(_values(match, from_code)))


def _values(match: re.Match[str], language: str) -> Iterator[float]:
    """What a written number can mean: 14h is also 2 in the afternoon, and 2 triệu also 2,000,000.

    1.500 is fifteen hundred or one and a half, whatever the language's rule: Cuban papers write both 3,5 and 3.5.
    """
    written, after = match.group(), match.string[match.end() :]
    plain: set[float] = set()
    if _GROUPED.fullmatch(written):
        plain.add(float(re.sub(r"\D", "", written)))
    parts = re.split(r"\D", written)
    if len(parts) == 1:
        plain.add(float(written))
    else:
        plain.add(float("".join(parts[:-1]) + "." + parts[-1]))
    scale = next((factor for words, factor in SCALES[language] if words.match(after)), 1)
    for value in sorted(plain):
        yield value
        yield round(value * scale, 6)
        if 12 < value < 24 and _DOZEN_HOURS.match(after):
            yield value - 12


def _is_out_of_length(source: str, output: str) -> bool:
    """Half as long to twice as long in characters, with room for a short sentence.

    vi, es and en need about as many: of 3,988 human translations of FLORES this flags none, in any direction.
    """
    return not 0.45 * len(source) - 6 <= len(output) <= 2.0 * len(source) + 15


def _is_copied(source: str, output: str) -> bool:
    """Four words or more that are no names, and nearly all of them stand in the output as they were."""
    words = [word for word in _LOWER_WORDS.findall(source) if len(word) > 1]
    kept = set(_WORDS.findall(output))
    return len(words) >= 4 and sum(1 for word in words if word in kept) >= 0.8 * len(words)
