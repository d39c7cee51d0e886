"""Marking stored articles by the beat that the database follows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.beat import SHIPPED, parse_beat, read_beat_file, shipped_beat
from storage.beat import (
    StoredBeat,
    current_beat,
    follow_beat,
    save_judgement,
    unmarked,
    unmarked_among,
    unmarked_in_queue,
    unmarked_of,
)
from storage.database import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlite_utils import Database

    from crawler.beat import Beat
    from storage.beat import Words

ENVIRONMENT = "TRIWIRE_BEAT"
DEFAULT = "default"
"""Stands for a file's path and means the beat that comes with triwire."""
AT_ONCE = 200
"""Articles marked in one transaction: a tenth of a second, for which others wait."""


def use_beat(db: Database, given: str | None = None) -> Beat:
    """The beat to follow from now on, noted in the database.

    It is the file that is given, else that of TRIWIRE_BEAT, else whatever beat of one's own the database follows, else
    the one that comes with triwire. Raises BrokenBeat.
    """
    path = given or os.environ.get(ENVIRONMENT)
    known = current_beat(db)
    if path and path != DEFAULT:
        text, origin = read_beat_file(Path(path)), "own"
    elif known is not None and known.origin == "own" and path != DEFAULT:
        path, text, origin = "the beat in the database", known.file, "own"
    else:
        path, text, origin = SHIPPED, shipped_beat(), "shipped"
    beat = parse_beat(text, path)
    wanted = StoredBeat(beat.version, beat.name, origin, text)
    if wanted != known:
        with writing(db):
            follow_beat(db, wanted)
    return beat


def mark_all(db: Database, advance: Callable[[int], None] = lambda _: None) -> int:
    """Mark every article whose words have changed, or that another beat has marked; returns how many."""
    done = 0
    # Without the lock first: most often there is nothing to do, and nobody needs to wait for that.
    while unmarked(db, AT_ONCE):
        with writing(db):
            found = unmarked(db, AT_ONCE)
            _mark(db, found)
        done += len(found)
        advance(len(found))
    return done


def mark_queue(db: Database, source: str) -> int:
    """Mark what this source's spider is to fetch, by what its listings say; returns how many."""
    articles = unmarked_in_queue(db, source)
    for start in range(0, len(articles), AT_ONCE):
        with writing(db):
            # Another process may have marked some of them since.
            _mark(db, unmarked_among(db, articles[start : start + AT_ONCE]))
    return len(articles)


def mark_captured(db: Database, captures: Sequence[str]) -> None:
    """Mark the articles of these captures, in the caller's transaction."""
    _mark(db, unmarked_of(db, captures))


def _mark(db: Database, found: Iterable[Words]) -> None:
    """Call it under the write lock: the beat is the one followed now, which another process may have changed."""
    known = current_beat(db)
    beat = parse_beat(known.file) if known else use_beat(db)
    for words in found:
        save_judgement(db, words.article, beat.version, beat.judge(words))
