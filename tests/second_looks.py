"""Granma over some days: pages that change, stay or go while the articles grow older."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import local, run
from crawler_site import Says, Site, feed, html

from crawler.stage import Extract
from storage.database import opened, rows

if TYPE_CHECKING:
    from pathlib import Path

GRANMA = "www.granma.cu"
FEED = (GRANMA, "/feed")
HOUR, DAY = 60, 24 * 60
"""In minutes."""


def page(*paragraphs: str, etag: str | None = None, title: str = "Titular") -> Says:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    answer = html(
        f"<html><body><h1 class='g-story-heading'>{title}</h1><div class='story-body-text'>{body}</div></body></html>"
    )
    return Says(answer.body, headers={**answer.headers, **({"ETag": etag} if etag else {})})


def listed(*paths: str) -> Says:
    return feed(*(f"https://{GRANMA}{path}" for path in paths))


def tick(site: Site, database: Path, *flags: str, answers: dict[tuple[str, str], Says]) -> str:
    """One visit while the site says this."""
    site.answers.clear()
    site.answers.update(answers)
    site.asked.clear()
    site.conditions.clear()
    hosts = local(site.hosts(GRANMA))
    return run("crawl", "--no-process", "--database", database, *hosts, *flags, "granma-es").stderr


def grow_older(database: Path, minutes: int) -> None:
    """What was archived and looked at was so many minutes earlier."""
    with opened(database) as db:
        for table, columns in {
            "rechecks": ("first_at", "looked_at", "next_at"),
            "withdrawals": ("noticed_at", "confirmed_at"),
        }.items():
            for column in columns:
                db.conn.execute(
                    f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%S+00:00', {column}, ?)",  # noqa: S608
                    [f"-{minutes} minutes"],
                )


def read_pages(database: Path) -> None:
    """Extract what was archived."""
    stage = Extract(database)
    with opened(database) as db:
        captures = [
            row["subject"] for row in rows(db, "SELECT subject FROM work WHERE stage = 'extract' ORDER BY place")
        ]
        for capture, result in zip(captures, stage.work(stage.load(db, captures)), strict=True):
            stage.save(db, capture, result)
        stage.settle(db, captures)


def path(name: str) -> str:
    return f"/cuba/2026-10-05/{name}"
