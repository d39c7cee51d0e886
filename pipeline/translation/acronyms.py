"""Words in capitals that English writes alike, or in a way of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.translation.figure_words import ROMAN
from pipeline.translation.gazetteer import (
    ENGLISH_ACRONYMS,
    TRANSLATED_ACRONYMS,
    TRANSLATED_IN_VIETNAMESE,
)

SHORTEST, LONGEST = 3, 8

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:[-'’][^\W\d_]+)*(?!\w|-\d)")
_ROMAN = re.compile(ROMAN)
# Of no Vietnamese word: CIGB, UNICEF, FAO, but UBND and TTXVN.
_FOREIGN = re.compile("[EFIJOWZ]")


def acronyms(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Those of a text that is not in capitals as a whole; not numerals, nor words of a heading (`LA HABANA, 5 may`)."""
    words = list(_WORD.finditer(text))
    shouted = [word for word in words if is_acronym(word.group())]
    if 2 * len(shouted) >= len(words):
        return
    for word in shouted:
        written = word.group()
        around = text[max(0, word.start() - 2) : word.start()], text[word.end() : word.end() + 2]
        if not SHORTEST <= len(written) <= LONGEST or not written.isascii():
            continue
        if _ROMAN.fullmatch(written) or _is_part_of_more(*around) or not _IS_KEPT[language](written, around):
            continue
        yield *word.span(), ENGLISH_ACRONYMS.get(written, written) if language == "es" else written


def is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_kept_in_spanish(written: str, _: tuple[str, str]) -> bool:
    return written not in TRANSLATED_ACRONYMS


def _is_kept_in_vietnamese(written: str, around: tuple[str, str]) -> bool:
    """What stands in brackets behind its long form, and what has a letter that no Vietnamese abbreviation has."""
    in_brackets = around[0][-1:] == "(" and around[1][:1] == ")"
    return written not in TRANSLATED_IN_VIETNAMESE and (in_brackets or _FOREIGN.search(written) is not None)


_IS_KEPT = {"es": _is_kept_in_spanish, "vi": _is_kept_in_vietnamese}


def _is_part_of_more(before: str, after: str) -> bool:
    """EE.UU., UE/EEE, .NET; or one of two words in capitals; or the place where a report begins."""
    if not before.strip() and after.startswith((",", " —", " –", ".-", ":")):
        return not before
    beside = before[-1:] in {".", "/", "+", "-", "_", "’", "'"} or after[:1] in {"/", "+", "-", "_"}
    initials = after[:1] == "." and after[1:].isalpha()
    shouted = (before[:1].isupper() and before[1:] == " ") or (after[:1] == " " and after[1:].isupper())
    return beside or initials or shouted
