"""A few fixed sentences that a package must translate into something like a translation before it is installed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline import guard
from pipeline.errors import BadPackage, SmokeTestFailed
from pipeline.language import identify

if TYPE_CHECKING:
    from pipeline.translation.engine import Engine

_WEATHER = {"en": r"rain|weather|today", "es": r"lluvi|llov|llueve|tiempo|hoy", "vi": r"mưa|thời tiết|hôm nay"}
_FARMING = {"en": r"agricultur|farm|countr", "es": r"agr[ií]|país", "vi": r"nông|nước"}
_SCHOOL = {"en": r"school|child|new", "es": r"escuel|colegio|niñ|nuev", "vi": r"trường|trẻ|mới"}
_MINISTER = {"en": r"minist|visit|china", "es": r"ministr|visit|china", "vi": r"bộ trưởng|thăm|trung quốc"}

SENTENCES: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]] = {
    "vi": (
        ("Hôm nay trời mưa rất to ở thành phố.", _WEATHER),
        ("Hai nước đã ký một thỏa thuận hợp tác về nông nghiệp.", _FARMING),
        ("Trẻ em đến trường mới vào tuần trước.", _SCHOOL),
        ("Bộ trưởng sẽ thăm Trung Quốc vào tháng 10.", _MINISTER),
    ),
    "es": (
        ("Hoy llueve mucho en la ciudad.", _WEATHER),
        ("Los dos países firmaron un acuerdo de cooperación sobre la agricultura.", _FARMING),
        ("Los niños fueron a la nueva escuela la semana pasada.", _SCHOOL),
        ("El ministro visitará China en octubre.", _MINISTER),
    ),
    "en": (
        ("It is raining heavily in the city today.", _WEATHER),
        ("The two countries have signed an agreement on agricultural cooperation.", _FARMING),
        ("The children went to the new school last week.", _SCHOOL),
        ("The minister will visit China in October.", _MINISTER),
    ),
}
"""By source language: a sentence, and by target language what one of its plain words may become."""

_FATAL = (guard.EMPTY, guard.REPETITION, guard.LENGTH, guard.COPIED)


def smoke_test(engine: Engine) -> None:
    """Raises SmokeTestFailed with the first sentence that went wrong."""
    package = engine.package
    name = package.path.name
    if package.from_code not in SENTENCES or package.to_code not in SENTENCES:
        raise BadPackage(name, f"translates {package.pair}; the wire's languages are {', '.join(SENTENCES)}")
    expectations = SENTENCES[package.from_code]
    sentences = [sentence for sentence, _ in expectations]
    try:
        outputs = [rendering.text for rendering in engine.translate(sentences)]
    except (RuntimeError, ValueError) as error:
        raise BadPackage(name, f"its model does not run: {error}") from error
    for sentence, output in zip(sentences, outputs, strict=True):
        fault = _fault(sentence, output, package.from_code, package.to_code)
        if fault:
            raise SmokeTestFailed(name, sentence, output, fault)
    together = " ".join(outputs)
    if identify(together).language != package.to_code:
        raise SmokeTestFailed(name, " ".join(sentences), together, f"is not in {package.to_code}")
    fitting = [
        re.search(expected[package.to_code], output, re.IGNORECASE)
        for (_, expected), output in zip(expectations, outputs, strict=True)
    ]
    if sum(map(bool, fitting)) < len(fitting) / 2:
        raise SmokeTestFailed(name, " ".join(sentences), together, "has nothing to do with the source")


def _fault(sentence: str, output: str, from_code: str, to_code: str) -> str:
    """What is wrong with one output; empty where nothing is."""
    if "@@" in output:
        return "pieces of words are left unjoined"
    letters = sum(1 for character in output if character.isalpha())
    if letters < 0.6 * len(output.replace(" ", "")):
        return "is not made of letters"
    return next((flag for flag in guard.check(sentence, output, from_code, to_code) if flag in _FATAL), "")
