from __future__ import annotations

from typing import TYPE_CHECKING

from storage.ledger import claim, due, enqueue, fail, finish, retry, take_back, wait, waiting_reasons, wake

if TYPE_CHECKING:
    from sqlite_utils import Database


def state(db: Database, subject: str) -> tuple[str, int]:
    row = db.conn.execute("SELECT state, attempts FROM work WHERE subject = ?", [subject]).fetchone()
    return str(row[0]), int(row[1])


def test_subjects_are_claimed_in_order_and_once(db: Database) -> None:
    for subject, place in (("b", 1), ("a", 2), ("c", 1)):
        enqueue(db, "extract", subject, version=1, place=place)
    assert claim(db, "extract", "me", 2) == ["b", "c"]
    assert claim(db, "extract", "you", 2) == ["a"]
    assert claim(db, "extract", "you", 2) == []


def test_what_is_done_is_not_queued_again_in_the_same_version(db: Database) -> None:
    enqueue(db, "extract", "a", version=1)
    finish(db, "extract", "a", 1)
    enqueue(db, "extract", "a", version=1)
    assert state(db, "a") == ("done", 0)
    enqueue(db, "extract", "a", version=2)
    assert state(db, "a") == ("queued", 0)


def test_a_lease_that_is_taken_back_costs_no_attempt(db: Database) -> None:
    enqueue(db, "extract", "a", version=1)
    for _ in range(10):
        assert claim(db, "extract", "dead", 1) == ["a"]
        assert take_back(db) == 1
    assert state(db, "a") == ("queued", 0)


def test_the_third_failure_is_the_last(db: Database) -> None:
    enqueue(db, "extract", "a", version=1)
    assert not fail(db, "extract", "a", "NotAPage: a picture")
    assert due(db, "extract") == 0, "it waits before it is tried again"
    assert not fail(db, "extract", "a", "NotAPage: a picture")
    assert fail(db, "extract", "a", "NotAPage: a picture")
    assert state(db, "a") == ("quarantined", 3)
    assert retry(db) == 1
    assert state(db, "a") == ("queued", 0)
    assert due(db, "extract") == 1


def test_what_waits_is_woken_by_its_reason(db: Database) -> None:
    for subject in "abc":
        enqueue(db, "translate", subject, version=1)
    wait(db, "translate", "a", "package vi-en")
    wait(db, "translate", "b", "package es-en")
    assert waiting_reasons(db) == {("translate", "package es-en"): 1, ("translate", "package vi-en"): 1}
    assert wake(db, "translate", "package vi-en") == 1
    assert (state(db, "a"), state(db, "b")) == (("queued", 0), ("waiting", 0))
