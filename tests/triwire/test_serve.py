"""What `triwire serve` shows: every page and every ready question answers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from conftest import local, run

from storage.readme import with_schema
from triwire.demo.newsroom import Newsroom
from triwire.newsroom import datasette_arguments
from triwire.newsroom.metadata import QUERIES, TARGET, as_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Asks Datasette, in this process, about a crawl of two sources."""
    from datasette.app import Datasette

    database = tmp_path_factory.mktemp("serve") / "wire.db"
    with Newsroom() as newsroom:
        run("crawl", "--database", database, *local(newsroom.hosts), "vietnamplus-vi", "vietnamplus-en")
    datasette = Datasette(
        [str(database)],
        metadata=yaml.safe_load(TARGET.read_text(encoding="utf-8")),
        plugins_dir=str(TARGET.parent / "plugins"),
    )

    def ask(path: str) -> Any:
        return asyncio.run(datasette.client.get(path))

    return ask


def rows(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text[:500]
    found: list[dict[str, Any]] = response.json()
    return found


def test_metadata_says_what_the_schema_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == as_yaml(), "run python -m triwire.newsroom.metadata"


def test_the_readme_says_what_the_schema_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == with_schema(readme), "run python -m storage.readme README.md"


@pytest.mark.parametrize("query", QUERIES)
def test_every_ready_question_answers(get: Callable[[str], Any], query: str) -> None:
    story = rows(get("/wire/story_list.json?_shape=array&_sort_desc=articles"))[0]["story"]
    rows(get(f"/wire/{query}.json?_shape=array&story={story}&article={story}&words=Cuba"))


def test_find_follows_the_rules_of_search(get: Callable[[str], Any]) -> None:
    with_marks = {row["article"] for row in rows(get("/wire/find.json?_shape=array&words=Việt"))}
    without = {row["article"] for row in rows(get("/wire/find.json?_shape=array&words=viet"))}
    assert with_marks
    assert with_marks <= without


@pytest.mark.parametrize("view", ["headlines", "reading", "story_list", "why_grouped", "side_by_side", "problems"])
def test_every_view_is_described_under_any_name_of_the_database(get: Callable[[str], Any], view: str) -> None:
    page = get(f"/wire/{view}")
    assert page.status_code == 200
    assert "column-descriptions" in page.text


def test_the_first_page_says_where_to_begin(get: Callable[[str], Any]) -> None:
    assert 'href="/wire/story_list"' in get("/wire").text


def test_a_story_id_leads_to_its_story(get: Callable[[str], Any]) -> None:
    assert "/wire/story?story=" in get("/wire/headlines").text


def test_markup_in_an_article_stays_text(get: Callable[[str], Any], tmp_path: Path) -> None:
    from triwire.newsroom.plugins import triwire_newsroom as plugin

    shown = plugin.render_cell("<script>alert(1)</script>\n\nTwo", "body", "reading", "wire", _Urls())
    assert str(shown) == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>Two</p>"


class _Urls:
    @property
    def urls(self) -> _Urls:
        return self

    def database(self, name: str) -> str:
        return f"/{name}"


def test_datasette_is_told_about_descriptions_and_functions(tmp_path: Path) -> None:
    arguments = datasette_arguments(tmp_path / "news.db", "127.0.0.1", 8001)
    for flag in ("--metadata", "--plugins-dir"):
        assert Path(arguments[arguments.index(flag) + 1]).exists()
