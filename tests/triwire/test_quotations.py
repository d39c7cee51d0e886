"""Articles in more than one language: each sentence goes by its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import run

from crawler.archive import ArchiveWriter, Exchange, archive_folder
from crawler.archivist import store_page
from storage.articles import save_language
from storage.database import opened, rows, value, writing
from storage.frontier import Fetch, add_article, save_source
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENGLISH = "The two sides agreed that the work on the new rice farms would begin before the end of the year."
SPANISH = "Agradecemos de todo corazón la ayuda que el pueblo vietnamita nos ha dado en estos años difíciles."
FRENCH = "Nous remercions le peuple vietnamien de l'aide qu'il nous a apportée pendant toutes ces années difficiles."
PARAGRAPHS = {
    "vi": [
        "Thứ trưởng cho biết hai nước sẽ mở rộng các cánh đồng lúa ở miền tây trong năm tới.",
        ENGLISH,
        SPANISH,
        FRENCH,
        "Sau cuộc họp, đoàn đã đi thăm một trang trại nuôi tôm và một nhà máy xay xát gạo.",
    ],
    "es": [
        "El viceministro anunció que los dos países ampliarán los arrozales del occidente el próximo año.",
        ENGLISH,
        "Después de la reunión, la delegación visitó una granja de camarones y un molino de arroz.",
    ],
    "en": [
        "The deputy minister said that the two countries would widen the rice fields of the west next year.",
        SPANISH,
        "After the meeting the delegation visited a shrimp farm and a rice mill.",
    ],
}
TITLES = {
    "vi": "Hai nước mở rộng các cánh đồng lúa ở miền tây",
    "es": "Los dos países ampliarán los arrozales del occidente",
    "en": "The two countries will widen the rice fields of the west",
}


def page(language: str) -> bytes:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[language])
    return f"<html><body><article><h1>{TITLES[language]}</h1>{words}</article></body></html>".encode()


def address(language: str) -> str:
    return f"https://{language}.example.org/news/rice-fields-widened-2026"


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("quotations") / "wire.db"
    with opened(database) as db:
        archive = ArchiveWriter(db, archive_folder(database), "me")
        for language in PARAGRAPHS:
            save_source(db, SourceFacts(language, language, language, None, "UTC", 0))
            article = add_article(db, address(language), address(language), language)
            content = [("Content-Type", "text/html; charset=utf-8")]
            exchange = Exchange(address(language), 200, [], content, page(language), "text/html")
            store_page(db, archive, Fetch(article, address(language), ""), exchange)
        archive.close()
    run("process", "--database", database)
    return database


@pytest.fixture(scope="module")
def read(processed: Path) -> Mapping[str, list[dict[str, object]]]:
    """Sentences, side by side, by the language of their article; and what `reading` has of each."""
    with opened(processed) as db:
        found = {
            language: rows(
                db,
                "SELECT v.original, v.translation, v.flags, v.package FROM side_by_side v JOIN articles a"
                " ON a.id = v.article WHERE a.source = ? AND v.field = 'body' ORDER BY v.number",
                [language],
            )
            for language in PARAGRAPHS
        }
        found["reading"] = rows(db, "SELECT language, body, body_en FROM reading ORDER BY language")
        return found


def row_of(read: Mapping[str, list[dict[str, object]]], language: str, sentence: str) -> dict[str, object]:
    (row,) = [row for row in read[language] if row["original"] == sentence]
    return row


@pytest.mark.parametrize(("article", "sentence"), [("vi", ENGLISH), ("es", ENGLISH), ("vi", FRENCH)])
def test_english_and_what_nothing_translates_stays_and_is_flagged(
    read: Mapping[str, list[dict[str, object]]], article: str, sentence: str
) -> None:
    row = row_of(read, article, sentence)
    assert row["translation"] == sentence
    assert json.loads(str(row["flags"])) == ["kept"]


def test_spanish_in_a_vietnamese_article_goes_through_the_spanish_package(
    read: Mapping[str, list[dict[str, object]]],
) -> None:
    row = row_of(read, "vi", SPANISH)
    assert "es-en" in str(row["package"]).replace("_", "-")
    assert "people" in str(row["translation"])


@pytest.mark.parametrize("article", ["vi", "es"])
def test_the_article_s_own_sentences_go_through_its_own_package(
    read: Mapping[str, list[dict[str, object]]], article: str
) -> None:
    for sentence in (PARAGRAPHS[article][0], PARAGRAPHS[article][-1]):
        row = row_of(read, article, sentence)
        assert f"{article}-en" in str(row["package"]).replace("_", "-")
        assert "kept" not in str(row["flags"])
        assert row["translation"] != sentence


def test_an_english_article_is_read_as_it_was_published(read: Mapping[str, list[dict[str, object]]]) -> None:
    assert read["en"] == []
    (article,) = [row for row in read["reading"] if row["language"] == "en"]
    assert SPANISH in str(article["body"])
    assert article["body_en"] == article["body"]


def test_each_article_keeps_the_language_of_most_of_it(read: Mapping[str, list[dict[str, object]]]) -> None:
    assert [row["language"] for row in read["reading"]] == ["en", "es", "vi"]


def test_a_translation_goes_with_the_language_that_it_was_from(processed: Path, tmp_path: Path) -> None:
    database = tmp_path / "wire.db"
    with opened(processed) as db:
        db.conn.execute("VACUUM INTO ?", [str(database)])
    with opened(database) as db:
        revision = str(value(db, "SELECT revision FROM identifications WHERE language = 'es'"))
        verdict = {"version": 3, "probability": 1.0, "evidence": {"by": "letters"}}
        with writing(db):
            save_language(db, revision, language="es", **verdict)
        assert value(db, "SELECT count(*) FROM translations WHERE revision = ?", [revision]) == 1
        with writing(db):
            save_language(db, revision, language="other", **verdict)
        assert rows(db, "SELECT title_en, body_en FROM reading WHERE language = 'other'") == [
            {"title_en": None, "body_en": None}
        ]
        assert value(db, "SELECT count(*) FROM sentences WHERE revision = ?", [revision]) == 0
