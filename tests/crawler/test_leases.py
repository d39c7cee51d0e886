"""One request at a time to a host, its delay apart, whatever asks and whatever dies."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlite_utils
from conftest import local, start
from crawler_sockets import Line, RawSite, says
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pace import CrawlEnds, HostRests, Pace, host_of
from storage.database import opened, rows, writing
from storage.hosts import LONGEST_LEASE, give_back, rest, slow_down, take_lease
from storage.migrations import migrations
from storage.processes import is_present, present

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

ROOT = Path(__file__).resolve().parents[2]
HOST = "www.granma.cu"


def everybody_lives(owner: str) -> bool:
    return True


def nobody_lives(owner: str) -> bool:
    return False


def take(db: Database, owner: str, now: float, lives: Callable[[str], bool] = everybody_lives) -> float | None:
    """Seconds for which the lease is refused, None when it is taken, with a delay of 5 seconds."""
    refused = take_lease(db, HOST, owner, 5.0, now=now, is_present=lives)
    return None if refused is None else refused.seconds


def test_a_lease_has_one_holder(database: Path) -> None:
    with opened(database) as one, opened(database) as other:
        assert take(one, "a", 100.0) is None
        # However long the answer takes.
        assert take(other, "b", 100.0 + LONGEST_LEASE - 1) is not None


def test_the_delay_is_counted_from_the_end_of_a_request(db: Database) -> None:
    take(db, "a", 100.0)
    give_back(db, HOST, "a", 5.0, now=103.0)
    assert take(db, "b", 104.0) == pytest.approx(4.0)
    assert take(db, "b", 108.0) is None


def test_a_longer_crawl_delay_is_kept_and_a_shorter_one_does_not_hurry_us(db: Database) -> None:
    for asked, kept in ((20.0, 20.0), (0.1, 5.0)):
        db.conn.execute("DELETE FROM hosts")
        slow_down(db, HOST, asked)
        take(db, "a", 100.0)
        give_back(db, HOST, "a", 5.0, now=100.0)
        assert take(db, "b", 100.0) == pytest.approx(kept)


def test_hosts_do_not_wait_for_each_other(db: Database) -> None:
    assert take(db, "a", 100.0) is None
    assert take_lease(db, "vnexpress.net", "b", 5.0, now=100.0, is_present=everybody_lives) is None


def test_a_dead_owner_s_lease_is_taken_back_and_its_last_request_still_counts(db: Database) -> None:
    take(db, "dead", 100.0)
    assert take(db, "b", 101.0, nobody_lives) == pytest.approx(5.0)
    assert take(db, "b", 106.0, nobody_lives) is None


def test_only_the_holder_gives_back(db: Database) -> None:
    take(db, "a", 100.0)
    give_back(db, HOST, "b", 5.0, now=100.0)
    assert take(db, "b", 110.0) is not None


def test_a_lease_that_no_request_can_last_is_void(db: Database) -> None:
    take(db, "stopped", 100.0)
    assert take(db, "b", 100.0 + LONGEST_LEASE) == pytest.approx(5.0)
    assert take(db, "b", 105.0 + LONGEST_LEASE) is None
    give_back(db, HOST, "stopped", 5.0, now=2000.0)
    assert take(db, "c", 2000.0) is not None, "the one that woke up has nothing to give back"


def test_a_clock_that_is_set_back_stops_nothing(db: Database) -> None:
    rest(db, HOST, 600, now=1_000_000.0)
    take(db, "a", 2_000_000.0)
    give_back(db, HOST, "a", 5.0, now=2_000_000.0)
    assert take(db, "b", 1_000.0) == pytest.approx(24 * 3600.0), "its rest is at most a day"
    db.conn.execute("UPDATE hosts SET rest_until = 0")
    assert take(db, "b", 1_006.0) is None


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, str, float]]:
    step = st.tuples(
        st.sampled_from(["take", "end", "die", "rest"]),
        st.sampled_from(["a", "b", "c"]),
        st.floats(min_value=0, max_value=12),
    )
    return draw(st.lists(step, max_size=60))


@settings(deadline=None)
@given(histories(), st.floats(min_value=0, max_value=10), st.floats(min_value=0, max_value=10))
def test_no_history_brings_two_requests_together(
    history: list[tuple[str, str, float]], delay: float, crawl_delay: float
) -> None:
    db = sqlite_utils.Database(memory=True)
    db.conn.isolation_level = None
    migrations.apply(db)
    slow_down(db, HOST, crawl_delay)
    now, rests_until = 1_000.0, 0.0
    holder: str | None = None
    dead: set[str] = set()
    names = {name: itertools.count() for name in "abc"}
    alive = {name: f"{name}0" for name in "abc"}
    starts: list[float] = []
    for what, name, passes in history:
        now += passes
        owner = alive[name]
        if what == "take" and owner != holder:
            refused = take_lease(db, HOST, owner, delay, now=now, is_present=lambda who: who not in dead)
            if refused is None:
                assert holder is None, "a second request while one is under way"
                assert now >= rests_until
                assert not starts or now - starts[-1] >= max(delay, crawl_delay) - 1e-6
                holder = owner
                starts.append(now)
        elif what == "end" and owner == holder:
            give_back(db, HOST, owner, delay, now=now)
            holder = None
        elif what == "die":
            dead.add(owner)
            alive[name] = f"{name}{next(names[name]) + 1}"
            holder = None if owner == holder else holder
        elif what == "rest":
            rest(db, HOST, passes, now=now)
            rests_until = max(rests_until, now + passes)
    db.close()


def test_a_process_is_present_until_it_ends(database: Path) -> None:
    with present(database) as name:
        assert is_present(database, name)
    assert not is_present(database, name)
    assert not list(database.parent.glob("*.present"))


@pytest.fixture
def holder(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which has taken the lease of a host and does not give it back."""
    program = (
        "import sys, time; from pathlib import Path; from crawler.pace import Pace; import asyncio\n"
        "async def hold():\n"
        f"    async with Pace.join(Path({str(database)!r})).turn({HOST!r}, 0.2):\n"
        "        print('held', flush=True); await asyncio.sleep(600)\n"
        "asyncio.run(hold())\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    yield child
    child.kill()
    child.communicate()


def test_what_a_killed_process_held_is_free_at_once(database: Path, holder: subprocess.Popen[str]) -> None:
    async def wait_for_it() -> float:
        pace = Pace.join(database)
        waiting = asyncio.ensure_future(_one_turn(pace))
        await asyncio.sleep(0.5)
        assert not waiting.done(), "a live process holds everybody back"
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        died = time.monotonic()
        await waiting
        pace.leave()
        return time.monotonic() - died

    assert 0.2 <= asyncio.run(wait_for_it()) < 10, "long before a lease runs out"
    assert not list(database.parent.glob("*.present")), "what the dead left behind is cleared away"


async def _one_turn(pace: Pace) -> float:
    async with pace.turn(HOST, 0.2) as waited:
        return waited


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.naps = 0

    async def sleep(self, seconds: float) -> None:
        self.naps += 1
        self.now += seconds
        await asyncio.sleep(0)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def paces(database: Path) -> Iterator[tuple[Pace, Pace, Clock]]:
    """Two processes with one clock."""
    clock = Clock()
    two = [Pace(database, clock=clock, sleep=clock.sleep) for _ in range(2)]
    yield two[0], two[1], clock
    for pace in two:
        pace.leave()


def test_who_waits_sleeps_until_the_known_moment(paces: tuple[Pace, Pace, Clock]) -> None:
    one, other, clock = paces

    async def ask() -> list[float]:
        starts = []
        for pace in (one, other, one, other):
            async with pace.turn(HOST, 5.0):
                starts.append(clock.now)
        return starts

    starts = asyncio.run(ask())
    assert [round(later - earlier, 6) for earlier, later in itertools.pairwise(starts)] == [5.0, 5.0, 5.0]
    # A look a second, to notice that the crawl was told to end, and not one more.
    assert clock.naps <= 3 * 6


def test_who_waits_for_a_slow_answer_looks_about_once_a_second(paces: tuple[Pace, Pace, Clock]) -> None:
    one, other, clock = paces

    async def slow() -> None:
        async with one.turn(HOST, 0.0):
            until = clock.now + 60
            while clock.now < until:
                await asyncio.sleep(0)

    async def both() -> None:
        await asyncio.gather(slow(), _one_turn(other))

    asyncio.run(both())
    assert 60 <= clock.naps <= 140


def test_within_a_process_requests_stand_in_line(paces: tuple[Pace, Pace, Clock]) -> None:
    pace, _, clock = paces
    under_way: list[int] = []
    order: list[int] = []

    async def ask(number: int) -> None:
        async with pace.turn(HOST, 1.0):
            under_way.append(number)
            order.append(number)
            await clock.sleep(0.5)
            assert under_way == [number]
            under_way.clear()

    async def all_at_once() -> None:
        await asyncio.gather(*(ask(number) for number in range(5)))

    asyncio.run(all_at_once())
    assert order == [0, 1, 2, 3, 4]


def test_a_request_that_fails_gives_its_lease_back(paces: tuple[Pace, Pace, Clock]) -> None:
    one, other, clock = paces

    async def fail() -> None:
        async with one.turn(HOST, 5.0):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(fail())
    asyncio.run(_one_turn(other))
    assert clock.now == pytest.approx(1_005.0)


def test_a_request_that_is_cancelled_gives_its_lease_back_though_another_process_writes(
    paces: tuple[Pace, Pace, Clock], database: Path
) -> None:
    one, other, _ = paces

    async def ask(asked: asyncio.Event) -> None:
        async with one.turn(HOST, 0.0):
            asked.set()
            await asyncio.sleep(60)

    async def cancel() -> None:
        asked = asyncio.Event()
        task = asyncio.create_task(ask(asked))
        await asked.wait()
        holds = threading.Event()
        writer = threading.Thread(target=_write_for_a_moment, args=(database, holds))
        writer.start()
        holds.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        writer.join()

    asyncio.run(cancel())
    assert one.db.conn.execute("SELECT owner FROM hosts").fetchall() == [(None,)]
    assert asyncio.run(_one_turn(other)) == 0.0


def _write_for_a_moment(database: Path, holds: threading.Event) -> None:
    with opened(database) as db, writing(db):
        holds.set()
        time.sleep(0.05)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_rest_gets_it_from_every_process(paces: tuple[Pace, Pace, Clock], status: int) -> None:
    one, other, _ = paces
    one.note(HOST, status, b"3600")
    with pytest.raises(HostRests) as raised:
        asyncio.run(_one_turn(other))
    assert raised.value.seconds == pytest.approx(3600)


def test_a_short_rest_is_waited_out(paces: tuple[Pace, Pace, Clock]) -> None:
    one, other, clock = paces
    one.note(HOST, 503, b"30")
    asyncio.run(_one_turn(other))
    assert clock.now >= 1_030


def test_other_answers_ask_for_no_rest(paces: tuple[Pace, Pace, Clock]) -> None:
    one, other, clock = paces
    one.note(HOST, 500, b"3600")
    asyncio.run(_one_turn(other))
    assert clock.now == 1_000


def test_a_crawl_that_ends_waits_for_nothing(paces: tuple[Pace, Pace, Clock]) -> None:
    one, other, clock = paces

    async def stopped() -> None:
        async with one.turn(HOST, 5.0):
            began = clock.now
            async with other.turn(HOST, 5.0, lambda: clock.now < began + 3):
                pytest.fail("the lease is held")

    with pytest.raises(CrawlEnds):
        asyncio.run(stopped())


def test_a_crawl_that_is_told_to_end_leaves_what_waits_for_later(database: Path) -> None:
    links = "".join(f"<item><title>t</title><link>http://{HOST}/cuba/2026-10-05/{n}</link></item>" for n in range(9))
    feed = f"<rss version='2.0'><channel>{links}</channel></rss>".encode()
    page_came = threading.Event()

    def page(line: Line) -> None:
        page_came.set()
        line.says(b"<h1>Titular</h1>")

    answers = {(HOST, "/feed"): says(feed), **{(HOST, f"/cuba/2026-10-05/{n}"): page for n in range(9)}}
    with RawSite(answers) as site:
        settings = (*local(site.hosts(HOST)), "-s", "TRIWIRE_LOCAL_DELAY=1")
        child = start("crawl", "--no-process", "--database", database, *settings, "granma-es")
        assert page_came.wait(60)
        child.send_signal(signal.SIGINT)
        _, output = child.communicate()
        pages = [path for path in site.paths(HOST) if path.startswith("/cuba/")]
    assert "Traceback" not in output
    # Nine would be asked for if each waited for its turn.
    assert len(pages) <= 3
    with opened(database) as db:
        found = rows(db, "SELECT state, attempts, reason FROM fetches WHERE state = 'queued'")
    assert len(found) == 9 - len(pages)
    assert all(row == {"state": "queued", "attempts": 0, "reason": None} for row in found)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.granma.cu/a",
        "http://WWW.Granma.CU:80/b",
        "https://www.granma.cu.:443/c",
        "https://someone@www.granma.cu/d",
        "http://www.granma.cu:8080/e",
    ],
)
def test_every_spelling_of_a_host_is_one_host(url: str) -> None:
    assert host_of(url) == HOST


