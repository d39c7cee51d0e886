"""Silence and drift: what is a warning, and what is a night, a weekend, Tết or an outage of our own."""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from storage.articles import Fetched, add_capture, save_extraction
from storage.database import opened, rows, value
from storage.days import Day, days_now, renew_days
from storage.drift import warn
from storage.frontier import add_article, save_source
from storage.histories import History, Listened
from storage.holidays import TET, is_holiday
from storage.listings import visit_listing
from storage.moments import stamp
from storage.records import Dated, Extraction, SourceFacts
from storage.warnings import warnings_now, watch
from triwire.state import read_state, state_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlite_utils import Database

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 10, 30, 12, tzinfo=HANOI)


def every_day(moment: datetime) -> bool:
    return 7 <= moment.hour < 22


def on_working_days(moment: datetime) -> bool:
    return moment.weekday() < 5 and 8 <= moment.hour < 17


def now_and_then(moment: datetime) -> bool:
    return moment.weekday() in {0, 3, 4} and moment.hour == 10


def newsroom(
    works: Callable[[datetime], bool],
    *,
    last: datetime,
    heard: datetime,
    weeks: int = 6,
    minimum: int = 5,
    country: str = "VN",
) -> History:
    """A source that names something new in every hour in which it works, until it stops; its feed still answers."""
    hours = [last - timedelta(hours=n) for n in range(weeks * 7 * 24)]
    news = sorted(hour.astimezone(UTC) for hour in hours if works(hour) and hour <= heard)
    counts: dict[str, int] = {}
    for hour in news:
        counts[stamp(hour)[:10]] = counts.get(stamp(hour)[:10], 0) + 1
    days = tuple(Day("paper", day, discovered=count) for day, count in sorted(counts.items()))
    listing = Listened("https://paper.example/feed", 0, None, stamp(heard), 50)
    recent = tuple(hour for hour in news if hour > heard - timedelta(28))
    return History("paper", country, "Asia/Ho_Chi_Minh", minimum, days, recent or tuple(news[-1:]), (listing,))


def is_silent(history: History) -> bool:
    return "silent" in warn(history, datetime.fromisoformat(history.listings[0].heard_at or ""))


@pytest.mark.parametrize("hours", [0, 1, 9, 18, 24])
def test_a_night_is_no_silence(hours: int) -> None:
    last = datetime(2026, 10, 30, 21, tzinfo=HANOI)
    assert not is_silent(newsroom(every_day, last=last, heard=last + timedelta(hours=hours)))


def test_a_daily_that_says_nothing_for_two_days_is_silent() -> None:
    history = newsroom(every_day, last=FRIDAY, heard=FRIDAY + timedelta(days=2))
    evidence = warn(history, FRIDAY + timedelta(days=2))["silent"]
    assert evidence["last_new"] == stamp(FRIDAY)
    assert evidence["pause_in_working_days"] > 3 * evidence["usual_longest"]
    assert "nothing new since 2026-10-30 05:00" in evidence["says"]


def test_our_own_outage_is_not_its_silence() -> None:
    """Nothing was heard, because nobody listened."""
    assert not is_silent(newsroom(every_day, last=FRIDAY, heard=FRIDAY))


@pytest.mark.parametrize(("days", "silent"), [(1, False), (3, False), (4, False), (5, True)])
def test_a_weekend_is_short_for_a_paper_of_working_days(days: int, silent: bool) -> None:
    last = datetime(2026, 10, 30, 16, tzinfo=HANOI)
    assert is_silent(newsroom(on_working_days, last=last, heard=last + timedelta(days=days))) == silent


@pytest.mark.parametrize(("days", "silent"), [(4, False), (6, False), (30, True)])
def test_a_source_that_speaks_now_and_then_may_pause_longer(days: int, silent: bool) -> None:
    assert is_silent(newsroom(now_and_then, last=FRIDAY, heard=FRIDAY + timedelta(days=days))) == silent


@pytest.mark.parametrize(("first", "silent"), [(datetime(2027, 2, 4, 16), False), (datetime(2027, 3, 4, 16), True)])
def test_nine_days_at_tet_are_no_silence_and_nine_in_march_are(first: datetime, silent: bool) -> None:
    last = first.replace(tzinfo=HANOI)
    assert is_silent(newsroom(on_working_days, last=last, heard=last + timedelta(days=9))) == silent


