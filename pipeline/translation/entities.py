"""Names and figures in a sentence, with the English that stands for each: what no model needs to guess.

A name stays as it is written; a number, a date or a share is put into English by rule. A package that was trained with
masks gets a sentence in which each of them is one symbol, so that it decides where it belongs and cannot bend it.
What is not recognised surely is left to the model: a country before a minister may have to become an adjective.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from pipeline.translation.acronyms import acronyms
from pipeline.translation.figures import figures
from pipeline.translation.glossary import glossary_names
from pipeline.translation.names import names


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of the source and its English, the usual spelling first; the others help to find it in a text."""

    start: int
    end: int
    is_name: bool
    english: tuple[str, ...]


def entities(text: str, language: str) -> tuple[Entity, ...]:
    """The names and figures of a Vietnamese or Spanish text, in order, none over another; none in other languages."""
    if language not in {"vi", "es"}:
        return ()
    found: list[Entity] = []
    taken: set[int] = set()
    for is_name, start, end, english in itertools.chain(
        ((False, *figure) for figure in figures(text, language)),
        ((True, *name) for name in glossary_names(text, language)),
        ((True, start, end, (name,)) for start, end, name in acronyms(text, language)),
        ((True, start, end, (name,)) for start, end, name in names(text, language)),
    ):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(Entity(start, end, is_name, english))
    return tuple(sorted(found, key=lambda entity: entity.start))
