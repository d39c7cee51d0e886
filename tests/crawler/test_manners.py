"""robots.txt, Retry-After and an honest name, without a switch."""

from __future__ import annotations

import json
import sys
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_site import Says, Site, feed, html
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.manners import MANNERS, honest_agent, refuse_rude_settings
from crawler.pace import retry_after
from crawler.robots import LONGEST_DELAY, MOST_BYTES, crawl_delay, judge, text_of
from storage.database import opened, rows
from storage.robots import RobotsTxt, read_robots, save_robots

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

GRANMA = "www.granma.cu"
SITE = "https://www.granma.cu"


def ours(**changed: object) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(changed, priority="cmdline")
    return settings


@pytest.mark.parametrize("name", MANNERS)
def test_what_has_no_switch_is_refused_wherever_it_is_set(name: str) -> None:
    for priority in ("project", "spider", "cmdline"):
        settings = ours()
        wrapped = name in {"ADDONS", "DOWNLOAD_SLOTS"} or "MIDDLEWARES" in name or "HANDLERS" in name
        settings.set(name, {**settings[name], "other": "crawler.Other"} if wrapped else "0", priority=priority)
        with pytest.raises(UsageError, match=f"{name} is refused"):
            refuse_rude_settings(settings)


def test_our_own_settings_pass() -> None:
    refuse_rude_settings(ours(TRIWIRE_DELAY=20, LOG_LEVEL="DEBUG", DOWNLOAD_DELAY=3))


@pytest.mark.parametrize(
    ("name", "value"),
    [("DOWNLOAD_MAXSIZE", 0), ("DOWNLOAD_MAXSIZE", 1 << 40), ("DOWNLOAD_TIMEOUT", 0), ("REDIRECT_MAX_TIMES", 99)],
)
def test_a_bound_cannot_be_lifted(name: str, value: int) -> None:
    with pytest.raises(UsageError, match=f"{name}={value} is refused"):
        refuse_rude_settings(ours(**{name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIWIRE_DELAY", "abc"),
        ("TRIWIRE_DELAY", "nan"),
        ("TRIWIRE_DELAY", "inf"),
        ("TRIWIRE_POLL_MINUTES", "x"),
        ("TRIWIRE_BACKFILL_DAYS", "-5"),
        ("TRIWIRE_BACKFILL_DAYS", "99999999"),
        ("TRIWIRE_ARCHIVE_MEGABYTES", ""),
        ("DOWNLOAD_TIMEOUT", "nan"),
        ("DOWNLOAD_TIMEOUT", "soon"),
    ],
)
def test_what_is_no_number_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"{name}={value} is refused"):
        refuse_rude_settings(ours(**{name: value}))


@pytest.mark.parametrize(
    "setting",
    [
        "TRIWIRE_DELAY=abc",
        "TRIWIRE_BEAT_ONLY=perhaps",
        "TRIWIRE_BACKFILL_DAYS=1.5",
        "TRIWIRE_LOCAL_HOSTS=abc",
        "TRIWIRE_LOCAL_HOSTS=[]",
        'TRIWIRE_LOCAL_HOSTS={"www.granma.cu": 1}',
        'TRIWIRE_LOCAL_HOSTS={"www.granma.cu": "10.0.0.1:80"}',
    ],
)
def test_a_slip_of_the_pen_counts_against_no_site(database: Path, setting: str) -> None:
    done = run("crawl", "--no-process", "--database", database, "-s", setting, "granma-es", code=1)
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    with opened(database) as db:
        assert rows(db, "SELECT site FROM robots") == rows(db, "SELECT url FROM listings WHERE failures > 0") == []


def test_the_agent_names_a_contact() -> None:
    agent = "triwire/0.1 (news research)"
    assert honest_agent(agent, "https://example.org/bot") == "triwire/0.1 (news research; +https://example.org/bot)"
    assert honest_agent(agent, "desk@example.org") == "triwire/0.1 (news research; +desk@example.org)"
    assert honest_agent(agent, "") == agent


@pytest.mark.parametrize("contact", ["somebody", "a@b.c\r\nCookie: x", "a@b.c (me)", "đội@example.org"])
def test_a_contact_that_is_none_is_refused(contact: str) -> None:
    with pytest.raises(UsageError, match="TRIWIRE_CONTACT"):
        honest_agent("triwire/0.1 (news research)", contact)


