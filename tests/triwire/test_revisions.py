"""`triwire revisions`: what changed in an article, sentence by sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click import unstyle
from conftest import run

from storage.articles import Fetched, add_capture, save_extraction, save_language
from storage.database import opened, rows
from storage.frontier import Fetch, Sighting, add_address, discover, resolve, save_source, settle
from storage.listings import visit_listing
from storage.rechecks import note_answer, note_gone
from storage.records import Extraction, SourceFacts
from triwire.revisions import Piece, UnknownArticle, compare, find_article, history_lines, read_history

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

URL = "https://www.vietnamplus.vn/bao-so-11-post1071833.vnp"
BEFORE = "Bão số 11 đổ bộ sáng 17/10. Có 1.240 ngôi nhà bị tốc mái. Ba người chết.\n\nMưa còn lớn."
AFTER = (
    "Bão số 11 đổ bộ sáng 17/10. Có 1.420 ngôi nhà bị tốc mái. Ba người chết.\n\nMưa còn lớn. Chính phủ hỗ trợ 60 tỷ."
)


def known(db: Database, url: str = URL, source: str = "vietnamplus-vi") -> str:
    """An article that a listing named."""
    from crawler.catalogue import source_for

    save_source(db, SourceFacts(source, "VietnamPlus", "vi", "VN", "Asia/Ho_Chi_Minh", 1))
    visit_listing(db, "https://www.vietnamplus.vn/rss/home.rss", source)
    key = source_for(url).key(url)
    discover(db, source, "https://www.vietnamplus.vn/rss/home.rss", [Sighting(key, url, "Bão", None, None, None)])
    return str(resolve(db, key, url))


def seen(db: Database, article: str, title: str | None, body: str, *, version: int = 1) -> None:
    """The article's page came with this text."""
    capture = add_capture(db, Fetched(article, URL, 200, "text/html", f"{title}{body}", 1))
    settle(db, Fetch(article, URL, ""), "archived", status=200)
    note_answer(db, article, etag=None, last_modified=None, outcome="read")
    reading = Extraction(title, body, None, (), None, None, None, None, None, None)
    revision = save_extraction(db, capture, reading, version)
    if revision:
        save_language(db, revision, version=1, language="vi", probability=1, evidence={})


@pytest.fixture
def typhoon(database: Path) -> Path:
    """Three texts: the second corrects a figure, the third takes it back."""
    with opened(database) as db:
        article = known(db)
        seen(db, article, "Bão số 11", BEFORE)
        seen(db, article, "Bão số 11: ba người chết", AFTER)
        seen(db, article, "Bão số 11: ba người chết", BEFORE)
        moments = ("2026-10-18T03:05:00+00:00", "2026-10-18T04:10:00+00:00", "2026-10-18T09:00:00+00:00")
        for number, moment in enumerate(moments, start=1):
            db.conn.execute(
                "UPDATE captures SET fetched_at = ?, checked_at = ? WHERE number = ?", [moment] * 2 + [number]
            )
    return database


def test_there_and_back_again_are_three(typhoon: Path) -> None:
    with opened(typhoon) as db:
        history = read_history(db, find_article(db, URL))
    assert [revised.revision for revised in history.revised] == [1, 2, 3]
    assert [(revised.count("removed"), revised.count("added")) for revised in history.revised] == [
        (0, 0),
        (1, 2),
        (2, 1),
    ]


def test_the_change_is_told_by_sentence(typhoon: Path) -> None:
    lines = run("revisions", "--database", typhoon, URL).stdout.splitlines()
    start = lines.index("2.  seen from 2026-10-18 04:10 UTC: 1 sentences out, 2 in")
    assert lines[start + 1 : start + 10] == [
        " - headline: Bão số 11",
        " + headline: Bão số 11: ba người chết",
        "   Bão số 11 đổ bộ sáng 17/10.",
        " - Có 1.240 ngôi nhà bị tốc mái.",
        " + Có 1.420 ngôi nhà bị tốc mái.",
        "   Ba người chết.",
        "   Mưa còn lớn.",
        " + Chính phủ hỗ trợ 60 tỷ.",
        "",
    ]


def test_what_did_not_change_is_left_out(typhoon: Path) -> None:
    text = run("revisions", "--context", "0", "--database", typhoon, URL).stdout
    second = text.partition("2.  seen")[2].partition("3.  seen")[0]
    assert "Ba người chết." not in second
    assert "   …" in second


def test_colours_are_for_terminals(typhoon: Path) -> None:
    with opened(typhoon) as db:
        lines = list(history_lines(read_history(db, find_article(db, URL))))
    assert any("\x1b[31m" in line for line in lines)
    assert any("\x1b[32m" in line for line in lines)
    piped = run("revisions", "--database", typhoon, URL).stdout
    assert piped.splitlines() == [unstyle(line) for line in lines]
    assert "\x1b" not in piped


