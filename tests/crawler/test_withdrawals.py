"""A stored article that is gone is suspected, a day later withdrawn, and back when it answers again; its text stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from crawler_site import Says, Site
from second_looks import DAY, FEED, GRANMA, grow_older, listed, page, path, read_pages, tick

from storage.database import opened, rows, value
from triwire.state import read_state, state_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

GONE, REMOVED = Says(b"nothing here", 404), Says(b"nothing here", 410)
STORED = {name: page(f"Texto de {name}.") for name in ("taken", "removed", "flickers", "returns", "stays")}
RUNS = (
    ("first", 0, {**STORED, "never": GONE}),
    ("hour", 61, {**STORED, "taken": GONE, "removed": REMOVED, "flickers": GONE, "returns": GONE}),
    ("same hour", 0, {**STORED, "taken": GONE, "removed": REMOVED, "flickers": GONE, "returns": GONE}),
    ("day", DAY, {**STORED, "taken": GONE, "removed": REMOVED, "returns": GONE}),
    ("week", 7 * DAY, {**STORED, "taken": GONE, "removed": REMOVED}),
)


@dataclass
class Weeks:
    """What was asked for in each run, and what was known of each withdrawal after it."""

    db: Database
    asked: dict[str, list[str]] = field(default_factory=dict)
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    status: dict[str, list[str]] = field(default_factory=dict)


def known(db: Database) -> dict[str, str]:
    found = rows(
        db, "SELECT a.url, w.state FROM withdrawals w JOIN articles a ON a.id = w.article ORDER BY a.url, w.number"
    )
    return {row["url"].rpartition("/")[2]: row["state"] for row in found}


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weeks]:
    database: Path = tmp_path_factory.mktemp("weeks") / "news.db"
    with opened(database) as db:
        weeks = Weeks(db)
        with Site({}) as site:
            for name, minutes, answers in RUNS:
                grow_older(database, minutes)
                pages = {(GRANMA, path(slug)): answer for slug, answer in answers.items()}
                tick(site, database, answers={FEED: listed(*map(path, answers)), **pages})
                weeks.asked[name] = [where.rpartition("/")[2] for _, where in site.asked if where.startswith("/cuba/")]
                weeks.states[name] = known(db)
                if name == "first":
                    read_pages(database)
                weeks.status[name] = list(state_lines(read_state(db)))
        yield weeks


def test_what_was_never_stored_is_gone_and_not_withdrawn(weeks: Weeks) -> None:
    assert value(weeks.db, "SELECT state FROM fetches WHERE url LIKE '%/never'") == "gone"
    assert "never" not in weeks.states["week"]


def test_a_page_that_is_gone_once_is_only_suspected(weeks: Weeks) -> None:
    assert weeks.states["first"] == {}
    assert weeks.states["hour"] == dict.fromkeys(("flickers", "removed", "returns", "taken"), "suspected")


def test_it_is_not_asked_for_again_on_the_same_day(weeks: Weeks) -> None:
    assert not set(weeks.asked["same hour"]) & {"taken", "removed", "flickers", "returns"}


def test_a_day_later_it_is_withdrawn_or_back(weeks: Weeks) -> None:
    assert weeks.states["day"] == {
        "flickers": "back",
        "removed": "withdrawn",
        "returns": "withdrawn",
        "taken": "withdrawn",
    }


def test_its_return_is_noticed(weeks: Weeks) -> None:
    assert weeks.states["week"]["returns"] == "back"
    assert weeks.states["week"]["taken"] == "withdrawn"
    (row,) = rows(
        weeks.db,
        "SELECT w.* FROM withdrawals w JOIN articles a ON a.id = w.article WHERE a.url LIKE '%/returns'",
    )
    assert row["noticed_at"] < row["confirmed_at"] < row["back_at"]


def test_a_withdrawal_is_dated_and_keeps_the_status(weeks: Weeks) -> None:
    found = rows(weeks.db, "SELECT url, state, status, confirmed_at, back_at FROM withdrawal_list ORDER BY url")
    facts = {row["url"].rpartition("/")[2]: row for row in found}
    assert (facts["removed"]["status"], facts["taken"]["status"]) == (410, 404)
    assert facts["taken"]["confirmed_at"]
    assert facts["taken"]["back_at"] is None
    assert facts["flickers"]["confirmed_at"] is None


def test_the_text_is_kept_and_the_fetch_stays_archived(weeks: Weeks) -> None:
    found = rows(weeks.db, "SELECT url, body FROM reading")
    assert {row["url"].rpartition("/")[2]: row["body"] for row in found} == {
        name: f"Texto de {name}." for name in STORED
    }
    states = "SELECT DISTINCT state FROM fetches WHERE url NOT LIKE '%/never'"
    assert rows(weeks.db, states) == [{"state": "archived"}]


def test_status_tells(weeks: Weeks) -> None:
    assert not any("withdrawn" in line for line in weeks.status["first"])
    (line,) = (line for line in weeks.status["week"] if line.startswith("since they were first read"))
    assert "2 withdrawn by their outlets" in line
    assert "2 gone for a while and back" in line


def test_a_second_withdrawal_is_another_fact(weeks: Weeks) -> None:
    from storage.rechecks import note_gone

    article = value(weeks.db, "SELECT article FROM withdrawals WHERE state = 'back' ORDER BY article LIMIT 1")
    assert note_gone(weeks.db, article, 404) == "suspected"
    numbers = rows(weeks.db, "SELECT number, state FROM withdrawals WHERE article = ? ORDER BY number", [article])
    assert numbers == [{"number": 1, "state": "back"}, {"number": 2, "state": "suspected"}]
