"""Crawls over several days, as sites change under them."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_site import Says, Site, html

from crawler.archive import ArchiveWriter, Exchange, archive_folder
from crawler.archivist import store_page
from storage.database import opened, rows
from storage.dump import dump_lines
from storage.frontier import Fetch, add_article, save_source
from storage.records import SourceFacts

if TYPE_CHECKING:
    from pathlib import Path

GRANMA, PRENSA = "www.granma.cu", "www.prensa-latina.cu"
FEED = (GRANMA, "/feed")
UNO, DOS = "/cuba/2026-10-05/uno", "/cuba/2026-10-05/dos"
DAY = "Mon, 05 Oct 2026 1{}:00:00 -0400"


def page(*paragraphs: str, head: str = "") -> Says:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    heading = '<h1 class="g-story-heading">Titular</h1>'
    return html(f"<html><head>{head}</head><body>{heading}<div class='story-body-text'>{body}</div></body></html>")


def feed(hour: int, *paths: str, host: str = GRANMA) -> Says:
    items = "".join(
        f"<item><title>Titular</title><link>https://{host}{path}</link><pubDate>{DAY.format(hour)}</pubDate></item>"
        for path in paths
    )
    return Says(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode())


def tick(site: Site, database: Path, *names: str, answers: dict[tuple[str, str], Says], process: bool = True) -> str:
    """One visit while the site says this."""
    site.answers.clear()
    site.answers.update(answers)
    site.asked.clear()
    flags = [] if process else ["--no-process"]
    hosts = local(site.hosts(GRANMA, PRENSA))
    return run("crawl", "--database", database, *flags, *hosts, *(names or ("granma-es",))).stderr


def texts(database: Path) -> list[str]:
    with opened(database) as db:
        found = rows(db, "SELECT t.text FROM revisions r JOIN texts t ON t.id = r.text ORDER BY r.article, r.number")
    return [str(row["text"]) for row in found]


def states(database: Path) -> dict[str, str]:
    with opened(database) as db:
        return {row["url"]: row["state"] for row in rows(db, "SELECT url, state FROM fetches")}


@pytest.mark.slow
def test_a_page_that_changes_and_changes_back_has_three_revisions(database: Path) -> None:
    with Site({}) as site:
        for hour, words in enumerate(("Uno.", "Dos.", "Uno.")):
            tick(site, database, answers={FEED: feed(hour, UNO), (GRANMA, UNO): page(words)})
    assert texts(database) == ["Uno.", "Dos.", "Uno."]
    with opened(database) as db:
        assert rows(db, "SELECT body FROM reading") == [{"body": "Uno."}]


def test_a_change_around_the_words_is_a_capture_and_no_revision(database: Path) -> None:
    with Site({}) as site:
        for hour, advert in enumerate(("one", "two")):
            answer = page("Uno.", head=f'<meta name="advert" content="{advert}">')
            tick(site, database, answers={FEED: feed(hour, UNO), (GRANMA, UNO): answer})
    assert texts(database) == ["Uno."]
    with opened(database) as db:
        assert db.table("captures").count == 2


def test_a_capture_that_is_read_late_takes_its_own_place(database: Path) -> None:
    from crawler.stage import Extract
    from storage.articles import read_capture

    url = f"https://{GRANMA}{UNO}"
    with opened(database) as db:
        save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
        article = add_article(db, url, url, "granma-es")
        archive = ArchiveWriter(db, archive_folder(database), "me")
        stage = Extract(database)
        captures = [
            store_page(db, archive, Fetch(article, url, ""), Exchange(url, 200, [], [], page(words).body))
            for words in ("Uno.", "Dos.", "Tres.")
        ]
        archive.close()
        for capture in (captures[0], captures[2], captures[1]):
            (task,) = stage.load(db, [capture])
            (result,) = stage.work([task])
            stage.save(db, capture, result)
            assert read_capture(db, capture).article == article
        assert [
            row["text"]
            for row in rows(db, "SELECT t.text FROM revisions r JOIN texts t ON t.id = r.text ORDER BY r.number")
        ] == ["Uno.", "Dos.", "Tres."]
        assert rows(db, "SELECT body FROM reading") == [{"body": "Tres."}]


def test_a_better_extractor_is_no_edit(database: Path) -> None:
    from crawler.stage import Extract

    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): page("Uno.")})
    with opened(database) as db:
        (capture,) = (row["id"] for row in rows(db, "SELECT id FROM captures"))
        stage = Extract(database)
        (task,) = stage.load(db, [capture])
        (result,) = stage.work([task])
        stage.version += 1
        stage.save(db, capture, replace(result, body="Uno, mejor leído."))
        versions = rows(db, "SELECT version, number FROM revisions ORDER BY version")
        assert versions == [{"version": stage.version - 1, "number": 1}, {"version": stage.version, "number": 1}]
        assert rows(db, "SELECT body FROM reading") == [{"body": "Uno, mejor leído."}]


@pytest.mark.parametrize("processed_first", [True, False])
def test_a_canonical_link_swallows_no_other_article(database: Path, processed_first: bool) -> None:
    original = f"https://{PRENSA}/2026/10/05/original/"
    copy = page("Copia.", head=f'<link rel="canonical" href="{original}"><meta property="og:url" content="{original}">')
    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): copy}, process=processed_first)
        listed = {(PRENSA, "/feed/"): feed(1, "/2026/10/05/original/", host=PRENSA)}
        tick(site, database, "prensa-latina", answers={**listed, (PRENSA, "/2026/10/05/original/"): page("Original.")})
    assert sorted(texts(database)) == ["Copia.", "Original."]


def test_a_redirect_to_a_listed_article_is_that_article(database: Path) -> None:
    moved = Says(status=301, headers={"Location": DOS})
    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO, DOS), (GRANMA, UNO): moved, (GRANMA, DOS): page("Dos.")})
    assert states(database) == {f"https://{GRANMA}{UNO}": "moved", f"https://{GRANMA}{DOS}": "archived"}
    assert texts(database) == ["Dos."]


def test_addresses_that_turn_round_lose_nothing(database: Path) -> None:
    to_dos, to_uno = (Says(status=301, headers={"Location": path}) for path in (DOS, UNO))
    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO, DOS), (GRANMA, UNO): to_dos, (GRANMA, DOS): page("Dos.")})
        tick(
            site, database, answers={FEED: feed(1, UNO, DOS), (GRANMA, DOS): to_uno, (GRANMA, UNO): page("Corregido.")}
        )
    assert "Corregido." in texts(database)


def test_a_sitemap_s_children_are_known_as_soon_as_it_is_read(database: Path) -> None:
    """The index does not change again, so whoever dies after reading it must leave its children noted."""
    host = "nhandan.vn"
    index = b"<sitemapindex><sitemap><loc>https://nhandan.vn/sitemaps/1.xml</loc></sitemap></sitemapindex>"
    with Site({(host, "/sitemap.xml"): Says(index), (host, "/sitemaps/1.xml"): Says(b"", 500)}) as site:
        run("crawl", "--no-process", "--database", database, *local(site.hosts(host)), "nhandan-vi")
        urls = b"<urlset><url><loc>https://nhandan.vn/mot-post1.html</loc></url></urlset>"
        site.answers[host, "/sitemaps/1.xml"] = Says(urls)
        run("crawl", "--no-process", "--database", database, *local(site.hosts(host)), "nhandan-vi")
    assert list(states(database)) == ["https://nhandan.vn/mot-post1.html"]


def test_what_an_older_rule_left_out_is_found_when_the_rule_changes(database: Path) -> None:
    host = "nhandan.vn"
    urls = b"<urlset><url><loc>https://nhandan.vn/mot-post1.html</loc><lastmod>2020-01-01</lastmod></url></urlset>"
    with Site({(host, "/sitemap.xml"): Says(urls)}) as site:
        hosts = local(site.hosts(host))[:2]
        run("crawl", "--no-process", "--database", database, *hosts, "nhandan-vi")
        assert states(database) == {}
        run("crawl", "--no-process", "--database", database, *hosts, "-s", "TRIWIRE_BACKFILL_DAYS=0", "nhandan-vi")
    assert list(states(database)) == ["https://nhandan.vn/mot-post1.html"]


@pytest.mark.slow
def test_a_listing_that_fails_for_a_while_leaves_no_trace_in_the_dump(database: Path) -> None:
    answers = {FEED: feed(0, UNO), (GRANMA, UNO): page("Uno.")}
    with Site({}) as site:
        tick(site, database, answers=answers)
        with opened(database) as db:
            before = list(dump_lines(db))
        tick(site, database, answers={FEED: Says(b"", 500)})
        tick(site, database, answers=answers)
    with opened(database) as db:
        assert list(dump_lines(db)) == before
        assert rows(db, "SELECT error FROM listings WHERE url LIKE '%/feed'") == [{"error": None}]


@pytest.mark.parametrize("damage", ["half", "checksum"])
def test_half_a_compressed_page_is_not_taken_for_the_whole(database: Path, damage: str) -> None:
    packed = gzip.compress(page("Uno.", "Dos.", "Tres." * 2000).body)
    broken = packed[: len(packed) // 2] if damage == "half" else packed[:-8] + b"12345678"
    answer = Says(broken, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): answer}, process=False)
        assert set(states(database).values()) == {"queued"}
        with opened(database) as db:
            assert "cut short or damaged" in rows(db, "SELECT reason FROM fetches")[0]["reason"]
        run("retry", "--database", database)
        whole = Says(packed, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): whole})
    assert set(states(database).values()) == {"archived"}
    assert texts(database)[0].startswith("Uno.\n\nDos.")


def test_a_page_that_was_gone_is_asked_for_again_on_retry(database: Path) -> None:
    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO)})
        assert set(states(database).values()) == {"gone"}
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): page("Uno.")})
        assert set(states(database).values()) == {"gone"}
        assert "1 to fetch again" in run("retry", "--database", database, "fetch").stdout
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): page("Uno.")})
    assert texts(database) == ["Uno."]


def test_a_server_that_asks_for_rest_is_not_asked_again_at_once(database: Path) -> None:
    busy = Says(b"busy", 503, {"Retry-After": "600"})
    with Site({}) as site:
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): busy})
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): page("Uno.")})
        assert (GRANMA, UNO) not in site.asked
    assert set(states(database).values()) == {"queued"}


def test_an_article_whose_pair_has_no_package_is_kept_found_and_queued(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.translation import packages
    from triwire.processing.process import process_once

    with Site({}) as site:
        words = "El presidente recibió a la delegación vietnamita en La Habana y firmaron un acuerdo."
        tick(site, database, answers={FEED: feed(0, UNO), (GRANMA, UNO): page(words)}, process=False)
    with monkeypatch.context() as without:
        without.setattr(packages, "starters", tuple)
        process_once(database, "test")
    with opened(database) as db:
        found = rows(db, "SELECT language, title_en, body_en, story_id IS NOT NULL AS grouped FROM reading")
    assert found == [{"language": "es", "title_en": None, "body_en": None, "grouped": 1}]
    assert "1 found" in run("search", "--database", database, "vietnamita").stderr
    status = run("status", "--database", database).stdout
    assert "triwire models install es-en" in status
    waiting = json.loads(run("status", "--json", "--database", database).stdout)["waiting"]
    assert [row["articles"] for row in waiting] == [1]
    process_once(database, "test")
    with opened(database) as db:
        assert rows(db, "SELECT body_en IS NOT NULL AS done FROM reading") == [{"done": 1}]
