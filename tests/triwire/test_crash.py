"""Nothing lost, nothing twice, whatever dies."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from conftest import local, run, start

from crawler.archive import archive_folder
from storage.database import opened
from storage.dump import dump_lines
from triwire.demo.newsroom import Newsroom

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def dump(database: Path) -> list[str]:
    with opened(database) as db:
        return list(dump_lines(db))


def crawl(database: Path, hosts: Mapping[str, str]) -> list[str]:
    return ["crawl", "--now", "--no-process", "--database", str(database), *local(hosts)]


def process(database: Path, hosts: Mapping[str, str] | None = None) -> list[str]:
    return ["process", "--database", str(database)]


def run_until(database: Path, command: list[str], *, kill_after: int | None = None) -> tuple[int, bool]:
    """Run a command and count the commits that another connection sees; kill -9 it after so many of them.

    Returns the commits and whether it was killed before its end.
    """
    watcher = sqlite3.connect(database)
    child = start(*command)
    seen, version = 0, watcher.execute("PRAGMA data_version").fetchone()
    try:
        while child.poll() is None:
            now = watcher.execute("PRAGMA data_version").fetchone()
            if now != version:
                seen, version = seen + 1, now
                if kill_after is not None and seen >= kill_after:
                    child.send_signal(signal.SIGKILL)
                    break
    finally:
        watcher.close()
        child.communicate()
    return seen, child.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_killed_run_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    calm, disturbed = tmp_path / "calm.db", tmp_path / "disturbed.db"
    chance = random.Random(20261121)
    killed: Counter[str] = Counter()
    with Newsroom() as newsroom:
        hosts = dict(newsroom.hosts)
        commands = {name: make(disturbed, hosts) for name, make in (("crawl", crawl), ("process", process))}
        for database in (calm, disturbed):
            with opened(database):
                pass
        most = {name: run_until(calm, make(calm, hosts))[0] for name, make in (("crawl", crawl), ("process", process))}
        for edition, times in ((1, 4), (2, 1)):
            newsroom.turn(edition)
            run(*crawl(calm, hosts))
            run(*process(calm, hosts))
            for _ in range(times):
                for name, command in commands.items():
                    # A killed run leaves its successors less to be killed in, so each may take a sixth of the whole.
                    after = chance.randint(1, max(1, most[name] // 6)) if edition == 1 else 1
                    killed[name] += run_until(disturbed, command, kill_after=after)[1]
            run(*commands["crawl"])
            run(*commands["process"])
            assert dump(disturbed) == dump(calm)
    # On a busy machine some end before they can be killed.
    assert min(killed["crawl"], killed["process"]) >= 3, killed


@pytest.mark.slow
def test_two_runs_at_once_do_the_work_once(tmp_path: Path) -> None:
    alone, together = tmp_path / "alone.db", tmp_path / "together.db"
    with Newsroom() as newsroom:
        hosts = dict(newsroom.hosts)
        run("crawl", "--now", "--database", alone, *local(hosts))
        before = len(newsroom.requests)
        children = [start("crawl", "--now", "--database", together, *local(hosts)) for _ in range(2)]
        errors = [child.communicate()[1] for child in children]
        pages = [(host, path) for host, path, _ in newsroom.requests[before:] if path != "/robots.txt"]
    assert [child.returncode for child in children] == [0, 0], errors
    with opened(together) as db:
        listings = {url for (url,) in db.conn.execute("SELECT url FROM listings")}
    # A listing may be asked for by both, with a condition; a page by one alone.
    articles = [page for page in pages if f"https://{page[0]}{page[1]}" not in listings]
    assert len(articles) >= 40
    assert len(articles) == len(set(articles)), "a page was fetched by both"
    assert dump(together) == dump(alone)


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["extract", "identify", "translate"])
def test_ctrl_c_leaves_the_queue_for_the_next_time(tmp_path: Path, stage: str) -> None:
    database = tmp_path / "news.db"
    with Newsroom() as newsroom:
        run(*crawl(database, newsroom.hosts))
    child = start(*process(database))
    watcher = sqlite3.connect(database)
    in_hand = "SELECT count(*) FROM work WHERE owner IS NOT NULL AND stage = ?"
    while child.poll() is None and watcher.execute(in_hand, [stage]).fetchone() == (0,):
        pass
    child.send_signal(signal.SIGINT)
    _, error = child.communicate()
    left = watcher.execute("SELECT count(*) FROM work WHERE state = 'queued'").fetchone()[0]
    held = watcher.execute("SELECT count(*) FROM work WHERE owner IS NOT NULL").fetchone()[0]
    watcher.close()
    assert child.returncode == 130, error
    assert "stays queued" in error
    assert "Traceback" not in error
    assert left > 0
    assert held == 0
    run(*process(database))
    with opened(database) as db:
        assert db.conn.execute("SELECT count(*) FROM work WHERE state = 'queued'").fetchone() == (0,)


def test_a_torn_tail_is_cut_and_nothing_else(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with Newsroom() as newsroom:
        run(*crawl(database, newsroom.hosts), "granma-es")
        (archive,) = archive_folder(database).glob("*.warc.gz")
        whole = archive.read_bytes()
        archive.write_bytes(whole + b"\x1f\x8b torn")
        done = run(*crawl(database, newsroom.hosts), "granma-es")
    assert "torn tail" in done.stderr
    assert archive.read_bytes() == whole


@pytest.mark.slow
def test_a_second_process_says_who_is_at_it(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with Newsroom() as newsroom:
        run(*crawl(database, newsroom.hosts))
    first = start(*process(database))
    watcher = sqlite3.connect(database)
    version = watcher.execute("PRAGMA data_version").fetchone()
    while first.poll() is None and watcher.execute("PRAGMA data_version").fetchone() == version:
        pass
    watcher.close()
    second = run(*process(database), code=1)
    assert f"pid {first.pid}" in second.stderr
    first.communicate()
    assert first.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(small)], check=True)
    database, calm = small / "news.db", tmp_path / "calm.db"
    try:
        with Newsroom() as newsroom:
            child = start(*crawl(database, newsroom.hosts))
            _, error = child.communicate()
            with sqlite3.connect(database) as full:
                fetched = full.execute("SELECT count(*) FROM captures").fetchone()[0]
            full.close()
            assert fetched < 39 or "disk" in error, "the disk was large enough"
            subprocess.run(["mount", "-o", "remount,size=64m", str(small)], check=True)
            with opened(database) as db:
                # Minutes later: what failed may be tried again.
                db.conn.execute("UPDATE fetches SET next_at = NULL")
            run(*crawl(database, newsroom.hosts))
            run(*crawl(calm, newsroom.hosts))
        run(*process(database))
        run(*process(calm))
        assert dump(database) == dump(calm)
    finally:
        subprocess.run(["umount", str(small)], check=True)