def test_tet_is_no_holiday_in_havana() -> None:
    assert is_holiday(TET[3], "VN")
    assert not is_holiday(TET[3], "CU")
    assert is_holiday(datetime(2026, 7, 26).date(), "CU")


def test_a_daily_that_is_silent_all_through_tet_is_noticed_after_it() -> None:
    last = datetime(2027, 2, 4, 16, tzinfo=HANOI)
    assert is_silent(newsroom(every_day, last=last, heard=last + timedelta(days=9)))


@pytest.mark.parametrize(("minimum", "days", "silent"), [(1, 2, False), (1, 4, True), (20, 2, False), (20, 4, True)])
def test_a_new_source_is_measured_by_its_minimum(minimum: int, days: int, silent: bool) -> None:
    last = datetime(2026, 10, 28, 12, tzinfo=HANOI)
    history = newsroom(every_day, last=last, heard=last + timedelta(days=days), minimum=minimum)
    assert is_silent(replace(history, news=history.news[-3:], days=())) == silent


def test_an_old_outage_does_not_make_silence_usual() -> None:
    """Five days without us, three weeks ago, are one long pause among many short ones."""
    outage = (FRIDAY - timedelta(days=20), FRIDAY - timedelta(days=15))
    history = newsroom(every_day, last=FRIDAY, heard=FRIDAY + timedelta(days=2))
    assert is_silent(replace(history, news=tuple(hour for hour in history.news if not outage[0] < hour < outage[1])))


def test_a_back_fill_does_not_make_working_days_busier() -> None:
    last = datetime(2026, 10, 31, 12, tzinfo=HANOI)
    history = newsroom(every_day, last=last, heard=last + timedelta(days=2))
    days = tuple(replace(day, discovered=9000) if day.day == "2026-10-28" else day for day in history.days)
    assert is_silent(history)
    assert is_silent(replace(history, days=days))


def test_a_source_whose_listings_all_fail_is_unreachable() -> None:
    history = newsroom(every_day, last=FRIDAY, heard=FRIDAY)
    down = tuple(Listened(f"https://paper.example/{n}", 3, "HTTP 500", stamp(FRIDAY), 9) for n in range(2))
    found = warn(replace(history, listings=down), FRIDAY)
    assert set(found) == {"unreachable"}
    assert "HTTP 500" in found["unreachable"]["says"]
    assert warn(replace(history, listings=(down[0], replace(down[1], failures=0))), FRIDAY) == {}


def test_a_source_whose_listings_name_no_article_is_barren() -> None:
    history = newsroom(every_day, last=FRIDAY, heard=FRIDAY)
    found = warn(replace(history, news=(), days=()), FRIDAY)
    assert found["barren"]["listings"] == {"https://paper.example/feed": 50}
    nobody_asked = tuple(replace(listing, heard_at=None) for listing in history.listings)
    assert warn(replace(history, news=(), days=(), listings=nobody_asked), FRIDAY) == {}


def read_by_day(pages: Iterable[tuple[int, dict[str, int]]], *, version: int = 1) -> tuple[Day, ...]:
    """Days up to FRIDAY: how many pages were read on each, and what they lacked or how long they were."""
    given = list(pages)
    first = FRIDAY - timedelta(len(given) - 1)
    return tuple(
        Day(
            "paper",
            (first + timedelta(n)).date().isoformat(),
            discovered=count,
            fetched=count,
            extracted=count,
            version=version,
            **{"length": 2000, **facts},
        )
        for n, (count, facts) in enumerate(given)
    )


def drift(days: tuple[Day, ...]) -> dict[str, dict[str, object]]:
    history = newsroom(every_day, last=FRIDAY, heard=FRIDAY)
    return warn(replace(history, days=days), FRIDAY)


WHOLE: tuple[int, dict[str, int]] = (20, {})


@pytest.mark.parametrize(
    ("column", "kind"),
    [("no_title", "titles"), ("no_date", "dates"), ("no_author", "authors"), ("no_body", "bodies")],
)
def test_a_field_that_is_missing_all_at_once_is_drift(column: str, kind: str) -> None:
    found = drift(read_by_day([WHOLE] * 28 + [(20, {column: 12})]))
    assert set(found) == {kind}
    assert (found[kind]["missing"], found[kind]["pages"], found[kind]["usual_share"]) == (12, 20, 0.0)
    assert str(found[kind]["says"]).startswith(f"12 of the last 20 pages have no {column[3:]}")


