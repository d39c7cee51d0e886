"""The stage that reads from each revision what grouping compares, and files it where a later article finds it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.grouping.document import Document
from pipeline.grouping.postings import file_signals
from pipeline.grouping.signals import VERSION
from pipeline.stages.group import Group
from storage.articles import is_current
from storage.database import rows
from storage.ledger import enqueue_again

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from pipeline.grouping.signals import Signals

QUERY = """
    SELECT r.article, coalesce(i.language, 'other') AS language, coalesce(r.title, '') AS title, body.text AS body,
        r.published, src.outlet, t.title AS title_en, english.text AS body_en
    FROM revisions r
    JOIN articles a ON a.id = r.article
    JOIN sources src ON src.name = a.source
    JOIN texts body ON body.id = r.text
    LEFT JOIN identifications i ON i.revision = r.id
    LEFT JOIN translations t ON t.revision = r.id AND t.to_code = 'en' AND NOT EXISTS (
        SELECT 1 FROM json_each(t.route) used JOIN packages p ON p.sha256 = used.value WHERE p.rough
    )
    LEFT JOIN texts english ON english.id = t.text
    WHERE r.id = ?
"""


class Fingerprint:
    """Any revision in, signals out; those of the current revision stand for the article."""

    name = "fingerprint"
    version = VERSION
    batch = 64
    away = True
    parallel = True

    def load(self, db: Database, subjects: Sequence[str]) -> list[Document]:
        return [_document(rows(db, QUERY, [subject])[0]) for subject in subjects]

    def work(self, tasks: Sequence[Document]) -> list[Signals]:
        from pipeline.grouping.signals import read_signals

        return [read_signals(task) for task in tasks]

    def save(self, db: Database, subject: str, result: Signals) -> None:
        if not is_current(db, subject):
            return
        file_signals(db, subject, result)
        enqueue_again(db, Group.name, subject, version=Group.version)

    def settle(self, db: Database, subjects: Sequence[str]) -> None: ...


def _document(row: dict[str, str | None]) -> Document:
    moment = row["published"]
    return Document(
        id=str(row["article"]),
        language=str(row["language"]),
        title=str(row["title"]),
        body=str(row["body"]),
        published=datetime.fromisoformat(moment) if moment else None,
        outlet=str(row["outlet"]),
        title_en=row["title_en"],
        body_en=row["body_en"],
    )
