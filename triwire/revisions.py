"""The history of one article: its texts in order, with what changed from each to the next, by sentence."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from storage.database import rows, value
from storage.errors import TriwireError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

ARTICLE_ID = re.compile(r"[0-9a-f]{16}")
MARKS = {"same": "   ", "removed": " - ", "added": " + "}
COLOURS = {"same": None, "removed": "red", "added": "green"}


class UnknownArticle(TriwireError):
    """No stored article has this id or address."""

    def __init__(self, given: str, reason: str) -> None:
        super().__init__(f"{given}: {reason}; `triwire search` finds articles by their words")
        self.given = given
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence that stayed, went or came."""

    kind: str
    """`same`, `removed` or `added`."""
    text: str


@dataclass(frozen=True, slots=True)
class Revised:
    """One text of the article, and how it came from the one before."""

    revision: int
    """1 for the first."""
    seen_at: str
    """When it was first seen so, UTC."""
    checked_at: str
    """When it was last seen so, UTC."""
    published: str | None
    title: str | None
    title_changed: bool
    title_before: str | None
    """None where it is the same, or where there was none."""
    sentences: int
    pieces: tuple[Piece, ...]
    """Empty for the first."""

    def count(self, kind: str) -> int:
        return sum(piece.kind == kind for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class History:
    """All texts of an article by one extractor, oldest first, and when it was taken down."""

    article: str
    url: str
    source: str
    revised: tuple[Revised, ...]
    withdrawals: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "url": self.url,
            "source": self.source,
            "revisions": [
                {
                    **{name: fact for name, fact in asdict(revised).items() if name != "pieces"},
                    "sentences_added": revised.count("added"),
                    "sentences_removed": revised.count("removed"),
                    "diff": [asdict(piece) for piece in revised.pieces],
                }
                for revised in self.revised
            ],
            "withdrawals": list(self.withdrawals),
        }


def find_article(db: Database, given: str) -> str:
    """The article with this id or address, however it is spelled. Raises UnknownArticle."""
    text = given.strip()
    if ARTICLE_ID.fullmatch(text):
        if value(db, "SELECT 1 FROM articles WHERE id = ?", [text]) is None:
            raise UnknownArticle(given, "there is no article with this id")
        return text
    from crawler.errors import InvalidURL
    from crawler.urls import normalise

    try:
        url = normalise(text if "://" in text else f"https://{text}")
    except InvalidURL as error:
        raise UnknownArticle(given, f"neither the id nor the address of an article ({error.reason})") from error
    article = _at_address(db, url) or _with_key(db, url)
    if article is None:
        raise UnknownArticle(given, "there is no article at this address")
    return article


def _at_address(db: Database, url: str) -> str | None:
    other = "http" + url.removeprefix("https") if url.startswith("https:") else "https" + url.removeprefix("http")
    found = value(
        db,
        "SELECT article FROM addresses WHERE url IN (?, ?)"
        " ORDER BY kind = 'discovered' DESC, kind = 'redirect' DESC, url = ? DESC, article LIMIT 1",
        [url, other, url],
    )
    return None if found is None else _followed(db, str(found))


def _with_key(db: Database, url: str) -> str | None:
    """By its source's own rule, which knows which addresses name one article."""
    from crawler.catalogue import source_for

    found = value(db, "SELECT id FROM articles WHERE key = ?", [source_for(url).key(url)])
    return None if found is None else _followed(db, str(found))


def _followed(db: Database, article: str) -> str:
    """The article itself, or the one that it was last seen moving to."""
    moved = value(db, "SELECT moved_to FROM fetches WHERE article = ? AND state = 'moved'", [article])
    return str(moved) if moved else article


def read_history(db: Database, article: str) -> History:
    """Raises UnknownArticle where nothing of it is stored."""
    (facts,) = rows(db, "SELECT url, source FROM articles WHERE id = ?", [article])
    texts = rows(
        db,
        "SELECT r.number, r.title, r.published, t.text, c.fetched_at, i.language,"
        " lead(r.number) OVER (ORDER BY r.number) AS next_number"
        " FROM revisions r JOIN texts t ON t.id = r.text"
        " JOIN captures c ON c.article = r.article AND c.number = r.number"
        " LEFT JOIN identifications i ON i.revision = r.id"
        " WHERE r.article = ? AND r.version = (SELECT version FROM current_revisions WHERE article = ?)"
        " ORDER BY r.number",
        [article, article],
    )
    if not texts:
        raise UnknownArticle(facts["url"], _why_nothing(db, article))
    for text in texts:
        text["checked_at"] = value(
            db,
            "SELECT max(checked_at) FROM captures WHERE article = ? AND number >= ? AND number < coalesce(?, 1e9)",
            [article, text["number"], text["next_number"]],
        )
        text["sentences"] = _sentences(text["text"], text["language"])
    revised = [_revised(1, texts[0], None)]
    revised += [_revised(n, after, before) for n, (before, after) in enumerate(pairwise(texts), start=2)]
    withdrawals = rows(
        db,
        "SELECT state, status, noticed_at, confirmed_at, back_at FROM withdrawals WHERE article = ? ORDER BY number",
        [article],
    )
    return History(article, facts["url"], facts["source"], tuple(revised), tuple(withdrawals))


