"""The sources with their state, for `triwire sources`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tabulate import tabulate

from storage.database import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from crawler.source import Source

STATE = """
    SELECT
        s.name,
        (SELECT count(*) FROM articles a WHERE a.source = s.name) AS articles,
        (
            SELECT max(CASE WHEN outcome IS NULL OR outcome = 'failed' THEN read_at ELSE checked_at END)
            FROM listings l WHERE l.source = s.name AND polled
        ) AS last_success,
        (SELECT max(checked_at) FROM listings l WHERE l.source = s.name AND polled) AS last_visit,
        (SELECT min(coalesce(next_at, '')) FROM listings l WHERE l.source = s.name AND polled) AS next_due
    FROM sources s"""


def read_sources(db: Database | None) -> list[dict[str, Any]]:
    """Every source that there is, by name: its facts, how well they are known, and what has come of it so far.

    Without a database nothing has been crawled yet.
    """
    from crawler.catalogue import sources
    from crawler.extraction import EXTRACTION_VERSION
    from storage.warnings import warnings_now

    known: dict[str, dict[str, Any]] = {}
    warned: dict[str, list[dict[str, Any]]] = {}
    if db is not None:
        known = {row["name"]: row for row in rows(db, STATE)}
        for warning in warnings_now(db, datetime.now(UTC), EXTRACTION_VERSION):
            warned.setdefault(warning.source, []).append(
                {"kind": warning.kind, "since": warning.since, **warning.evidence}
            )
    return [_described(source, known.get(name, {}), warned.get(name, [])) for name, source in sources().items()]


def _described(source: type[Source], row: dict[str, Any], warnings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "source": source.name,
        "outlet": source.outlet,
        "language": source.language,
        "country": source.country,
        "evidence": source.evidence,
        "seen": source.seen or None,
        "listings": list(source.listings()),
        "articles": row.get("articles", 0),
        "last_success": row.get("last_success"),
        "last_visit": row.get("last_visit"),
        "next_due": row.get("next_due") or None,
        "state": _state(row, warnings),
        "warnings": warnings,
    }


def _state(row: dict[str, Any], warnings: list[dict[str, Any]]) -> str:
    if warnings:
        return ", ".join(warning["kind"] for warning in warnings)
    if row.get("last_success"):
        return "ok"
    return "no answer yet" if row.get("last_visit") else "not visited yet"


def source_lines(found: list[dict[str, Any]], moment: datetime) -> Iterator[str]:
    """The sources as a table for a terminal, and their warnings below."""
    headers = ("source", "outlet", "lang", "of", "facts", "articles", "last success", "next due", "state")
    yield tabulate(
        [
            [
                row["source"],
                row["outlet"],
                row["language"],
                row["country"],
                f"{row['evidence']} {row['seen']}" if row["seen"] else row["evidence"],
                row["articles"],
                _ago(row["last_success"], moment),
                _ahead(row["next_due"], moment),
                row["state"],
            ]
            for row in found
        ],
        headers=headers,
    )
    warned = [(row["source"], warning) for row in found for warning in row["warnings"]]
    if warned:
        yield ""
        yield from (
            f"{source}, {warning['kind']} since {warning['since'][:10]}: {warning['says']}"
            for source, warning in warned
        )
    yield ""
    answered = sum(row["last_success"] is not None for row in found)
    yield f"{len(found)} sources, {answered} have answered, {len({source for source, _ in warned})} with warnings"


def _ago(then: str | None, moment: datetime) -> str:
    return f"{_span((moment - datetime.fromisoformat(then)).total_seconds())} ago" if then else "-"


def _ahead(then: str | None, moment: datetime) -> str:
    if not then:
        return "now"
    seconds = (datetime.fromisoformat(then) - moment).total_seconds()
    return f"in {_span(seconds)}" if seconds > 0 else "now"


def _span(seconds: float) -> str:
    minutes = max(0, round(seconds / 60))
    if minutes < 100:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1440)} days"
