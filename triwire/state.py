"""The state of a database: for `triwire status`, for a person and for a program."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tabulate import tabulate

from crawler.extraction import EXTRACTION_VERSION
from storage.database import rows, value
from storage.ledger import backlog, waiting_reasons
from storage.warnings import warnings_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


WITHDRAWN = {
    "suspected": "gone, for the first time of asking",
    "withdrawn": "withdrawn by their outlets",
    "back": "gone for a while and back",
}


def read_state(db: Database) -> dict[str, Any]:
    """Counts, backlog, what waits and why, sources, and the newest problems; plain JSON."""
    counted = {
        "articles": "SELECT count(*) FROM articles",
        "readable": "SELECT count(DISTINCT article) FROM revisions",
        "stories": "SELECT count(DISTINCT story) FROM stories",
        "to_fetch": "SELECT sum(queued) FROM source_report",
        "held_back": "SELECT sum(held) FROM source_report",
        "on_beat": "SELECT count(*) FROM ranks WHERE on_beat",
        "revised": "SELECT count(DISTINCT article) FROM revision_list",
    }
    return {
        **{name: value(db, sql) or 0 for name, sql in counted.items()},
        "beat": value(db, "SELECT name FROM beats WHERE current"),
        "withdrawals": {
            row["state"]: row["n"]
            for row in rows(db, "SELECT state, count(*) AS n FROM withdrawals GROUP BY state ORDER BY state")
        },
        "languages": {
            row["language"]: row["n"]
            for row in rows(
                db,
                "SELECT i.language, count(*) AS n FROM current_revisions r JOIN identifications i ON i.revision = r.id"
                " GROUP BY i.language ORDER BY n DESC",
            )
        },
        "untranslated": value(db, "SELECT count(*) FROM reading WHERE body_en IS NULL"),
        "work": backlog(db),
        "waiting": [
            {"stage": stage, "reason": reason, "articles": n} for (stage, reason), n in waiting_reasons(db).items()
        ],
        "sources": rows(db, "SELECT * FROM source_report ORDER BY source"),
        "warnings": [asdict(warned) for warned in warnings_now(db, datetime.now(UTC), EXTRACTION_VERSION)],
        "gaps": rows(
            db,
            "SELECT source, state, newest_known, oldest_listed, found, reason, listing FROM gap_report"
            " WHERE state <> 'filled' OR ended_at >= strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-7 days')",
        ),
        "problems": rows(
            db,
            "SELECT stage, what, why, count(*) AS n FROM problems GROUP BY stage, what, why"
            " ORDER BY n DESC, stage, why LIMIT 20",
        ),
    }


def state_lines(state: dict[str, Any]) -> Iterator[str]:
    """The state as lines for a terminal."""
    yield (
        f"{state['articles']} articles known, {state['readable']} readable, {state['stories']} stories,"
        f" {state['to_fetch']} to fetch, {state['untranslated']} without English"
    )
    if state["languages"]:
        yield "languages: " + ", ".join(f"{language} {n}" for language, n in state["languages"].items())
    if state["beat"]:
        held = f"; {state['held_back']} held back (`triwire retry held` has them fetched)" if state["held_back"] else ""
        yield f"beat {state['beat']}: {state['on_beat']} articles{held}"
    changed = [f"{state['revised']} revised"] if state["revised"] else []
    changed += [f"{n} {WITHDRAWN[name]}" for name, n in state["withdrawals"].items()]
    if changed:
        yield "since they were first read: " + ", ".join(changed)
    yield from gap_lines(state["gaps"])
    yield from warning_lines(state["warnings"])
    yield ""
    columns = ("source", "discovered", "archived", "queued", "not_had", "readable", "named_in_a_day", "minimum")
    marked = {warned["source"] for warned in state["warnings"]}
    seen = [row for row in state["sources"] if row["discovered"] or row["source"] in marked]
    listed = [["!" if row["source"] in marked else "", *(row[name] for name in columns)] for row in seen]
    yield tabulate(listed, headers=("", *columns))
    if others := len(state["sources"]) - len(seen):
        yield f"{others} other sources have named no article yet (`triwire sources` lists them)"
    queued = [row for row in state["work"] if row["state"] != "done"]
    if queued:
        yield ""
        listed = [[row["stage"], row["state"], row["n"]] for row in queued]
        yield tabulate(listed, headers=("stage", "state", "articles"))
    for row in state["waiting"]:
        yield ""
        yield f"{row['articles']} articles wait in {row['stage']}: {row['reason']}"
    if state["problems"]:
        yield ""
        listed = [[row["stage"], row["what"], _short(row["why"]), row["n"]] for row in state["problems"]]
        yield tabulate(listed, headers=("stage", "what", "why", "n"))


def gap_lines(gaps: list[dict[str, Any]]) -> Iterator[str]:
    """What feeds let slip: what is not filled line by line, what was filled of late as a count."""
    filled = [gap for gap in gaps if gap["state"] == "filled"]
    if filled:
        articles = sum(gap["found"] for gap in filled)
        yield f"{len(filled)} gaps filled in the last week, with {articles} articles (see gap_report)"
    for gap in gaps:
        if gap["state"] != "filled":
            since, until = ((gap[name] or "?")[:10] for name in ("newest_known", "oldest_listed"))
            why = f": {gap['reason']}" if gap["reason"] else ""
            yield f"gap of {since} to {until} in {gap['source']} is {gap['state']}{why}"


def warning_lines(warnings: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with which source, a line each."""
    if warnings:
        yield ""
        listed = [[row["source"], row["kind"], row["since"][:10], row["evidence"]["says"]] for row in warnings]
        yield tabulate(listed, headers=("warning", "kind", "since", "evidence"), maxcolwidths=[None, None, None, 80])


def _short(text: str | None, most: int = 80) -> str:
    text = text or ""
    return text if len(text) <= most else text[: most - 1] + "…"