def _why_nothing(db: Database, article: str) -> str:
    found = rows(db, "SELECT state, reason FROM fetches WHERE article = ?", [article])
    if not found:
        return "known, and nothing of it is stored"
    state, reason = found[0]["state"], found[0]["reason"]
    if state == "archived":
        return "its page is archived and not read yet: run `triwire process`"
    return f"known, and nothing of it is stored ({state}{f': {reason}' if reason else ''})"


def _sentences(text: str, language: str | None) -> list[str]:
    from pipeline.sentences import split
    from storage.records import LANGUAGES

    return [sentence.text for sentence in split(text, language if language in LANGUAGES else "en")]


def _revised(number: int, text: dict[str, Any], before: dict[str, Any] | None) -> Revised:
    retitled = before is not None and before["title"] != text["title"]
    return Revised(
        revision=number,
        seen_at=text["fetched_at"],
        checked_at=text["checked_at"],
        published=text["published"],
        title=text["title"],
        title_changed=retitled,
        title_before=before["title"] if before is not None and retitled else None,
        sentences=len(text["sentences"]),
        pieces=tuple(compare(before["sentences"], text["sentences"])) if before is not None else (),
    )


def compare(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Every sentence of both texts, in order; where one took the place of another, the old one first."""
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Piece("same", sentence) for sentence in before[start:end])
        else:
            yield from (Piece("removed", sentence) for sentence in before[start:end])
            yield from (Piece("added", sentence) for sentence in after[new_start:new_end])


def history_lines(history: History, *, context: int = 1) -> Iterator[str]:
    """The history as lines for a terminal, with colours; `context` unchanged sentences stand around each change."""
    yield history.url
    yield f"article {history.article}, {history.source}"
    for revised in history.revised:
        yield ""
        yield from _revised_lines(revised, context)
    for withdrawal in history.withdrawals:
        yield ""
        yield from _withdrawal_lines(withdrawal)
    if len(history.revised) == 1:
        yield ""
        yield f"no other text was seen, last on {_shown(history.revised[0].checked_at)}"


def _revised_lines(revised: Revised, context: int) -> Iterator[str]:
    seen = f"{revised.revision}.  seen from {_shown(revised.seen_at)}"
    if revised.revision == 1:
        yield click.style(f"{seen}: {revised.sentences} sentences", bold=True)
        yield f"   {revised.title or '(no headline)'}"
        return
    changed = f"{revised.count('removed')} sentences out, {revised.count('added')} in"
    yield click.style(f"{seen}: {changed}", bold=True)
    if revised.title_changed:
        yield _line(Piece("removed", f"headline: {revised.title_before or '(none)'}"))
        yield _line(Piece("added", f"headline: {revised.title or '(none)'}"))
    yield from _diff_lines(revised.pieces, context)


def _diff_lines(pieces: Sequence[Piece], context: int) -> Iterator[str]:
    changed = [n for n, piece in enumerate(pieces) if piece.kind != "same"]
    shown = {near for n in changed for near in range(n - context, n + context + 1) if 0 <= near < len(pieces)}
    last = -1
    for n in sorted(shown):
        if n > last + 1:
            yield "   …"
        yield _line(pieces[n])
        last = n
    if shown and last < len(pieces) - 1:
        yield "   …"


def _line(piece: Piece) -> str:
    return click.style(MARKS[piece.kind] + piece.text, fg=COLOURS[piece.kind])


def _withdrawal_lines(withdrawal: dict[str, Any]) -> Iterator[str]:
    yield click.style(f"gone (HTTP {withdrawal['status']}) on {_shown(withdrawal['noticed_at'])}", fg="yellow")
    if withdrawal["confirmed_at"]:
        yield f"   still gone on {_shown(withdrawal['confirmed_at'])}: withdrawn; the text is kept"
    elif not withdrawal["back_at"]:
        yield "   to be asked again a day later"
    if withdrawal["back_at"]:
        yield f"   back on {_shown(withdrawal['back_at'])}"


def _shown(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC"
