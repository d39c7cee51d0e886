"""From the demo newsroom's feeds to stories in three languages: the whole house, as a user runs it."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import local, run

import triwire.demo.newsroom
from storage.database import opened, rows
from storage.dump import dump_lines
from triwire.demo.newsroom import Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

EXPECTED: dict[str, Any] = tomllib.loads(
    Path(triwire.demo.newsroom.__file__).with_name("expected.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Wire:
    """The database after two crawls with a correction between them, and after a third with nothing new."""

    db: Database
    first: list[str]
    second: list[str]
    third: list[str]
    requests: list[tuple[str, str, int]]
    third_requests: list[tuple[str, str, int]]


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    database = tmp_path_factory.mktemp("wire") / "news.db"
    dumps = []
    with Newsroom() as newsroom:
        for edition in (1, 2, 2):
            newsroom.turn(edition)
            before = len(newsroom.requests)
            run("crawl", "--now", "--database", database, *local(newsroom.hosts))
            with opened(database) as db:
                dumps.append(list(dump_lines(db)))
        requests = newsroom.requests
    with opened(database) as db:
        yield Wire(db, *dumps, requests=requests, third_requests=requests[before:])


def story_of(db: Database) -> dict[str, str]:
    """Story by URL of the page; every alias of an article counts."""
    found = rows(db, "SELECT d.url, s.story FROM addresses d JOIN stories s ON s.article = d.article")
    found += rows(db, "SELECT url, story_id AS story FROM reading")
    return {row["url"]: row["story"] for row in found}


@pytest.mark.parametrize("story", EXPECTED["stories"], ids=lambda story: story["name"])
def test_a_story_holds_its_articles_and_no_others(wire: Wire, story: dict[str, Any]) -> None:
    found = story_of(wire.db)
    ids = {found[url] for url in story["articles"]}
    assert len(ids) == 1
    held = rows(wire.db, "SELECT url FROM reading WHERE story_id = ?", list(ids))
    assert len(held) == len(story["articles"])


@pytest.mark.parametrize("url", EXPECTED["alone"])
def test_an_article_of_its_own_stands_alone(wire: Wire, url: str) -> None:
    story = story_of(wire.db)[url]
    assert len(rows(wire.db, "SELECT 1 FROM stories WHERE story = ?", [story])) == 1


@pytest.mark.parametrize("pair", EXPECTED["apart"], ids=lambda pair: pair["why"][:40])
def test_look_alikes_are_kept_apart(wire: Wire, pair: dict[str, Any]) -> None:
    found = story_of(wire.db)
    one, other = pair["articles"]
    assert found[one] != found[other]


def test_every_article_with_a_page_is_there_once(wire: Wire) -> None:
    listed = [url for story in EXPECTED["stories"] for url in story["articles"]] + EXPECTED["alone"]
    others = EXPECTED["languages"]["other"]
    assert wire.db.view("reading").count == len(listed) + len(others)
    assert len(set(story_of(wire.db).values())) == len(EXPECTED["stories"]) + len(EXPECTED["alone"]) + len(others)


def test_every_article_has_a_story_if_only_its_own(wire: Wire) -> None:
    assert rows(wire.db, "SELECT url FROM reading WHERE story_id IS NULL") == []


def test_pages_that_could_not_be_had_say_why(wire: Wire) -> None:
    found = {
        row["url"]: row["state"]
        for row in rows(wire.db, "SELECT url, state FROM fetches WHERE state NOT IN ('archived', 'moved')")
    }
    unstored = EXPECTED["unstored"]
    assert found == {
        **dict.fromkeys(unstored["gone"], "gone"),
        **dict.fromkeys(unstored["forbidden"], "forbidden"),
    }


def test_what_robots_txt_forbids_was_never_asked_for(wire: Wire) -> None:
    asked = {f"https://{host}{path}" for host, path, _ in wire.requests}
    assert not asked & set(EXPECTED["unstored"]["forbidden"])


def test_robots_txt_comes_before_anything_else(wire: Wire) -> None:
    firsts: dict[str, str] = {}
    for host, path, _ in wire.requests:
        firsts.setdefault(host, path)
    assert set(firsts.values()) == {"/robots.txt"}


def test_languages_are_told(wire: Wire) -> None:
    others = rows(wire.db, "SELECT url FROM reading WHERE language = 'other'")
    assert [row["url"] for row in others] == EXPECTED["languages"]["other"]
    assert {row["language"] for row in rows(wire.db, "SELECT language FROM reading")} == {"vi", "es", "en", "other"}


def test_everything_in_vietnamese_and_spanish_has_english(wire: Wire) -> None:
    missing = rows(
        wire.db,
        "SELECT url FROM reading WHERE language IN ('vi', 'es', 'en') AND (title_en IS NULL OR body_en IS NULL)",
    )
    assert missing == []


def test_english_articles_repeat_themselves(wire: Wire) -> None:
    different = "SELECT url FROM reading WHERE language = 'en' AND (title <> title_en OR body <> body_en)"
    assert rows(wire.db, different) == []


def test_each_sentence_knows_its_source_and_its_package(wire: Wire) -> None:
    found = rows(
        wire.db,
        "SELECT article, group_concat(original, ' ') AS original FROM"
        " (SELECT * FROM side_by_side WHERE field = 'body' ORDER BY article, number) GROUP BY article",
    )
    bodies = {row["id"]: " ".join(row["body"].split()) for row in rows(wire.db, "SELECT id, body FROM reading")}
    assert found
    for row in found:
        assert row["original"] == bodies[row["article"]]
    packages = rows(wire.db, "SELECT DISTINCT length(package_sha256) AS n FROM side_by_side")
    assert packages == [{"n": 64}]


def test_paragraphs_survive_translation(wire: Wire) -> None:
    for row in rows(wire.db, "SELECT url, body, body_en FROM reading WHERE body_en IS NOT NULL"):
        assert row["body"].count("\n\n") == row["body_en"].count("\n\n"), row["url"]


def test_the_correction_is_a_second_revision(wire: Wire) -> None:
    revised = rows(
        wire.db,
        "SELECT a.url, max(r.number) AS revisions FROM revisions r JOIN articles a ON a.id = r.article"
        " GROUP BY r.article HAVING revisions > 1",
    )
    assert [(row["url"], row["revisions"]) for row in revised] == [(EXPECTED["correction"]["url"], 2)]


def test_both_texts_of_the_corrected_article_are_kept(wire: Wire) -> None:
    texts = rows(
        wire.db,
        "SELECT t.text FROM revisions r JOIN texts t ON t.id = r.text JOIN articles a ON a.id = r.article"
        " WHERE a.url = ? ORDER BY r.number",
        [EXPECTED["correction"]["url"]],
    )
    assert len({row["text"] for row in texts}) == 2


def test_a_crawl_with_nothing_new_changes_nothing(wire: Wire) -> None:
    assert wire.third == wire.second
    assert wire.second != wire.first


def test_a_crawl_with_nothing_new_fetches_no_page_again(wire: Wire) -> None:
    statuses = {status for _, path, status in wire.third_requests if path != "/robots.txt"}
    # The newsroom has not every feed of the real sites.
    assert statuses <= {304, 404}


def test_every_page_is_fetched_once_and_the_corrected_one_twice(wire: Wire) -> None:
    fetched = rows(
        wire.db, "SELECT a.url, count(*) AS n FROM captures c JOIN articles a ON a.id = c.article GROUP BY 1"
    )
    assert {row["url"] for row in fetched if row["n"] > 1} == {EXPECTED["correction"]["url"]}


def test_a_copy_shows_the_passages_that_it_shares(wire: Wire) -> None:
    found = rows(wire.db, "SELECT a, b, evidence FROM edges WHERE kind IN ('near', 'template')")
    assert found
    for row in found:
        passages = json.loads(row["evidence"])["passages"]
        texts = rows(wire.db, "SELECT body FROM reading WHERE id IN (?, ?)", [row["a"], row["b"]])
        folded = [" ".join(re.findall(r"\w+", text["body"].casefold())) for text in texts]
        assert passages
        assert all(passage in body for passage in passages for body in folded)


def test_names_are_found_with_and_without_marks(wire: Wire) -> None:
    with_marks = run("search", "--database", _path(wire), "Nguyễn Thu Hằng").stdout
    without = run("search", "--database", _path(wire), "Nguyen Thu Hang").stdout
    assert "5.200 tấn gạo" in with_marks
    assert "5,200 tonnes of rice" in without
    assert set(with_marks.splitlines()) < set(without.splitlines())


def test_status_is_readable_by_programs(wire: Wire) -> None:
    state = json.loads(run("status", "--json", "--database", _path(wire)).stdout)
    assert state["articles"] == wire.db.table("articles").count
    assert state["waiting"] == []
    assert {row["state"] for row in state["work"]} == {"done"}


def test_every_capture_and_revision_was_counted_once_in_each_stage(wire: Wire) -> None:
    tallies = [json.loads(row["tally"]) for row in rows(wire.db, "SELECT tally FROM runs WHERE ended_at IS NOT NULL")]
    assert len(tallies) == 3
    for row in rows(wire.db, "SELECT stage, count(*) AS n FROM work GROUP BY stage"):
        assert sum(tally.get(row["stage"], {}).get("taken", 0) for tally in tallies) == row["n"], row["stage"]


def test_no_row_points_at_nothing(wire: Wire) -> None:
    assert wire.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def _path(wire: Wire) -> str:
    return str(wire.db.conn.execute("PRAGMA database_list").fetchone()[2])