EDITIONS = """
import re
from crawler.spider import NewsSpider


class Edition(NewsSpider):
    outlet, language, timezone = "Test", "es", "UTC"
    hosts = ("shared.test", "www.shared.test")
    article_url = re.compile(r"^https?://[^/]+/(one|two|three)/[0-9]+$")


class One(Edition):
    name, feeds = "one", ("http://shared.test/one.xml",)


class Two(Edition):
    name, feeds = "two", ("http://shared.test/two.xml",)


class Three(Edition):
    name, feeds = "three", ("http://www.shared.test/three.xml",)
"""
CRAWL = """
import json, sys
from pathlib import Path
from crawler import source
import editions
from triwire.crawling import Tick, crawl

database, settings, *names = sys.argv[1:]
spiders = tuple(getattr(editions, name.title()) for name in names)
print(crawl(Tick(Path(database), settings=json.loads(settings), sources=spiders)))
"""
DELAY, CRAWL_DELAY = 0.15, 0.25
ARTICLES = 4


def shared_site(slow: Callable[[Line], None]) -> dict[tuple[str, str], Callable[[Line], None]]:
    """Two hosts with three editions; articles redirect within a host and between both, and one of each comes slowly."""
    answers: dict[tuple[str, str], Callable[[Line], None]] = {}
    for name, host, other in (
        ("one", "shared.test", "www.shared.test"),
        ("two", "shared.test", "www.shared.test"),
        ("three", "www.shared.test", "shared.test"),
    ):
        links = "".join(f"<item><title>t</title><link>http://{host}/{name}/{n}</link></item>" for n in range(ARTICLES))
        answers[host, f"/{name}.xml"] = says(f"<rss version='2.0'><channel>{links}</channel></rss>".encode())
        for number in range(ARTICLES):
            page = f"<h1>{name} {number}</h1><p>Texto de la noticia {number} de {name}.</p>".encode()
            answers[host, f"/{name}/{number}"] = _after(slow, page) if number == 2 else says(page)
        answers[host, f"/{name}/0"] = says(b"", "302 Found", Location=f"http://{other}/{name}/100")
        answers[other, f"/{name}/100"] = says(f"<h1>{name} moved</h1><p>Texto.</p>".encode())
        answers[host, f"/{name}/1"] = says(b"", "302 Found", Location=f"/{name}/101")
        answers[host, f"/{name}/101"] = says(f"<h1>{name} renamed</h1><p>Texto.</p>".encode())
    answers["shared.test", "/robots.txt"] = says(b"", "302 Found", Location="http://www.shared.test/rules.txt")
    answers["www.shared.test", "/rules.txt"] = says(f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}\n".encode())
    return answers


