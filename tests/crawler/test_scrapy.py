"""`scrapy crawl` and `scrapy list`, as Scrapy's users expect them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import local

from storage.database import opened, rows
from triwire.demo.newsroom import Newsroom

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_scrapy_lists_the_sources() -> None:
    assert "granma-es" in scrapy("list").stdout.split()


def test_scrapy_crawl_leaves_the_result_translated_and_grouped(tmp_path: Path) -> None:
    database, items = tmp_path / "news.db", tmp_path / "items.json"
    with Newsroom() as newsroom:
        settings = ["-s", f"TRIWIRE_DATABASE={database}", *local(newsroom.hosts)]
        done = scrapy("crawl", "granma-es", *settings, "-O", str(items))
    assert done.returncode == 0, done.stderr
    with opened(database) as db:
        found = rows(db, "SELECT language, title_en, body_en, story_id FROM reading")
        watched = rows(db, "SELECT source, sum(extracted) AS extracted FROM source_days GROUP BY source")
    assert len(found) == 4
    assert all(row["story_id"] and row["body_en"] for row in found)
    assert watched == [{"source": "granma-es", "extracted": 4}]
    assert {item["changed"] for item in json.loads(items.read_text())} == {True}


def test_a_setting_turns_processing_off(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with Newsroom() as newsroom:
        settings = ["-s", f"TRIWIRE_DATABASE={database}", "-s", "TRIWIRE_PROCESS=False", *local(newsroom.hosts)]
        done = scrapy("crawl", "granma-en", *settings)
    assert done.returncode == 0, done.stderr
    with opened(database) as db:
        assert rows(db, "SELECT state, count(*) AS n FROM work GROUP BY state") == [{"state": "queued", "n": 2}]
        assert db.table("extractions").count == 0


def test_robots_txt_cannot_be_switched_off_here_either(tmp_path: Path) -> None:
    settings = ["-s", f"TRIWIRE_DATABASE={tmp_path / 'news.db'}", "-s", "ROBOTSTXT_OBEY=False"]
    done = scrapy("crawl", "granma-es", *settings)
    assert "ROBOTSTXT_OBEY is refused" in done.stderr + done.stdout


def test_a_private_address_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every name leads nowhere but to this machine, and the guard must notice before the connection is made."""
    database = tmp_path / "news.db"
    (tmp_path / "inside.py").write_text(
        "from crawler.spider import NewsSpider\n"
        "class Inside(NewsSpider):\n"
        "    name, outlet, hosts = 'inside', 'Inside', ('localhost',)\n"
        "    feeds = ('http://localhost:1/feed', 'http://127.1:1/feed', 'http://[::1]:1/feed', 'file:///etc/passwd')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    settings = ["-s", f"TRIWIRE_DATABASE={database}", "-s", "SPIDER_MODULES=inside", "-s", "TRIWIRE_PROCESS=False"]
    done = scrapy("crawl", "inside", *settings, "-s", "TRIWIRE_DELAY=1")
    assert done.returncode == 0, done.stderr
    with opened(database) as db:
        found = {row["url"]: row["error"] for row in rows(db, "SELECT url, error FROM listings")}
    assert len(found) == 5, "four feeds, and the home page, since none of them answers"
    for url, problems in found.items():
        assert "not a public address" in problems or "scheme" in problems, (url, problems)