def test_a_few_pages_without_a_title_are_none() -> None:
    assert drift(read_by_day([WHOLE] * 28 + [(20, {"no_title": 3})])) == {}


def test_a_field_that_was_always_missing_is_no_drift() -> None:
    assert drift(read_by_day([(20, {"no_author": 20})] * 29)) == {}
    assert drift(read_by_day([(20, {"no_author": 20})] * 3)) == {}


def test_nine_pages_say_nothing() -> None:
    days = [WHOLE] * 5 + [(0, {})] * 14 + [(9, {"no_title": 9, "length": 100})]
    assert drift(read_by_day(days)) == {}


def test_a_slow_source_is_judged_by_its_last_two_weeks() -> None:
    days = [(2, {})] * 28 + [(1, {"no_title": 1})] * 12
    assert set(drift(read_by_day(days))) == {"titles"}


def test_a_new_source_that_gives_no_dates_is_warned_of_at_once() -> None:
    found = drift(read_by_day([(12, {"no_date": 9})]))
    assert set(found) == {"dates"}
    assert found["dates"]["usual_share"] is None


@pytest.mark.parametrize(("length", "drifts"), [(900, True), (1100, False), (3900, False), (4500, True)])
def test_texts_of_another_length_than_usual_are_drift(length: int, drifts: bool) -> None:
    found = drift(read_by_day([WHOLE] * 28 + [(20, {"length": length})]))
    assert ("length" in found) == drifts
    if drifts:
        assert (found["length"]["length"], found["length"]["usual_length"]) == (length, 2000)


def test_a_source_whose_texts_always_vary_does_not_drift() -> None:
    chance = random.Random(7)
    days = [(20, {"length": chance.choice((400, 900, 2000, 4200))}) for _ in range(28)]
    assert drift(read_by_day([*days, (20, {"length": 400})])) == {}


def test_another_extractor_is_no_drift_of_the_source() -> None:
    old = read_by_day([WHOLE] * 28 + [(20, {})])
    new = replace(old[-1], length=700, version=2)
    assert drift((*old[:-1], new)) == {}


def test_the_same_history_gives_the_same_warnings() -> None:
    days = read_by_day([WHOLE] * 28 + [(20, {"no_title": 12, "length": 300})])
    assert json.dumps(drift(days)) == json.dumps(drift(days))


def store(db: Database, moment: datetime, number: int, **fields: object) -> None:
    """An article of `paper` that was named, fetched and read at this moment."""
    url = f"https://paper.example/{moment:%Y%m%d}-{number}"
    article = add_article(db, url, url, "paper")
    capture = add_capture(db, Fetched(article, url, 200, "text/html", f"{url}", 10))
    reading = Extraction(
        **{
            "title": "Title",
            "body": "b" * 1000,
            "lead": None,
            "authors": ("Ana",),
            "published": Dated(moment, "meta"),
            "updated": None,
            "section": None,
            "canonical_url": None,
            "image_url": None,
            "declared_language": None,
            **fields,
        }
    )
    save_extraction(db, capture, reading, 1)
    db.conn.execute("UPDATE articles SET first_seen = ? WHERE id = ?", [stamp(moment), article])
    db.conn.execute("UPDATE captures SET fetched_at = ? WHERE id = ?", [stamp(moment), capture.id])


@pytest.fixture
def paper(db: Database) -> Database:
    """Five weeks of a paper, three articles a day, whose headlines are lost on the last four days."""
    save_source(db, SourceFacts("paper", "Paper", "en", "VN", "Asia/Ho_Chi_Minh", 2))
    visit_listing(db, "https://paper.example/feed", "paper")
    db.conn.execute(
        "UPDATE listings SET role = 'feed', outcome = 'read', checked_at = ?, read_at = ?, entries = 20",
        [stamp(FRIDAY), stamp(FRIDAY)],
    )
    for n in range(35):
        for number in range(3):
            lost = {"title": None, "body": "b" * (500 if number else 700)} if n < 4 else {}
            store(db, FRIDAY - timedelta(days=n, hours=number), number, **lost)
    return db


