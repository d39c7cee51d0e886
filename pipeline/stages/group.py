"""The stage that finds what belongs together: edges from each article to its likes, and stories from the edges."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.grouping.candidates import find_edges
from pipeline.grouping.edges import Edge
from pipeline.grouping.passages import shared_passages
from pipeline.grouping.postings import StoredIndex
from pipeline.grouping.stories import component, stories
from storage.articles import is_current
from storage.database import rows, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database


WORD_FOR_WORD = ("exact", "near", "update", "template")


class Group:
    """Any revision in; the current one's article gets its edges, and every story that they touch is told anew."""

    name = "group"
    version = 1
    batch = 64
    # Look-ups in the database are the work.
    away = False
    parallel = False

    def load(self, db: Database, subjects: Sequence[str]) -> list[str]:
        return list(subjects)

    def work(self, tasks: Sequence[str]) -> list[str]:
        return list(tasks)

    def save(self, db: Database, subject: str, result: str) -> None:
        if not is_current(db, subject):
            return
        article = _article(db, subject)
        index = StoredIndex(db)
        found = index.signals([article])
        # Both directions are found anew: what an earlier revision was tied to may tie no more.
        db.conn.execute("DELETE FROM edges WHERE a = ? OR b = ?", [article, article])
        for edge in find_edges(found[article], index):
            db.conn.execute(
                "INSERT OR REPLACE INTO edges (a, b, kind, score, evidence, version) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    edge.a,
                    edge.b,
                    edge.kind,
                    edge.score,
                    json.dumps(_told(db, edge), ensure_ascii=False, sort_keys=True),
                    self.version,
                ],
            )

    def settle(self, db: Database, subjects: Sequence[str]) -> None:
        """Tell anew the stories that the batch touches, those included that an article may have left."""
        changed = {_article(db, subject) for subject in subjects}
        for article in sorted(changed):
            former = rows(
                db,
                "SELECT article FROM stories WHERE story = (SELECT story FROM stories WHERE article = ?)",
                [article],
            )
            changed.update(str(row["article"]) for row in former)
        members, edges = component(changed, lambda article: _edges_of(db, article))
        published = {article: _published(db, article) for article in members}
        for article, story in stories(published, edges).items():
            db.conn.execute(
                "INSERT INTO stories (article, story) VALUES (?, ?)"
                " ON CONFLICT (article) DO UPDATE SET story = excluded.story WHERE story <> excluded.story",
                [article, story],
            )


def _told(db: Database, edge: Edge) -> dict[str, object]:
    """The evidence, and for a copy the passages that a person can look for in both texts."""
    if edge.kind not in WORD_FOR_WORD:
        return dict(edge.evidence)
    one, other = (
        str(
            value(
                db,
                "SELECT t.text FROM current_revisions r JOIN texts t ON t.id = r.text WHERE r.article = ?",
                [article],
            )
        )
        for article in (edge.a, edge.b)
    )
    return {**edge.evidence, "passages": list(shared_passages(one, other))}


def _article(db: Database, revision: str) -> str:
    return str(value(db, "SELECT article FROM revisions WHERE id = ?", [revision]))


def _published(db: Database, article: str) -> datetime | None:
    found = value(db, "SELECT published FROM current_revisions WHERE article = ?", [article])
    return datetime.fromisoformat(found) if found else None


def _edges_of(db: Database, article: str) -> list[Edge]:
    found = rows(
        db,
        "SELECT a, b, kind, score, evidence FROM edges WHERE a = ?"
        " UNION ALL SELECT a, b, kind, score, evidence FROM edges WHERE b = ?",
        [article, article],
    )
    return [Edge(row["a"], row["b"], row["kind"], row["score"], json.loads(row["evidence"])) for row in found]
