"""Young articles are looked at again, after the news and no more often than the schedule says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from conftest import run
from crawler_site import Says, Site, html
from second_looks import DAY, FEED, GRANMA, HOUR, grow_older, listed, page, path, read_pages, tick

from crawler.errors import CrawlerError
from crawler.rechecking import MOST_A_TICK, BadSchedule, choose, read_schedule
from storage.database import opened, rows, value
from storage.dump import dump_lines
from storage.frontier import Fetch, Sighting, discover, resolve, save_source, settle
from storage.listings import visit_listing
from storage.moments import later
from storage.rechecks import due_rechecks, note_answer, note_failure
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

STEPS = read_schedule("1h 6h 1d 7d")


@dataclass(frozen=True)
class Morning:
    """A day at Granma: what was asked for in each run, with the conditions, and what is stored in the end."""

    db: Database
    asked: dict[str, list[str]]
    conditions: dict[str, list[str | None]]
    dumps: dict[str, list[str]]

    def text(self, name: str) -> str:
        return str(value(self.db, "SELECT body FROM reading WHERE url = ?", [f"https://{GRANMA}{path(name)}"]))

    def recheck(self, name: str) -> dict[str, object]:
        (row,) = rows(
            self.db,
            "SELECT r.*, f.state, f.status, (SELECT count(*) FROM captures c WHERE c.article = r.article) AS captures"
            " FROM rechecks r JOIN fetches f ON f.article = r.article WHERE f.url = ?",
            [f"https://{GRANMA}{path(name)}"],
        )
        return row


FIRST = {
    "same": page("Igual."),
    "tagged": page("Con etiqueta.", etag='"a1"'),
    "there": page("Ida."),
    "broken": page("Entero."),
    "home": page("En su casa."),
}
AN_HOUR_LATER = {
    **FIRST,
    "new": page("Nuevo."),
    "there": page("Vuelta."),
    "broken": Says(b"", 500),
    "home": Says(status=301, headers={"Location": "/"}),
}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    database = tmp_path_factory.mktemp("day") / "news.db"
    asked, conditions, dumps = {}, {}, {}
    runs = (
        ("first", 0, FIRST, ()),
        ("switched off", 61, FIRST, ("-s", "TRIWIRE_RECHECKS=off")),
        ("second", 0, AN_HOUR_LATER, ()),
        ("at once again", 0, AN_HOUR_LATER, ()),
        ("after six hours", 6 * HOUR, {**FIRST, "new": page("Nuevo.")}, ()),
    )
    with Site({}) as site:
        for name, minutes, answers, flags in runs:
            grow_older(database, minutes)
            pages = {(GRANMA, path(slug)): answer for slug, answer in answers.items()}
            tick(site, database, *flags, answers={FEED: listed(*map(path, answers)), (GRANMA, "/"): html("x"), **pages})
            asked[name] = [where.rpartition("/")[2] for _, where in site.asked if where.startswith("/cuba/")]
            conditions[name] = [
                condition
                for (_, where), condition in zip(site.asked, site.conditions, strict=True)
                if where.startswith("/cuba/")
            ]
            with opened(database) as db:
                dumps[name] = [line for line in dump_lines(db) if '"fetches"' in line]
        read_pages(database)
    with opened(database) as db:
        yield Morning(db, asked, conditions, dumps)


def test_young_articles_are_looked_at_again_after_an_hour_and_after_six(day: Morning) -> None:
    assert sorted(day.asked["second"]) == sorted(["new", *FIRST])
    assert day.asked["at once again"] == []
    assert set(day.asked["after six hours"]) >= {"same", "tagged", "there", "home"}


def test_new_articles_come_first(day: Morning) -> None:
    assert day.asked["second"][0] == "new"


def test_the_schedule_can_be_switched_off(day: Morning) -> None:
    assert day.asked["switched off"] == []


def test_a_page_with_the_same_bytes_is_no_new_capture(day: Morning) -> None:
    assert day.recheck("same")["captures"] == 1
    assert day.recheck("same")["outcome"] == "unchanged"


def test_the_server_may_say_that_nothing_has_changed(day: Morning) -> None:
    assert day.conditions["first"] == [None] * len(FIRST)
    assert day.conditions["second"][day.asked["second"].index("tagged")] == '"a1"'
    assert day.recheck("tagged")["outcome"] == "not modified"
    assert (day.recheck("tagged")["state"], day.recheck("tagged")["captures"]) == ("archived", 1)


def test_there_and_back_again_are_three_revisions(day: Morning) -> None:
    texts = rows(
        day.db,
        "SELECT t.text FROM revisions r JOIN texts t ON t.id = r.text JOIN articles a ON a.id = r.article"
        " WHERE a.url LIKE '%/there' ORDER BY r.number",
    )
    assert [row["text"] for row in texts] == ["Ida.", "Vuelta.", "Ida."]
    assert day.text("there") == "Ida."


def test_a_server_error_on_a_second_look_leaves_no_trace(day: Morning) -> None:
    (before,) = (line for line in day.dumps["first"] if "/broken" in line)
    assert before in day.dumps["second"]
    assert day.text("broken") == "Entero."


def test_a_second_look_that_is_sent_home_keeps_the_article(day: Morning) -> None:
    (in_between,) = (line for line in day.dumps["second"] if "/home" in line)
    assert '"state": "archived"' in in_between
    assert "which is no article" in in_between
    assert day.text("home") == "En su casa."


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h 6h 1d 7d", (60, 360, 1440, 10080)), ("7d 90m", (90, 10080)), ("off", ()), ("", ()), ("1H", (60,))],
)
def test_a_schedule_is_a_list_of_ages(text: str, minutes: tuple[int, ...]) -> None:
    assert read_schedule(text) == minutes


@pytest.mark.parametrize("text", ["soon", "1h off", "0h", "-1h", "1 h", "1w"])
def test_what_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(BadSchedule, match="1h 6h 1d 7d") as refused:
        read_schedule(text)
    assert isinstance(refused.value, CrawlerError)


def test_a_bad_schedule_ends_the_crawl_with_a_line(database: Path) -> None:
    done = run("crawl", "--no-process", "--database", database, "-s", "TRIWIRE_RECHECKS=soon", "granma-es", code=1)
    assert "TRIWIRE_RECHECKS is 'soon'" in done.stderr
    assert "Traceback" not in done.stderr


def stored(db: Database, *, age: float, looked: float, declared: str | None = None, name: str = "uno") -> str:
    """An article that was archived `age` minutes ago and last looked at `looked` minutes ago."""
    url = f"https://{GRANMA}/cuba/2026-10-05/{name}"
    save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
    visit_listing(db, "https://www.granma.cu/feed", "granma-es")
    published = datetime.fromisoformat(declared) if declared else None
    discover(db, "granma-es", "https://www.granma.cu/feed", [Sighting(url, url, "Titular", None, published, None)])
    article = str(resolve(db, url, url))
    fetch = Fetch(article, url, published.isoformat() if published else "")
    db.conn.execute(
        "INSERT INTO captures (id, article, number, url, status, sha256, length, fetched_at, checked_at)"
        " VALUES (?, ?, 1, ?, 200, '', 0, ?, ?)",
        [article, article, url, later(-age), later(-looked)],
    )
    settle(db, fetch, "archived", status=200)
    note_answer(db, article, etag='"1"', last_modified=None, outcome="read")
    db.conn.execute("UPDATE rechecks SET looked_at = ? WHERE article = ?", [later(-looked), article])
    return article


@pytest.mark.parametrize(
    ("age", "looked", "is_due"),
    [
        (59, 59, False),
        (61, 61, True),
        (61, 0, False),
        (5 * HOUR, 3 * HOUR, False),
        (6 * HOUR + 1, 5 * HOUR, True),
        # Three steps were missed: one look makes up for all of them.
        (2 * DAY, 2 * DAY, True),
        (2 * DAY, 1, False),
        (7 * DAY + 1, 6 * DAY, True),
        (8 * DAY, 60, False),
        (13 * DAY, 12 * DAY, True),
        # Too late to be of use.
        (15 * DAY, 12 * DAY, False),
    ],
)
def test_an_article_is_due_once_after_each_step(db: Database, age: float, looked: float, is_due: bool) -> None:
    article = stored(db, age=age, looked=looked)
    due = due_rechecks(db, "granma-es", STEPS, 10)
    assert [recheck.fetch.article for recheck in due] == ([article] if is_due else [])
    assert due_rechecks(db, "granma-en", STEPS, 10) == []
    assert due_rechecks(db, "granma-es", (), 10) == []


def test_the_last_look_asks_for_the_whole_page(db: Database) -> None:
    """Some servers answer 304 for ever."""
    stored(db, age=2 * HOUR, looked=2 * HOUR)
    stored(db, age=8 * DAY, looked=2 * DAY, name="dos")
    assert [recheck.etag for recheck in due_rechecks(db, "granma-es", STEPS, 10)] == ['"1"', None]


def test_an_old_article_that_was_filled_back_is_left_alone(db: Database) -> None:
    stored(db, age=2 * HOUR, looked=2 * HOUR, declared="2020-01-01T00:00:00+00:00")
    assert due_rechecks(db, "granma-es", STEPS, 10) == []


def test_a_look_that_failed_is_made_again_later(db: Database) -> None:
    article = stored(db, age=2 * HOUR, looked=2 * HOUR)
    note_failure(db, article, "HTTP 503")
    assert due_rechecks(db, "granma-es", STEPS, 10) == []
    db.conn.execute("UPDATE rechecks SET next_at = ?", [later(-1)])
    assert len(due_rechecks(db, "granma-es", STEPS, 10)) == 1


def test_one_run_makes_few_rechecks(db: Database) -> None:
    for n in range(MOST_A_TICK + 5):
        stored(db, age=2 * HOUR, looked=2 * HOUR, name=f"nota-{n}")
    first = choose(db, "granma-es", STEPS, set(), 0)
    assert len(first) == MOST_A_TICK
    asked = {recheck.fetch.article for recheck in first}
    assert choose(db, "granma-es", STEPS, asked, MOST_A_TICK) == []
    assert len(choose(db, "granma-es", STEPS, asked, 0)) == 5


def test_the_youngest_come_first(db: Database) -> None:
    old = stored(db, age=2 * DAY, looked=2 * DAY, name="vieja")
    young = stored(db, age=2 * HOUR, looked=2 * HOUR, name="joven")
    assert [recheck.fetch.article for recheck in choose(db, "granma-es", STEPS, set(), 0)] == [young, old]


def test_what_a_person_brought_in_is_not_asked_for(database: Path, tmp_path: Path) -> None:
    text = tmp_path / "nota.txt"
    text.write_text("Titular\n\nUn párrafo con bastantes palabras.", encoding="utf-8")
    run("import", "--no-process", "--database", database, "--url", f"https://{GRANMA}{path('uno')}", text)
    with opened(database) as db:
        assert value(db, "SELECT count(*) FROM captures") == 1
        assert value(db, "SELECT count(*) FROM rechecks") == 0
