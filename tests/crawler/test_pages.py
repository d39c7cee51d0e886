"""The saved pages: a folder for each page, a test for each field. All texts are invented; the shapes are the sites'.

To add one: `tests/pages/<source>/<slug>/page.html` and `expected.json`, whose `body` is a list of paragraphs.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from crawler.catalogue import source_for, sources
from crawler.extraction import Page, as_json, examine

PAGES = Path(__file__).parent.parent / "pages"
CASES = sorted(f"{folder.parent.name}/{folder.name}" for folder in PAGES.glob("*/*") if folder.is_dir())
FIELDS = (
    "title",
    "lead",
    "body",
    "authors",
    "published",
    "published_from",
    "updated",
    "section",
    "canonical_url",
    "image_url",
    "declared_language",
)


@cache
def expected(case: str) -> dict[str, object]:
    return json.loads((PAGES / case / "expected.json").read_text(encoding="utf-8"))


@cache
def found(case: str) -> dict[str, object]:
    facts = expected(case)
    page = Page(str(facts["url"]), (PAGES / case / "page.html").read_bytes(), "text/html; charset=utf-8")
    record = dict(as_json(examine(page, sources()[case.partition("/")[0]]).extraction))
    record["body"] = str(record["body"]).split("\n\n") if record["body"] else []
    return record


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("case", CASES)
def test_saved_page_reads_as_expected(case: str, field: str) -> None:
    assert found(case)[field] == expected(case)[field]


@pytest.mark.parametrize("case", CASES)
def test_expectation_names_every_field_and_the_address(case: str) -> None:
    assert set(expected(case)) == {*FIELDS, "url"}


@pytest.mark.parametrize("case", CASES)
def test_saved_page_has_an_address_of_its_source(case: str) -> None:
    url = str(expected(case)["url"])
    assert source_for(url).name == case.partition("/")[0]
    assert source_for(url).is_article(url)


def test_every_source_has_a_saved_page() -> None:
    assert {case.partition("/")[0] for case in CASES} == set(sources())
