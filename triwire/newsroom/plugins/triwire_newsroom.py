"""Datasette plugin: the search rules as an SQL function, and links where there are ids. Reads storage only."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import markupsafe
from datasette import hookimpl

from storage.search import fold, match_expression
from triwire.newsroom import USUAL_NAME

if TYPE_CHECKING:
    import sqlite3

PARAGRAPHS = {"body", "body_en", "original"}
MOMENTS = {
    *("published", "updated", "first_seen", "last_seen", "fetched_at", "checked_at", "next_at", "seen_at"),
    *("noticed_at", "confirmed_at", "back_at", "since", "ended_at"),
}
FACTS = {"evidence", "flags", "missing", "problems"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")
STORIES = {"story", "story_id", "story_a", "story_b"}
ARTICLES = {"article", "a", "b"}


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    conn.create_function("search_for", 1, lambda query: match_expression(query or "") or '""', deterministic=True)
    conn.create_function("fold", 1, lambda text: None if text is None else fold(text), deterministic=True)


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """What metadata.yml says of `news`, said of every database that has our tables under another name."""
    given = datasette._metadata_local.get("databases", {}).get(USUAL_NAME)
    if not given:
        return {}
    welcome = given.get("description_html", "")
    others = [name for name in datasette.databases if name not in {USUAL_NAME, "_internal"}]
    return {
        "databases": {
            name: {**given, "description_html": welcome.replace(f"/{USUAL_NAME}/", f"/{name}/")} for name in others
        }
    }


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Ids lead on, bodies have paragraphs, evidence is a list."""
    if not isinstance(value, str) or not value:
        return None
    base = datasette.urls.database(database)
    shown: markupsafe.Markup | str | None = None
    if column in STORIES:
        shown = _link(f"{base}/story?story={value}", value)
    elif column in ARTICLES or (column == "id" and table == "reading"):
        shown = _link(f"{base}/article?article={value}", value)
    elif column == "why":
        shown = _link(f"{base}/why?story={value}", "why")
    elif column in MOMENTS and MOMENT.match(value):
        shown = value[:16].replace("T", " ")
    elif column in PARAGRAPHS:
        paragraphs = (markupsafe.Markup("<p>{}</p>").format(part) for part in value.split("\n\n"))
        shown = markupsafe.Markup("").join(paragraphs)
    elif column in FACTS:
        shown = _facts(value)
    return shown


def _link(url: str, text: str) -> markupsafe.Markup:
    return markupsafe.Markup('<a href="{}">{}</a>').format(url, text)


def _facts(value: str) -> markupsafe.Markup | None:
    """A JSON object or list as lines; nothing where it is neither."""
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if isinstance(found, list):
        return markupsafe.escape(", ".join(map(str, found)))
    if not isinstance(found, dict):
        return None
    lines = [
        markupsafe.Markup("<b>{}</b> {}").format(name.replace("_", " "), _told(told))
        for name, told in found.items()
        if told not in ([], None, "")
    ]
    return markupsafe.Markup("<br>").join(lines)


def _told(told: object) -> str:
    return ", ".join(map(str, told)) if isinstance(told, list) else str(told)
