"""The state of a database: for `triwire status`, for a person and for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tabulate import tabulate

from storage.database import rows, value
from storage.ledger import backlog, waiting_reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


def read_state(db: Database) -> dict[str, Any]:
    """Counts, backlog, what waits and why, sources, and the newest problems; plain JSON."""
    counted = {
        "articles": "SELECT count(*) FROM articles",
        "readable": "SELECT count(DISTINCT article) FROM revisions",
        "stories": "SELECT count(DISTINCT story) FROM stories",
        "to_fetch": "SELECT count(*) FROM fetches WHERE state = 'queued'",
    }
    return {
        **{name: value(db, sql) for name, sql in counted.items()},
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
    yield ""
    columns = ("source", "discovered", "archived", "queued", "not_had", "readable", "named_in_a_day", "minimum")
    listed = [
        [*(row[name] for name in columns), "fewer than usual" if row["named_in_a_day"] < row["minimum"] else ""]
        for row in state["sources"]
    ]
    yield tabulate(listed, headers=(*columns, ""))
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


def _short(text: str | None, most: int = 80) -> str:
    text = text or ""
    return text if len(text) <= most else text[: most - 1] + "…"
