"""The warnings about sources: as they are now, and as the database keeps them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.database import rows, writing
from storage.days import days_now, renew_days
from storage.drift import warn
from storage.histories import read_histories
from storage.moments import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from storage.days import Day, Key


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: `evidence` holds a sentence under `says`, and the figures that it rests on."""

    source: str
    kind: str
    evidence: Mapping[str, Any]
    since: str


def warnings_now(db: Database, moment: datetime, version: int) -> list[Warned]:
    """What there is to warn of at this moment; writes nothing. What was noticed before keeps its date."""
    return _dated(_evidence(db, days_now(db, moment, version), moment), _open(db), moment)


def watch(db: Database, moment: datetime, version: int) -> list[Warned]:
    """Bring the days and the warnings up to date; `version` is the extractor's. Returns what there is to warn of."""
    evidence = _evidence(db, renew_days(db, moment, version), moment)
    with writing(db):
        # Under the lock: two ticks that end together must not begin the same warning twice.
        standing = _open(db)
        found = _dated(evidence, standing, moment)
        for key in set(standing) - set(evidence):
            db.conn.execute(
                "UPDATE warnings SET ended_at = ? WHERE source = ? AND kind = ? AND ended_at IS NULL",
                [stamp(moment), *key],
            )
        for warned in found:
            db.conn.execute(
                "INSERT INTO warnings (source, kind, since, evidence) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (source, kind, since) DO UPDATE SET evidence = excluded.evidence, ended_at = NULL"
                " WHERE evidence <> excluded.evidence OR ended_at IS NOT NULL",
                [warned.source, warned.kind, warned.since, json.dumps(warned.evidence, ensure_ascii=False)],
            )
    return found


def _evidence(db: Database, days: Mapping[Key, Day], moment: datetime) -> dict[tuple[str, str], dict[str, Any]]:
    """Evidence by source and kind."""
    return {
        (history.source, kind): evidence
        for history in read_histories(db, days.values(), moment)
        for kind, evidence in warn(history, moment).items()
    }


def _dated(
    evidence: Mapping[tuple[str, str], dict[str, Any]], standing: Mapping[tuple[str, str], str], moment: datetime
) -> list[Warned]:
    return [Warned(*key, facts, standing.get(key, stamp(moment))) for key, facts in evidence.items()]


def _open(db: Database) -> dict[tuple[str, str], str]:
    """The warnings that stand: source and kind to the moment at which each was noticed."""
    found = rows(db, "SELECT source, kind, since FROM warnings WHERE ended_at IS NULL ORDER BY since")
    return {(row["source"], row["kind"]): row["since"] for row in found}