def _after(slow: Callable[[Line], None], page: bytes) -> Callable[[Line], None]:
    def answer(line: Line) -> None:
        slow(line)
        line.says(page)

    return answer


def test_processes_editions_redirects_and_robots_share_one_clock(database: Path, tmp_path: Path) -> None:
    """Takes its time because three processes start, one of them is killed, and the pace is real.

    The first is killed in the middle of an answer. The second is in the middle of one from before that until the third
    has begun, so that there is always somebody to be held back.
    """
    slow_has_come, third_has_begun = threading.Event(), threading.Event()

    def slow(line: Line) -> None:
        if line.asked.path.startswith("/three/"):
            (third_has_begun if slow_has_come.is_set() else slow_has_come).set()
        elif line.asked.path.startswith("/two/"):
            third_has_begun.wait(60)
        line.waits(3 * DELAY)

    (tmp_path / "editions.py").write_text(EDITIONS)
    (tmp_path / "crawl.py").write_text(CRAWL)
    with RawSite(shared_site(slow)) as site, opened(database) as db:
        hosts = site.hosts("shared.test", "www.shared.test")
        settings = {"TRIWIRE_LOCAL_HOSTS": json.dumps(hosts), "TRIWIRE_LOCAL_DELAY": DELAY}

        def crawl(who: str, *names: str) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [sys.executable, tmp_path / "crawl.py", database, json.dumps(settings), *names],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}", "TRIWIRE_CONTACT": f"{who}@example.org"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )

        killed, beside = crawl("killed", "one", "three"), crawl("beside", "two")
        assert slow_has_come.wait(60)
        os.kill(killed.pid, signal.SIGKILL)
        killed.communicate()
        again = crawl("again", "one", "three")
        outputs = [process.communicate()[0] for process in (beside, again)]
        states = rows(db, "SELECT state, count(*) AS n FROM fetches GROUP BY state")
    assert not any("Traceback" in output for output in outputs), outputs
    # Each edition's first article moved to a page that no listing names.
    assert states == [{"state": "archived", "n": 3 * ARTICLES}], outputs
    for host in hosts:
        requests = sorted((asked for asked in site.asked if asked.host == host), key=lambda asked: asked.came)
        assert len(requests) > 2 * ARTICLES
        # The server goes on with that one for a while, not knowing that nobody waits for it.
        unanswered = [asked for asked in requests if "killed@" in asked.head][-1:]
        kept = DELAY
        for earlier, later in itertools.pairwise(requests):
            if earlier.path != "/robots.txt" and host == "shared.test":
                # Whoever asks for anything else has read what robots.txt asks for.
                kept = CRAWL_DELAY
            if earlier in unanswered:
                continue
            told = f"{host}: {earlier.path}, then {later.path} after {later.came - earlier.came:.3f} s"
            assert later.came >= (earlier.ended or 0.0), f"two under way at {told}"
            assert later.came - earlier.came >= kept, f"too close at {told}"
