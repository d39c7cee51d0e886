from __future__ import annotations

import asyncio
import itertools
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from conftest import run
from hypothesis import given
from hypothesis import strategies as st

from crawler.download import UnsafeAddress, local_hosts, refuse_private
from crawler.manners import HostRests, Pace, crawl_delay, retry_after
from storage.database import opened
from storage.frontier import rest, slow_down, take_turn

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database


def test_turns_at_one_host_are_a_delay_apart_for_all_processes(database: Path) -> None:
    with opened(database) as one, opened(database) as other:
        turns = [take_turn(db, "www.granma.cu", 5.0) for db in (one, other, one, other)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(turns)]
    assert gaps == pytest.approx([5.0, 5.0, 5.0])


def test_hosts_do_not_wait_for_each_other(db: Database) -> None:
    assert abs(take_turn(db, "a.example", 5.0) - take_turn(db, "b.example", 5.0)) < 1


def test_a_longer_crawl_delay_is_kept(db: Database) -> None:
    slow_down(db, "www.granma.cu", 20.0)
    first, second = (take_turn(db, "www.granma.cu", 5.0) for _ in range(2))
    assert second - first == pytest.approx(20.0)


def test_a_crawl_delay_that_is_withdrawn_is_forgotten(db: Database) -> None:
    slow_down(db, "www.granma.cu", 20.0)
    slow_down(db, "www.granma.cu", crawl_delay(b"User-agent: *\nDisallow:\n", "triwire"))
    first, second = (take_turn(db, "www.granma.cu", 5.0) for _ in range(2))
    assert second - first == pytest.approx(5.0)


@pytest.mark.parametrize(("asked", "kept"), [("4", 4.0), ("1e9", 300.0), ("-3", 0.0), ("soon", 0.0)])
def test_a_crawl_delay_is_read_within_reason(asked: str, kept: float) -> None:
    assert crawl_delay(f"User-agent: *\nCrawl-delay: {asked}\n".encode(), "triwire") == kept


class Clock:
    """Sleeping that only notes how long."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def test_each_request_waits_for_its_turn(db: Database) -> None:
    clock = Clock()
    pace = Pace(db, 5.0, clock.sleep)
    for _ in range(3):
        asyncio.run(pace.wait("www.granma.cu"))
    assert clock.slept == pytest.approx([5.0, 10.0], abs=0.5)


def test_no_setting_makes_the_pace_faster_than_a_second(db: Database) -> None:
    clock = Clock()
    pace = Pace(db, 0.0, clock.sleep)
    for _ in range(2):
        asyncio.run(pace.wait("www.granma.cu"))
    assert clock.slept == pytest.approx([1.0], abs=0.5)


@pytest.mark.parametrize("status", [429, 503])
def test_nothing_more_is_asked_of_a_host_that_wants_rest(db: Database, status: int) -> None:
    pace = Pace(db, 5.0, Clock().sleep)
    pace.note("www.granma.cu", status, b"3600")
    with pytest.raises(HostRests, match=r"3[56]\d\d seconds"):
        asyncio.run(pace.wait("www.granma.cu"))


def test_other_answers_ask_for_no_rest(db: Database) -> None:
    pace = Pace(db, 5.0, Clock().sleep)
    pace.note("www.granma.cu", 500, b"3600")
    assert asyncio.run(pace.wait("www.granma.cu")) == 0


def test_a_shorter_crawl_delay_does_not_hurry_us(db: Database) -> None:
    slow_down(db, "www.granma.cu", 0.1)
    first, second = (take_turn(db, "www.granma.cu", 5.0) for _ in range(2))
    assert second - first == pytest.approx(5.0)


def test_a_host_that_asks_for_rest_gets_it(db: Database) -> None:
    rest(db, "www.granma.cu", 120)
    assert take_turn(db, "www.granma.cu", 5.0) - time.time() > 110


@given(st.lists(st.floats(min_value=0, max_value=60), min_size=1, max_size=20))
def test_no_order_of_delays_brings_two_requests_closer_than_the_first_ones(delays: list[float]) -> None:
    import sqlite_utils

    from storage.migrations import migrations

    db = sqlite_utils.Database(memory=True)
    db.conn.isolation_level = None
    migrations.apply(db)
    turns = [take_turn(db, "host", delay) for delay in delays]
    db.close()
    for (earlier, later), delay in zip(itertools.pairwise(turns), delays, strict=False):
        assert later - earlier >= delay - 1e-6


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [(b"120", 120, 120), (b"", 300, 300), (b"soon", 300, 300), (b"9999999", 86400, 86400), (None, 300, 300)],
)
def test_retry_after_is_read_or_guessed(header: bytes | None, low: float, high: float) -> None:
    assert low <= retry_after(header) <= high


def test_retry_after_may_be_a_date() -> None:
    assert 50 <= retry_after(formatdate(time.time() + 60, usegmt=True).encode()) <= 60


PRIVATE = (
    *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0"),
    *("::1", "[::1]", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "::"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(UnsafeAddress):
        refuse_private("somewhere", address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "www.granma.cu"])
def test_public_addresses_and_names_pass(address: str) -> None:
    refuse_private("somewhere", address)


def test_the_local_map_leads_to_this_machine_only() -> None:
    from scrapy.settings import Settings

    with pytest.raises(ValueError, match="only loopback"):
        local_hosts(Settings({"TRIWIRE_LOCAL_HOSTS": '{"www.granma.cu": "10.0.0.1:80"}'}))


def test_robots_txt_cannot_be_switched_off(database: Path) -> None:
    done = run("crawl", "--no-process", "--database", database, "-s", "ROBOTSTXT_OBEY=False", "granma-es", code=1)
    assert "refused" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_source_is_named_with_those_there_are(database: Path) -> None:
    done = run("crawl", "--no-process", "--database", database, "granma", code=1)
    assert "granma-es" in done.stderr