@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 4", 4.0),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 1e9", LONGEST_DELAY),
        ("User-agent: *\nCrawl-delay: -3", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nRequest-rate: 1/10", 10.0),
        ("User-agent: *\nRequest-rate: 30/1m", 2.0),
        ("User-agent: *\nRequest-rate: 1/10\nCrawl-delay: 4", 10.0),
        ("User-agent: triwire\nCrawl-delay: 7\n\nUser-agent: *\nCrawl-delay: 2", 7.0),
        ("User-agent: other\nCrawl-delay: 7", 0.0),
        ("", 0.0),
    ],
)
def test_a_crawl_delay_is_read_within_reason(rules: str, seconds: float) -> None:
    assert crawl_delay(rules) == seconds


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        *((200, None), (204, None), (404, None), (410, None), (418, None)),
        *((401, "HTTP 401"), (403, "HTTP 403"), (429, "HTTP 429"), (500, "HTTP 500"), (503, "HTTP 503")),
        *((301, "HTTP 301"), (304, "HTTP 304"), (999, "HTTP 999"), (100, "HTTP 100")),
    ],
)
def test_no_robots_txt_means_no_rules_and_no_answer_means_wait(status: int, refusal: str | None) -> None:
    rules, why = judge(Response(f"{SITE}/robots.txt", status=status, body=b"User-agent: *\nDisallow: /\n"))
    assert why == refusal
    assert bool(rules) == (200 <= status < 300)


def test_as_much_of_a_robots_txt_is_read_as_the_standard_wants() -> None:
    line = b"Disallow: /0123456789\n"
    text = text_of(b"User-agent: *\n" + line * (2 * MOST_BYTES // len(line)))
    assert MOST_BYTES - len(line) <= len(text) <= MOST_BYTES
    assert text.endswith("/0123456789"), "no half line, which would forbid more than was meant"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_mark_of_byte_order_hides_no_rule(encoding: str) -> None:
    body = "\ufeffUser-agent: *\r\nCrawl-delay: 9\r\n".encode(encoding)
    assert crawl_delay(text_of(body)) == 9


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        *((b"120", 120, 120), (b"0", 0, 0), (b" 7 ", 7, 7), (b"9999999", 86400, 86400), (b"9" * 5000, 86400, 86400)),
        *((b"", 300, 300), (b"soon", 300, 300), (None, 300, 300), (b"-5", 300, 300), (b"\xb2", 300, 300)),
    ],
)
def test_retry_after_is_read_or_guessed(header: bytes | None, low: float, high: float) -> None:
    assert low <= retry_after(header, now=time.time()) <= high


@pytest.mark.parametrize(("ahead", "seconds"), [(60, 60), (-60, 300), (10**7, 86400)])
def test_retry_after_may_be_a_date(ahead: int, seconds: int) -> None:
    now = 1_800_000_000.0
    assert retry_after(formatdate(now + ahead, usegmt=True).encode(), now=now) == seconds


def test_what_robots_txt_said_is_believed_for_a_while(db: Database) -> None:
    save_robots(db, RobotsTxt(SITE, "User-agent: *", 200, None, 2_000.0), now=1_000.0)
    known = read_robots(db, SITE, now=1_999.0)
    assert known is not None
    assert known.rules == "User-agent: *"
    assert read_robots(db, SITE, now=2_000.0) is None
    assert read_robots(db, SITE, now=999.0) is None, "it was dated by a clock that has been set back"


UNO, DOS = "/cuba/2026-10-05/uno", "/cuba/2026-10-05/dos"
FEED = (GRANMA, "/feed")
PAGE = html("<h1 class='g-story-heading'>Titular</h1><div class='story-body-text'><p>Uno.</p></div>")


def crawl(site: Site, database: Path, *settings: str) -> str:
    done = run("crawl", "--no-process", "--database", database, *local(site.hosts(GRANMA)), *settings, "granma-es")
    return done.stderr


def fetches(database: Path) -> dict[str, dict[str, object]]:
    with opened(database) as db:
        found = rows(db, "SELECT url, state, attempts, reason, next_at FROM fetches")
    return {str(row.pop("url")).partition(GRANMA)[2]: row for row in found}


def robots(site: Site) -> int:
    return site.asked.count((GRANMA, "/robots.txt"))


def test_robots_txt_is_kept_for_later_runs_and_says_what_is_forbidden(database: Path) -> None:
    rules = Says(f"User-agent: *\nDisallow: {DOS}\n".encode())
    links = feed(f"https://{GRANMA}{UNO}", f"https://{GRANMA}{DOS}")
    with Site({(GRANMA, "/robots.txt"): rules, FEED: links, (GRANMA, UNO): PAGE, (GRANMA, DOS): PAGE}) as site:
        crawl(site, database)
        crawl(site, database)
        assert robots(site) == 1, "a tick of cron does not ask for it anew"
        assert (GRANMA, DOS) not in site.asked
    assert {path: row["state"] for path, row in fetches(database).items()} == {UNO: "archived", DOS: "forbidden"}


