from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.articles import Fetched, add_capture, save_extraction, save_language
from storage.frontier import add_article, save_source
from storage.records import Extraction, SourceFacts
from storage.search import fold, match_expression, search

if TYPE_CHECKING:
    from sqlite_utils import Database


def store(db: Database, url: str, title: str, body: str, language: str = "vi") -> str:
    save_source(db, SourceFacts("demo", "Demo", None, None, "UTC", 0))
    article = add_article(db, url, url, "demo")
    capture = add_capture(db, Fetched(article, url, 200, "text/html", title, 1))
    extraction = Extraction(title, body, None, (), None, None, None, None, None, None)
    revision = save_extraction(db, capture, extraction, 1)
    assert revision
    save_language(db, revision, version=1, language=language, probability=1, evidence={})
    return article


def found(db: Database, query: str) -> list[object]:
    return [row["title"] for row in search(db, query)]


@pytest.fixture
def articles(db: Database) -> Database:
    store(db, "a", "Năm mới ở Hà Nội", "Ông Nguyễn Phú Trọng gửi lời chúc đồng bào.")
    store(db, "b", "Miền Nam vào mùa", "Đồng bằng sông Cửu Long thu hoạch lúa.")
    store(db, "c", "El año nuevo", "La Habana celebró con Vietnam.", "es")
    return db


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("Nguyen Phu Trong", ["Năm mới ở Hà Nội"]),
        ("Nguyễn Phú Trọng", ["Năm mới ở Hà Nội"]),
        ("dong bang", ["Miền Nam vào mùa"]),
        ("Đồng", ["Năm mới ở Hà Nội", "Miền Nam vào mùa"]),
        ("năm", ["Năm mới ở Hà Nội"]),
        ("nam", ["Năm mới ở Hà Nội", "Miền Nam vào mùa"]),
        ("ano", ["El año nuevo"]),
        ("año", ["El año nuevo"]),
        ('"sông Cửu Long"', ["Miền Nam vào mùa"]),
        ('"cuu long song"', []),
        ("habana nam", []),
        ("", []),
        ('"', []),
        ("* OR - (", []),
    ],
)
def test_marks_are_exact_and_their_absence_is_not(articles: Database, query: str, titles: list[str]) -> None:
    assert sorted(map(str, found(articles, query))) == sorted(titles)


def test_a_query_in_decomposed_letters_finds_the_same(articles: Database) -> None:
    assert found(articles, unicodedata.normalize("NFD", "Nguyễn Phú Trọng")) == ["Năm mới ở Hà Nội"]


def test_a_new_text_replaces_the_old_in_the_index(articles: Database) -> None:
    article = articles.conn.execute("SELECT id FROM articles WHERE key = 'c'").fetchone()[0]
    capture = add_capture(articles, Fetched(article, "c", 200, "text/html", "2", 1))
    extraction = Extraction("Otro título", "Otra cosa.", None, (), None, None, None, None, None, None)
    save_extraction(articles, capture, extraction, 1)
    assert found(articles, "habana") == []
    assert found(articles, "otra") == ["Otro título"]


@given(st.text())
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(unicodedata.normalize("NFC", text))


@given(st.text())
def test_no_query_is_a_syntax_error(text: str) -> None:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    columns = "title, title_en, body, body_en, title_folded, title_en_folded, body_folded, body_en_folded"
    connection.execute(f"CREATE VIRTUAL TABLE search USING fts5({columns})")
    expression = match_expression(text.replace("\x00", ""))
    if expression:
        connection.execute("SELECT * FROM search WHERE search MATCH ?", [expression]).fetchall()
    connection.close()
