from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from worker_stages import Doubling, Forgetful, Torn

from storage.database import rows
from storage.ledger import enqueue
from triwire.processing.run import CountsDisagree, Run
from triwire.processing.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(2)
    yield workers
    workers.close()


def run_over(db: Database, stage: Doubling, workers: Workers, numbers: range) -> Run:
    for number in numbers:
        enqueue(db, stage.name, str(number), version=1, place=number)
    run = Run(db, [stage], workers, "test")
    run.begin("test")
    run.drain()
    return run


def states(db: Database) -> dict[str, str]:
    return {row["subject"]: row["state"] for row in rows(db, "SELECT subject, state FROM work")}


def test_a_worker_that_dies_costs_only_its_culprit(db: Database, workers: Workers) -> None:
    run = run_over(db, Doubling(), workers, range(30))
    assert run.tally.of("extract") == {"taken": 30, "done": 28, "failed": 2, "quarantined": 0}
    left = rows(db, "SELECT subject, error, attempts FROM work WHERE state <> 'done' ORDER BY subject")
    assert [(row["subject"], row["attempts"]) for row in left] == [("13", 1), ("7", 1)]
    assert left[0]["error"].startswith("WorkerDied")
    assert left[1]["error"] == "ArithmeticError: seven"
    doubled = {row["id"]: row["text"] for row in rows(db, "SELECT id, text FROM texts")}
    assert doubled == {str(n): str(2 * n) for n in range(30) if n not in {7, 13}}


def test_batches_are_saved_in_the_order_of_the_queue(db: Database, workers: Workers) -> None:
    run_over(db, Doubling(), workers, range(20, 60))
    order = [int(row["id"]) for row in rows(db, "SELECT id FROM texts ORDER BY rowid")]
    assert order == list(range(20, 60))


def test_a_lost_result_is_noticed(db: Database, workers: Workers) -> None:
    with pytest.raises(CountsDisagree):
        run_over(db, Forgetful(), workers, range(20, 24))
    assert set(states(db).values()) == {"queued"}


def test_a_batch_that_cannot_be_written_leaves_nothing_of_itself(db: Database, workers: Workers) -> None:
    with pytest.raises(OSError, match="no space"):
        run_over(db, Torn(), workers, range(6))
    assert rows(db, "SELECT id FROM texts") == []
    assert set(states(db).values()) == {"queued"}


def test_a_new_version_of_a_stage_does_its_work_again(db: Database, workers: Workers) -> None:
    run_over(db, Doubling(), workers, range(20, 23))
    db.conn.execute("DELETE FROM texts")
    newer = Doubling()
    newer.version = 2
    again = Run(db, [newer], workers, "again")
    again.begin("test")
    assert again.drain() == 3
    assert rows(db, "SELECT DISTINCT version, state FROM work") == [{"version": 2, "state": "done"}]