def test_a_robots_txt_that_redirects_is_followed_and_one_that_circles_forbids(database: Path) -> None:
    moved = Says(status=302, headers={"Location": "/rules.txt"})
    rules = Says(f"User-agent: *\nDisallow: {DOS}\n".encode())
    links = feed(f"https://{GRANMA}{UNO}", f"https://{GRANMA}{DOS}")
    answers = {(GRANMA, "/rules.txt"): rules, FEED: links, (GRANMA, UNO): PAGE, (GRANMA, DOS): PAGE}
    with Site({**answers, (GRANMA, "/robots.txt"): moved}) as site:
        crawl(site, database)
        assert fetches(database)[DOS]["state"] == "forbidden"
        with opened(database) as db:
            db.conn.execute("DELETE FROM robots")
        site.answers[GRANMA, "/rules.txt"] = Says(status=302, headers={"Location": "/robots.txt"})
        site.asked.clear()
        crawl(site, database)
        assert {path for _, path in site.asked} == {"/robots.txt", "/rules.txt"}
        assert len(site.asked) == 6, "the first, and five redirects"


def test_a_host_that_rests_costs_no_attempt_and_no_request(database: Path) -> None:
    busy = Says(b"busy", 429, {"Retry-After": formatdate(time.time() + 7200, usegmt=True)})
    links = feed(f"https://{GRANMA}{UNO}", f"https://{GRANMA}{DOS}")
    with Site({FEED: links, (GRANMA, UNO): busy, (GRANMA, DOS): busy}) as site:
        crawl(site, database)
        asked = [path for _, path in site.asked if path in {UNO, DOS}]
        assert len(asked) == 1
        site.asked.clear()
        crawl(site, database)
        assert site.asked == [], "another process leaves it alone too"
    found = fetches(database)
    (other,) = {UNO, DOS} - set(asked)
    assert (found[asked[0]]["attempts"], found[asked[0]]["reason"]) == (1, "HTTP 429")
    assert (found[other]["attempts"], found[other]["reason"]) == (0, f"{GRANMA} asked to be left alone for a while")
    assert str(found[other]["next_at"]) > time.strftime("%Y-%m-%dT%H:%M", time.gmtime(time.time() + 6000))
    with opened(database) as db:
        assert rows(db, "SELECT DISTINCT failures FROM listings WHERE url LIKE '%/feed'") == [{"failures": 0}]


def test_who_asks_says_who_it_is(database: Path) -> None:
    from crawler_sockets import RawSite, says

    with RawSite({FEED: says(feed().body)}) as site:
        run(
            *("crawl", "--no-process", "--database", database, *local(site.hosts(GRANMA)), "granma-es"),
            *("-s", 'DEFAULT_REQUEST_HEADERS={"User-Agent": "Mozilla/5.0"}'),
            TRIWIRE_CONTACT="https://example.org/contact",
        )
        agents = {line for asked in site.asked for line in asked.head.split("\r\n") if line.startswith("User-Agent")}
    assert agents == {"User-Agent: triwire/0.1 (news research; +https://example.org/contact)"}


@pytest.mark.parametrize("setting", ["ROBOTSTXT_OBEY=False", "USER_AGENT=Mozilla/5.0", "TRIWIRE_CONTACT=me"])
def test_the_command_line_is_refused_in_a_sentence(database: Path, setting: str) -> None:
    done = run("crawl", "--no-process", "--database", database, "-s", setting, "granma-es", code=1)
    assert setting.partition("=")[0] in done.stderr
    assert "Traceback" not in done.stderr


def test_scrapy_s_own_commands_keep_the_manners_too(database: Path) -> None:
    """`scrapy fetch` uses a spider that is none of ours, so the components must refuse by themselves."""
    import subprocess

    from conftest import ROOT

    with Site({(GRANMA, "/"): PAGE}) as site:
        settings = ["-s", f"TRIWIRE_DATABASE={database}", "-s", "TRIWIRE_PROCESS=False", *local(site.hosts(GRANMA))]

        def fetch(*more: str) -> str:
            command = [sys.executable, "-m", "scrapy", "fetch", "--nolog", *settings, *more, f"http://{GRANMA}/"]
            return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout

        assert "Titular" in fetch()
        assert robots(site) == 1
        site.asked.clear()
        assert fetch("-s", "ROBOTSTXT_OBEY=False") == ""
        assert fetch("-s", f"DOWNLOADER_MIDDLEWARES={json.dumps({'crawler.robots.Robots': None})}") == ""
        assert site.asked == []


def test_an_unknown_source_is_named_with_those_there_are(database: Path) -> None:
    done = run("crawl", "--no-process", "--database", database, "granma", code=1)
    assert "granma-es" in done.stderr