def test_programs_get_the_whole_diff(typhoon: Path) -> None:
    told = json.loads(run("revisions", "--json", "--database", typhoon, URL).stdout)
    assert (told["url"], told["source"], told["withdrawals"]) == (URL, "vietnamplus-vi", [])
    first, second, third = told["revisions"]
    assert first["diff"] == []
    assert (second["title_changed"], second["title_before"]) == (True, "Bão số 11")
    assert (second["sentences_added"], second["sentences_removed"], third["title_changed"]) == (2, 1, False)
    assert {"kind": "added", "text": "Có 1.420 ngôi nhà bị tốc mái."} in second["diff"]
    assert (second["seen_at"], second["checked_at"]) == ("2026-10-18T04:10:00+00:00",) * 2


@pytest.mark.parametrize(
    "spelling",
    [
        URL,
        "http://vietnamplus.vn/tieu-de-moi-post1071833.vnp?utm_source=zalo#top",
        "www.vietnamplus.vn/1071833.vnp",
        f"  {URL}  ",
        "https://short.example/x",
    ],
)
def test_any_spelling_of_its_address_finds_it(typhoon: Path, spelling: str) -> None:
    with opened(typhoon) as db:
        add_address(db, "https://short.example/x", find_article(db, URL), "redirect")
        article = find_article(db, URL)
        assert find_article(db, spelling) == article
        assert find_article(db, article) == article


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("https://www.vietnamplus.vn/khac-post1.vnp", "there is no article at this address"),
        ("0123456789abcdef", "there is no article with this id"),
        ("ftp://www.vietnamplus.vn/x", "neither the id nor the address"),
        ("bão", "there is no article at this address"),
        ("", "neither the id nor the address"),
    ],
)
def test_what_is_not_there_is_said(typhoon: Path, given: str, says: str) -> None:
    done = run("revisions", "--database", typhoon, given, code=1)
    assert says in done.stderr
    assert "triwire search" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_article_without_a_text_says_why(db: Database) -> None:
    article = known(db)
    with pytest.raises(UnknownArticle, match=r"nothing of it is stored \(queued\)"):
        read_history(db, article)
    settle(db, Fetch(article, URL, ""), "gone", reason="HTTP 404", status=404)
    with pytest.raises(UnknownArticle, match=r"gone: HTTP 404"):
        read_history(db, article)
    settle(db, Fetch(article, URL, ""), "archived", status=200)
    with pytest.raises(UnknownArticle, match="triwire process"):
        read_history(db, article)


def test_an_article_that_moved_is_the_one_that_it_moved_to(db: Database) -> None:
    old, new = known(db, "https://www.vietnamplus.vn/cu-post1.vnp"), known(db)
    settle(db, Fetch(old, URL, ""), "moved", moved_to=new)
    assert find_article(db, "https://www.vietnamplus.vn/cu-post1.vnp") == new


def test_one_text_is_told_as_such(db: Database) -> None:
    article = known(db)
    seen(db, article, "Bão số 11", BEFORE)
    lines = list(history_lines(read_history(db, article)))
    assert unstyle(lines[-1]).startswith("no other text was seen")


def test_a_better_extractor_is_no_change_of_the_article(db: Database) -> None:
    article = known(db)
    for version in (1, 2):
        seen(db, article, "Bão số 11", BEFORE + "!" * version, version=version)
    assert len(read_history(db, article).revised) == 1


def test_a_withdrawal_stands_in_the_history(db: Database) -> None:
    article = known(db)
    seen(db, article, None, BEFORE)
    note_gone(db, article, 410)
    lines = [unstyle(line) for line in history_lines(read_history(db, article))]
    assert any(line.startswith("gone (HTTP 410) on ") for line in lines)
    assert "   to be asked again a day later" in lines
    assert "   (no headline)" in lines


def test_the_list_of_changes_can_be_queried(typhoon: Path) -> None:
    with opened(typhoon) as db:
        found = rows(db, "SELECT revision, title, title_before, length_change FROM revision_list ORDER BY revision")
    change = len(AFTER) - len(BEFORE)
    assert found == [
        {
            "revision": 2,
            "title": "Bão số 11: ba người chết",
            "title_before": "Bão số 11",
            "length_change": change,
        },
        {"revision": 3, "title": "Bão số 11: ba người chết", "title_before": None, "length_change": -change},
    ]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ([], ["a"], ["+a"]),
        (["a"], [], ["-a"]),
        (["a", "b"], ["a", "b"], ["=a", "=b"]),
        (["a", "b", "c"], ["a", "x", "c"], ["=a", "-b", "+x", "=c"]),
        (["a", "a"], ["a"], ["=a", "-a"]),
    ],
)
def test_sentences_stay_go_or_come(before: list[str], after: list[str], pieces: list[str]) -> None:
    kinds = {"+": "added", "-": "removed", "=": "same"}
    assert list(compare(before, after)) == [Piece(kinds[piece[0]], piece[1:]) for piece in pieces]
