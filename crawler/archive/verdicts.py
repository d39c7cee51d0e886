"""Verdicts: what the database knows of an article when its answer is archived, as fields of a metadata record.

They make the archive enough by itself: `triwire import-warc` on these files gives articles with the same ids, sources
and listings in an empty database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.archive.exchange import Verdict
from storage.database import rows
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlite_utils import Database

_FACTS = tuple(field.name for field in fields(SourceFacts) if field.name != "name")


def verdict_on(db: Database, article: str, url: str, outcome: str, reason: str | None = None) -> Verdict:
    """What became of an answer for this article that came from this URL."""
    return Verdict(outcome, tuple(_fields(db, article, url, outcome, reason)))


def _fields(db: Database, article: str, url: str, outcome: str, reason: str | None) -> Iterator[tuple[str, str]]:
    if reason:
        yield "reason", reason
    listed = ", ".join(f"s.{name}" for name in _FACTS)
    known = rows(
        db,
        f"SELECT a.key, s.name, {listed} FROM articles a JOIN sources s ON s.name = a.source WHERE a.id = ?",  # noqa: S608
        [article],
    )
    for row in known:
        yield from facts_fields(article, row["key"], SourceFacts(row["name"], *(row[name] for name in _FACTS)))
    if outcome != "imported":
        yield "robots", _robots(db, url)
    named = rows(
        db,
        "SELECT d.listing, d.url, d.title, d.summary, d.published, d.updated, a.rank FROM discoveries d"
        " LEFT JOIN addresses a ON a.article = d.article AND a.url = d.url"
        " WHERE d.article = ? ORDER BY a.rank, d.listing, d.declared, d.url",
        [article],
    )
    yield from discovery_fields(named)


def facts_fields(article: str, key: str, source: SourceFacts) -> Iterator[tuple[str, str]]:
    """Which article it is, and of which source."""
    yield "article", article
    yield "key", key
    yield "source", source.name
    yield "source-facts", _json({name: getattr(source, name) for name in _FACTS})


def discovery_fields(named: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Which listings named it, the most trusted first, and with which words."""
    if named:
        yield "via", named[0]["listing"]
    for row in named:
        yield "discovery", _json({name: text for name, text in row.items() if text is not None})


def _robots(db: Database, url: str) -> str:
    """What robots.txt said: nothing is archived that it forbids, so this is how it allowed it."""
    parts = urlsplit(url)
    told = rows(db, "SELECT status FROM robots WHERE site = ?", [f"{parts.scheme}://{parts.netloc}"])
    asked = rows(db, "SELECT delay FROM hosts WHERE host = ? AND delay > 0", [parts.netloc])
    text = "allowed"
    if told and told[0]["status"] is not None:
        text += f"; robots.txt answered HTTP {told[0]['status']}"
    if asked:
        text += f"; crawl-delay {asked[0]['delay']:g}"
    return text


def _json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Restored:
    """A verdict read back from an archive."""

    outcome: str
    key: str
    source: SourceFacts
    discoveries: tuple[dict[str, Any], ...]


def read_verdict(block: bytes) -> Restored | None:
    """A verdict of triwire's, or None for anybody else's metadata."""
    said: dict[str, list[str]] = {}
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, text = line.partition(":")
        if colon:
            said.setdefault(name.strip().lower(), []).append(text.strip())
    try:
        source = SourceFacts(said["source"][0], **json.loads(said["source-facts"][0]))
        discoveries = tuple(json.loads(text) for text in said.get("discovery", ()))
        return Restored(said["outcome"][0], said["key"][0], source, discoveries)
    except (KeyError, ValueError, TypeError):
        return None
