"""`triwire group`."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from storage.errors import TriwireError
from storage.records import LANGUAGES
from triwire.options import database_option, input_lines

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.grouping.document import Document


class BadRow(TriwireError):
    """A line that is no document."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(
            f"line {number}: {reason}; a row needs id, language, title, body and published (which may be null)"
        )
        self.number = number


class DuplicateIds(TriwireError):
    """Ids that stand for more than one document."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(f"ids must be distinct; these occur twice or more: {', '.join(ids[:5])}")
        self.ids = ids


@click.command()
@database_option
@click.option(
    "--translate/--no-translate", "translate_missing", default=True, help="Translate where English is missing."
)
def command(database: Path, translate_missing: bool) -> None:
    """Group documents: JSON lines from standard input, the same rows with `story` and `reasons` out.

    A row has id, language, title, body, published, and may have outlet, title_en and body_en.
    """
    from pipeline.grouping.group import group

    given = [_row(number, line) for number, line in enumerate(input_lines(), 1) if line.strip()]
    seen = Counter(str(row["id"]) for row in given)
    twice = sorted(key for key, n in seen.items() if n > 1)
    if twice:
        raise DuplicateIds(twice)
    rough = _translate_missing(given) if translate_missing else set()
    documents = [_document(row, with_english=str(row["id"]) not in rough) for row in given]
    found = {grouped.id: grouped for grouped in group(documents)}
    for row in given:
        grouped = found[str(row["id"])]
        reasons = [
            {"with": edge.b if edge.a == grouped.id else edge.a, "kind": edge.kind, "score": edge.score}
            | {"evidence": edge.evidence}
            for edge in grouped.reasons
        ]
        line = json.dumps({**row, "story": grouped.story, "reasons": reasons}, ensure_ascii=False)
        # Half of a surrogate pair is JSON and is no text.
        click.echo(line.encode("utf-8", "replace"))


def _row(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRow(number, f"no JSON ({error})") from error
    if not isinstance(row, dict):
        raise BadRow(number, "no JSON object")
    missing = [name for name in ("id", "language", "title", "body", "published") if name not in row]
    if missing:
        raise BadRow(number, f"{', '.join(missing)} missing")
    try:
        _moment(row["published"])
    except (TypeError, ValueError) as error:
        raise BadRow(number, f"published is {row['published']!r}, not an ISO 8601 date or null") from error
    texts = ("title", "body", "title_en", "body_en", "outlet")
    wrong = [name for name in texts if not isinstance(row.get(name), (str, type(None)))]
    if wrong or not isinstance(row["id"], (str, int)):
        raise BadRow(number, f"{', '.join(wrong) or 'id'} must be text")
    return row


def _moment(text: str | None) -> datetime | None:
    """A date or time without a zone is UTC."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _translate_missing(given: list[dict[str, Any]]) -> set[str]:
    """Fill in title_en and body_en with the packages at hand; a pair without a package is said and left.

    Returns the ids whose new English is for reading and too rough to compare by.
    """
    from pipeline.errors import MissingPackage
    from pipeline.translation import route, translate_lines

    rough: set[str] = set()
    for language in sorted({str(row["language"]) for row in given} & set(LANGUAGES) - {"en"}):
        rows = [row for row in given if row["language"] == language and not row.get("body_en")]
        lines = [part for row in rows for part in _parts(row)]
        if not lines:
            continue
        click.echo(f"translating {len(rows)} documents from {language}", err=True)
        try:
            english = iter(translate_lines(lines, language, "en"))
        except MissingPackage as error:
            click.echo(f"{len(rows)} documents stay without English: {error}", err=True)
            continue
        for row in rows:
            title, *paragraphs = [next(english) for _ in _parts(row)]
            row["title_en"] = row.get("title_en") or title
            row["body_en"] = "\n\n".join(paragraphs)
        if any(package.rough for package in route(language, "en")):
            rough.update(str(row["id"]) for row in rows)
    return rough


def _parts(row: dict[str, Any]) -> list[str]:
    """Title and paragraphs, each as one line."""
    paragraphs = [" ".join(part.split()) for part in str(row.get("body") or "").split("\n\n")]
    return [" ".join(str(row.get("title") or "").split()), *paragraphs]


def _document(row: dict[str, Any], *, with_english: bool) -> Document:
    from pipeline.grouping.document import Document

    return Document(
        id=str(row["id"]),
        language=str(row["language"]),
        title=str(row["title"] or ""),
        body=str(row["body"] or ""),
        published=_moment(row["published"]),
        outlet=str(row.get("outlet") or ""),
        title_en=row.get("title_en") if with_english else None,
        body_en=row.get("body_en") if with_english else None,
    )
