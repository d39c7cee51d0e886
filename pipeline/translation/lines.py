"""Lines in, lines out: the whole way from one language to another for text that is in no database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pipeline.sentences import split_paragraph
from pipeline.translation.engine import Progress, engine_for
from pipeline.translation.packages import route


def translate_lines(
    lines: Sequence[str], from_code: str, to_code: str, *, progress: Progress | None = None
) -> list[str]:
    """As many lines as came, in their order; the sentences of all lines go through together. Raises MissingPackage.

    By way of English the sentences stay as they were split in the source.
    """
    if from_code == to_code:
        return list(lines)
    split = [split_paragraph(line, from_code) for line in lines]
    rendered = {sentence: sentence for sentences in split for sentence in sentences}
    packages = route(from_code, to_code)
    for step, package in enumerate(packages):
        shown = partial(_advance, progress, step, len(packages)) if progress else None
        renderings = engine_for(package).translate(list(rendered.values()), progress=shown)
        rendered = {source: rendering.text for source, rendering in zip(rendered, renderings, strict=True)}
    return [" ".join(rendered[sentence] for sentence in sentences) for sentences in split]


def _advance(progress: Progress, step: int, steps: int, done: int, total: int) -> None:
    """Both halves of a way through English are shown as one."""
    progress(step * total + done, steps * total)
