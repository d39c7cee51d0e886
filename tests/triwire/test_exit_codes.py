"""What cron and systemd are told: 0 fine, 1 something needs a person, 2 usage, 130 stopped."""

from __future__ import annotations

import random
import re
import resource
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import click
import pytest
from conftest import ROOT, local, run, start
from crawler_site import Says, Site, feed, html

from storage.database import opened
from triwire.cli import main

if TYPE_CHECKING:
    from pathlib import Path

GRANMA = "www.granma.cu"
PATHS = [f"/cuba/2026-10-05/{number}-05-10-2026-10-10-10" for number in range(3)]
ANSWERS = {
    (GRANMA, "/feed"): feed(*(f"https://{GRANMA}{path}" for path in PATHS)),
    **{(GRANMA, path): html(f"<p>Noticia {path}.</p>") for path in PATHS},
}


def crawl(site: Site, database: Path) -> list[str]:
    return ["crawl", "--no-process", "--database", str(database), *local(site.hosts(GRANMA)), "granma-es"]


def test_a_crawl_that_finds_pages_missing_or_broken_is_fine(database: Path) -> None:
    answers = {**ANSWERS, (GRANMA, PATHS[0]): Says(b"gone", 410), (GRANMA, PATHS[1]): Says(b"broken", 500)}
    with Site(answers) as site:
        run(*crawl(site, database))


def test_nothing_due_is_fine(database: Path) -> None:
    with opened(database):
        pass
    run("process", "--database", database)


def test_what_a_run_gives_up_is_told_once(database: Path) -> None:
    with Site(ANSWERS) as site:
        run(*crawl(site, database))
    with opened(database) as db:
        # The third failure is one too many.
        db.conn.execute("UPDATE archive_records SET offset = offset + 1")
        db.conn.execute("UPDATE work SET attempts = 2")
    done = run("process", "--database", database, code=1)
    assert "3 quarantined in extract" in done.stderr
    run("process", "--database", database)


def test_a_crawl_that_is_stopped_says_so(database: Path) -> None:
    hold = threading.Event()
    asked = threading.Event()

    class Slow(dict[tuple[str, str], Says]):
        """Answers nothing about articles until it may."""

        def get(self, key: tuple[str, str], default: Says) -> Says:
            if key[1] in PATHS:
                asked.set()
                hold.wait(20)
            return super().get(key, default)

    with Site(ANSWERS) as site:
        site.answers = Slow(site.answers)
        child = start(*crawl(site, database))
        assert asked.wait(30)
        child.send_signal(signal.SIGINT)
        hold.set()
        _, error = child.communicate()
    assert child.returncode == 130, error
    assert "stopped before their end" in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["crawl", "--sinze", "x"], "--sinze"),
        (["archive", "prune"], "--keep-days"),
        (["reextract", "--since", "x"], "--since"),
        (["import-warc"], "FILES"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_wrong_option_is_usage(arguments: list[str], complaint: str) -> None:
    assert complaint in run(*arguments, code=2).stderr


def limited(*arguments: str, size: int) -> subprocess.CompletedProcess[str]:
    """With no file allowed to grow beyond a size: to SQLite and to us a full disk."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-m", "triwire", *arguments],
        cwd=ROOT,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_is_told_in_a_line(database: Path) -> None:
    with opened(database) as db:
        size = database.stat().st_size
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    done = limited("process", "--database", str(database), size=min(size, 20_000))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")


def test_a_page_that_could_not_be_archived_is_told(database: Path) -> None:
    """The archive's file is full before its first page is written; the database has room."""
    noise = random.Random(1).randbytes(8_000_000)
    big = Says(b"<p>" + noise, headers={"Content-Type": "text/html"})
    with Site({**ANSWERS, (GRANMA, PATHS[0]): big}) as site:
        done = limited(*crawl(site, database), size=6_000_000)
        assert done.returncode == 1, done.stderr
        assert "1 answers that could not be archived" in done.stderr
        with opened(database) as db:
            assert db.table("captures").count == 2
            assert db.conn.execute("SELECT count(*) FROM fetches WHERE state = 'queued'").fetchone() == (1,)
        run(*crawl(site, database))
    with opened(database) as db:
        assert db.table("captures").count == 3


def commands() -> list[list[str]]:
    """What docs/cron.md has people type: the words after `triwire`, up to what a shell would take."""
    text = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.partition(" #")[0] for block in blocks for line in block.splitlines()]
    found = [re.search(r"(?:^|\bin/|\$ )triwire (.+?)(?: >> .*)?$", line) for line in lines]
    return [match[1].split() for match in found if match]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_what_the_page_on_cron_has_people_type_is_understood(words: list[str]) -> None:
    command: click.Command = main
    with click.Context(main) as context:
        while isinstance(command, click.Group):
            found = command.get_command(context, words[0])
            assert found is not None, words
            command, words = found, words[1:]
        # A file must be there to be named.
        command.make_context("triwire", [__file__ if word.endswith(".gz") else word for word in words])