def test_the_days_are_what_is_stored(paper: Database) -> None:
    renew_days(paper, FRIDAY, 1)
    today = stamp(FRIDAY)[:10]
    assert rows(paper, "SELECT * FROM source_days WHERE day = ?", [today]) == [
        {
            "source": "paper",
            "day": today,
            "discovered": 3,
            "fetched": 3,
            "extracted": 3,
            "no_title": 3,
            "no_date": 0,
            "no_author": 0,
            "no_body": 0,
            "length": 500,
            "usual_length": 1000,
            "version": 1,
        }
    ]
    assert value(paper, "SELECT count(*) FROM source_days") == 35


def test_what_comes_later_is_worked_in_and_nothing_else_is_written(paper: Database) -> None:
    renew_days(paper, FRIDAY, 1)
    before = paper.conn.total_changes
    renew_days(paper, FRIDAY, 1)
    assert paper.conn.total_changes == before
    store(paper, FRIDAY - timedelta(hours=20), 9, authors=())
    before = paper.conn.total_changes
    renew_days(paper, FRIDAY, 1)
    assert paper.conn.total_changes - before <= 2
    yesterday = stamp(FRIDAY - timedelta(1))[:10]
    assert value(paper, "SELECT no_author FROM source_days WHERE day = ?", [yesterday]) == 1


def test_a_better_extractor_s_readings_are_worked_in_when_all_are_read(paper: Database) -> None:
    renew_days(paper, FRIDAY, 1)
    paper.conn.execute("UPDATE extractions SET length = 2 * length")
    assert {day.length for day in days_now(paper, FRIDAY, 1).values()} == {500, 1000}
    paper.conn.execute(
        "INSERT INTO work (stage, subject, state, version, place) VALUES ('extract', 'x', 'queued', 2, 1)"
    )
    assert min(day.version or 0 for day in days_now(paper, FRIDAY, 2).values()) == 1
    paper.conn.execute("DELETE FROM work")
    renewed = days_now(paper, FRIDAY, 2)
    assert {day.version for day in renewed.values()} == {2}
    assert {day.length for day in renewed.values()} == {1000, 2000}


def test_a_warning_begins_once_and_ends(paper: Database) -> None:
    (first,) = watch(paper, FRIDAY, 1)
    assert (first.kind, first.since) == ("titles", stamp(FRIDAY))
    later = FRIDAY + timedelta(hours=1)
    (again,) = watch(paper, later, 1)
    assert again.since == first.since
    assert value(paper, "SELECT count(*) FROM warnings") == 1
    paper.conn.execute("UPDATE extractions SET title = 'Title'")
    db_days = value(paper, "SELECT count(*) FROM source_days")
    paper.conn.execute("DELETE FROM source_days")
    assert watch(paper, later, 1) == []
    assert value(paper, "SELECT count(*) FROM source_days") == db_days
    assert value(paper, "SELECT ended_at FROM warnings") == stamp(later)


def test_what_was_over_and_comes_back_is_another_warning(paper: Database) -> None:
    watch(paper, FRIDAY, 1)
    paper.conn.execute("UPDATE warnings SET ended_at = since")
    watch(paper, FRIDAY + timedelta(hours=1), 1)
    found = rows(paper, "SELECT since, ended_at IS NULL AS open FROM warnings ORDER BY since")
    assert [row["open"] for row in found] == [0, 1]


def test_status_shows_warnings_and_writes_nothing(paper: Database) -> None:
    before = paper.conn.total_changes
    state = read_state(paper)
    assert paper.conn.total_changes == before
    (warned,) = warnings_now(paper, FRIDAY, 1)
    # In place of those of the real clock.
    state["warnings"] = [asdict(warned)]
    text = "\n".join(state_lines(state))
    assert re.search(r"^paper +titles +2026-10-30 +12 of the last 21 pages have no title", text, re.MULTILINE)
    assert re.search(r"^! +paper", text, re.MULTILINE)


def test_what_people_bring_in_has_no_rhythm_to_lose(db: Database) -> None:
    save_source(db, SourceFacts("imported", "Imported by hand", None, None, "UTC", 0))
    add_article(db, "urn:x", "urn:x", "imported")
    assert warnings_now(db, FRIDAY + timedelta(365), 1) == []


def test_an_empty_database_has_no_warnings(database: Path) -> None:
    with opened(database) as db:
        assert watch(db, FRIDAY, 1) == []
