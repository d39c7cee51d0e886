"""Verdicts: what the database knows of an article when its answer is archived, as fields of a metadata record.

They make the archive enough by itself: `triwire import-warc` on these files gives articles with the same ids, sources
and listings in an empty database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.archive.exchange import Verdict
from crawler.errors import InvalidURL
from crawler.urls import normalise
from storage.database import rows
from storage.frontier import COPY
from storage.moments import stamp
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
    """A verdict of triwire's, or None for anybody else's metadata, also where it uses our words for what cannot be."""
    said: dict[str, list[str]] = {}
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, text = line.partition(":")
        if colon:
            said.setdefault(name.strip().lower(), []).append(text.strip())
    try:
        source = _source(said["source"][0], json.loads(said["source-facts"][0]))
        discoveries = tuple(_discovery(json.loads(text)) for text in said.get("discovery", ()))
        return Restored(said["outcome"][0], said["key"][0], source, discoveries)
    except (KeyError, ValueError, TypeError, OSError, OverflowError, RecursionError, InvalidURL):
        # An OSError is a time zone's name that is a folder's.
        return None


def _source(name: str, facts: Any) -> SourceFacts:
    source = SourceFacts(name, **facts)
    texts = (source.outlet, source.language or "", source.country or "", source.timezone)
    if not all(isinstance(text, str) for text in texts) or type(source.minimum) is not int:
        raise TypeError(facts)
    ZoneInfo(source.timezone)
    return source


def _discovery(named: Any) -> dict[str, Any]:
    """One naming by a listing. Raises KeyError, ValueError, TypeError, OverflowError, InvalidURL."""
    if not isinstance(named, dict):
        raise TypeError(named)
    texts = {name: named[name] for name in ("listing", "url", "title", "summary") if named.get(name) is not None}
    moments = {name: named[name] for name in ("published", "updated") if named.get(name) is not None}
    if not all(isinstance(text, str) for text in (*texts.values(), *moments.values())):
        raise TypeError(named)
    if not is_address(texts["url"]):
        raise ValueError(named)
    rank = named.get("rank") or 0
    if type(rank) is not int or not 0 <= rank < 2 * COPY:
        raise ValueError(named)
    stamps = {name: stamp(datetime.fromisoformat(text)) for name, text in moments.items()}
    return {"listing": texts["listing"], **texts, **stamps, "rank": rank}


def is_address(url: str) -> bool:
    """Whether an article may stand there: on the web, or in a file that a person brought in. Raises InvalidURL."""
    return url.startswith("urn:sha256:") or bool(normalise(url))
