"""The beat marks, ranks and, if asked, filters; every mark names its term."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_site import Says, Site
from second_looks import FEED, GRANMA, page, path, read_pages

from crawler.beat import BrokenBeat, parse_beat, shipped_beat
from crawler.marking import DEFAULT, mark_all, mark_queue, use_beat
from storage.beat import OFF_BEAT, Words, current_beat, translation_place
from storage.database import opened, rows, value
from storage.frontier import Sighting, discover, due_fetches, save_source
from storage.ledger import enqueue
from storage.listings import visit_listing
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

SHIPPED = parse_beat(shipped_beat())

SENTENCE = "Así lo dijo ayer el periodista durante la transmisión de la mañana, y muchos lo escucharon en el país."
BASEBALL = """
name = "Béisbol"

[sides]
"béisbol" = ""

[[terms]]
about = "themes"
side = "béisbol"
weight = 2
words = [
    "béisbol | pelota",
]
"""


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Vietnam", {"Việt Nam"}),
        ("Viet Nam", {"Việt Nam"}),
        ("VIỆT NAM", {"Việt Nam"}),
        ("Viêt Nam", set()),
        ("the Vietnamese delegation", {"Việt Nam"}),
        ("la delegación vietnamita", {"Việt Nam"}),
        ("Vietnam-Cuba ties", {"Việt Nam", "Cuba", "Việt Nam–Cuba"}),
        ("quan hệ Việt Nam – Cuba", {"Việt Nam", "Cuba", "Việt Nam–Cuba"}),
        ("Cu-ba", {"Cuba"}),
        ("Cuba’s rice", {"Cuba", "arroz"}),
        ("Araneta Center-Cubao", set()),
        ("una cuba de vino", set()),
        ("cụ bà 80 tuổi", set()),
        ("Cụ Bà", set()),
        ("thằng cu ba tuổi", set()),
        ("Tô Lâm", {"Tô Lâm"}),
        ("General Secretary To Lam", {"Tô Lâm"}),
        ("chiếc áo to lắm", set()),
        ("anh ấy tỏ lắm", set()),
        ("to lam", set()),
        ("Nguyễn Hoà Bình", {"Nguyễn Hòa Bình"}),
        ("Nguyễn Hòa Bình", {"Nguyễn Hòa Bình"}),
        ("Díaz-Canel", {"Miguel Díaz-Canel"}),
        ("Diaz Canel", {"Miguel Díaz-Canel"}),
        ("el viejo\nTo\nLam", set()),
        ("", set()),
    ],
)
def test_terms_are_whole_words_with_their_marks_or_without_any(text: str, terms: set[str]) -> None:
    assert SHIPPED.find(text) == terms


def test_decomposed_letters_are_the_same_letters() -> None:
    assert SHIPPED.find("Vie\u0323\u0302t Nam") == {"Việt Nam"}


@pytest.mark.parametrize(
    ("address", "terms"),
    [
        ("https://vnexpress.net/viet-nam-cuba-hop-tac-4801234.html", {"Việt Nam", "Cuba", "Việt Nam–Cuba"}),
        # cụ bà, and to lắm: an address has neither marks nor capitals.
        ("https://vnexpress.net/cu-ba-80-tuoi-to-lam-4801234.html", set()),
        # A source's own name is no word of its articles.
        ("https://en.vietnamplus.vn/a-post1.vnp", set()),
        ("https://www.granma.cu/m%C3%BAsica/hanoi", {"Hà Nội"}),
    ],
)
def test_addresses_are_read_with_care(address: str, terms: set[str]) -> None:
    judged = SHIPPED.judge(Words("a", None, address, "", "", ""))
    assert {mark.term for mark in judged.marks} == terms


@pytest.mark.parametrize(
    ("country", "title", "body", "lacks"),
    [
        ("CU", "Vietnam dona arroz", "", None),
        ("CU", "Cosecha de arroz en Camagüey", "", "off the beat: Việt Nam not named"),
        ("VN", "Lãnh tụ Fidel Castro ở Quảng Trị", "", None),
        ("VN", "Giá gạo tăng", "Nhu cầu của Cuba và Philippines tăng.", None),
        ("VN", "Giá gạo tăng", "", "off the beat: Cuba not named"),
        ("ES", "Cuba y Vietnam firman un acuerdo", "", None),
        ("ES", "Cuba recibe arroz", "", "off the beat: Việt Nam not named"),
        ("ES", "Llega a La Habana el presidente To Lam", "", None),
        (None, "Sube el arroz", "", "off the beat: Việt Nam and Cuba not named"),
        ("ES", "Prensa Latina y la TTXVN", "", "off the beat: Việt Nam and Cuba not named"),
        ("GB", "Visit to the Vietnam-Cuba Friendship Hospital", "", None),
    ],
)
def test_an_article_on_the_beat_names_every_side(country: str | None, title: str, body: str, lacks: str | None) -> None:
    judged = SHIPPED.judge(Words("a", country, "https://example.org/x", "", title, body))
    assert judged.lacks == lacks


def test_a_headline_weighs_three_times_and_a_term_counts_once() -> None:
    beat = parse_beat(BASEBALL)
    assert beat.judge(Words("a", None, "https://example.org/x", "", "", "pelota y béisbol")).rank == 2
    judged = beat.judge(Words("a", None, "https://example.org/x", "Pelota", "Béisbol", "pelota"))
    assert judged.rank == 6
    assert [(mark.place, mark.term) for mark in judged.marks] == [
        ("listing", "béisbol"),
        ("title", "béisbol"),
        ("body", "béisbol"),
    ]


def test_the_beat_that_comes_with_triwire_is_wide() -> None:
    assert len(SHIPPED.terms) >= 120
    assert SHIPPED.sides == {"Việt Nam": "VN", "Cuba": "CU"}
    assert {term.weight for term in SHIPPED.terms.values()} == {1, 2, 3, 5}
    assert all(term.sides for term in SHIPPED.terms.values() if term.weight > 1)


def test_comments_and_order_make_no_other_beat() -> None:
    assert parse_beat(BASEBALL + "# a comment\n").version == parse_beat(BASEBALL).version
    assert parse_beat(BASEBALL.replace("pelota", "cuadrangular")).version != parse_beat(BASEBALL).version


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ('name = "Béisbol"', 'name = "Béisbol', None, "at line 2"),
        ('name = "Béisbol"', "", None, "what is the beat called"),
        ('"béisbol" = ""', '"béisbol" = "Cuba"', 5, "country in two capitals"),
        ("weight = 2", "weight = 9", 10, "from 1 to 5"),
        ("weight = 2", "weigth = 2", 10, "'weigth' in [[terms]] is not known"),
        ("weight = 2", 'weight = "2"', 10, "whole number"),
        ('side = "béisbol"', 'side = "fútbol"', 9, "side must be one of béisbol"),
        ('    "béisbol | pelota",', "    7,", 12, "write it in quotes"),
        ('    "béisbol | pelota",', '    "VN | pelota",', 12, "too short"),
        ('    "béisbol | pelota",', '    "béisbol |",', 12, "too short"),
        ('    "béisbol | pelota",', '    "béisbol",\n    "pelota | béisbol",', 13, "there twice"),
        ('side = "béisbol"\n', "", 5, "no term names side"),
        ("[[terms]]", "[[themes]]", 7, "'themes' is not known"),
    ],
)
def test_a_broken_beat_names_the_line(before: str, after: str, line: int | None, reason: str) -> None:
    text = BASEBALL.replace(before, after, 1)
    assert text != BASEBALL
    with pytest.raises(BrokenBeat) as broken:
        parse_beat(text, "mine.toml")
    assert reason in str(broken.value)
    assert str(broken.value).startswith("mine.toml")
    assert broken.value.line == line


@pytest.mark.parametrize(("content", "reason"), [(None, "cannot be read"), (b"\xff\xfe", "not UTF-8")])
def test_a_beat_that_cannot_be_read_ends_the_crawl_with_a_line(
    database: Path, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "mine.toml"
    if content:
        file.write_bytes(content)
    done = run("crawl", "--no-process", "--database", database, "--beat", file, "granma-es", code=1)
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_a_beat_of_one_s_own_stays_until_another_is_given(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(BASEBALL, encoding="utf-8")
    assert use_beat(db).name == "Việt Nam–Cuba"
    assert use_beat(db, str(file)).name == "Béisbol"
    assert use_beat(db).name == "Béisbol"
    assert use_beat(db, DEFAULT).name == "Việt Nam–Cuba"
    monkeypatch.setenv("TRIWIRE_BEAT", str(file))
    assert use_beat(db).name == "Béisbol"
    known = current_beat(db)
    assert known is not None
    assert known.file == BASEBALL


def listed(db: Database, **titles: str) -> dict[str, str]:
    """Articles of Granma, queued; name to id."""
    save_source(db, SourceFacts("granma-es", "Granma", "es", "CU", "America/Havana", 1))
    visit_listing(db, "https://www.granma.cu/feed", "granma-es")
    urls = {name: f"https://{GRANMA}{path(name)}" for name in titles}
    sightings = [Sighting(urls[name], urls[name], title, None, None, None) for name, title in titles.items()]
    discover(db, "granma-es", "https://www.granma.cu/feed", sightings)
    return {name: value(db, "SELECT id FROM articles WHERE url = ?", [url]) for name, url in urls.items()}


def test_marking_a_queue_costs_what_is_in_it(tmp_path: Path) -> None:
    """Counted in SQLite's own steps, since a spider marks while every request of the crawl waits."""

    def steps(articles: int) -> int:
        counted = 0

        def count() -> None:
            nonlocal counted
            counted += 1

        with opened(tmp_path / f"{articles}.db") as db:
            listed(db, **{f"nota-{n}": "Visita a Hanoi" for n in range(articles)})
            use_beat(db)
            db.conn.set_progress_handler(count, 1_000)
            assert mark_queue(db, "granma-es") == articles
            assert mark_queue(db, "granma-es") == 0
        return counted

    assert steps(2_400) < 1.3 * 4 * steps(600)


def test_another_listing_s_words_count_too(db: Database) -> None:
    articles = listed(db, uno="Visita oficial")
    use_beat(db)
    assert mark_all(db) == 1
    assert value(db, "SELECT on_beat FROM ranks") == 0
    listed(db, uno="Visita oficial a Hanoi")
    assert mark_all(db) == 0, "the same naming says nothing new"
    visit_listing(db, "https://www.granma.cu/other", "granma-es")
    url = f"https://{GRANMA}{path('uno')}"
    again = Sighting(url, url, "Visita oficial a Hanoi", None, None, None)
    discover(db, "granma-es", "https://www.granma.cu/other", [again])
    assert mark_all(db) == 1
    assert rows(db, "SELECT on_beat, lacks FROM ranks") == [{"on_beat": 1, "lacks": None}]
    assert {row["article"] for row in rows(db, "SELECT article FROM marks")} == {articles["uno"]}


def test_the_beat_is_fetched_first(db: Database) -> None:
    articles = listed(db, uno="Béisbol", dos="Arroz de Vietnam", tres="Lluvia")
    mark_all(db)
    assert due_fetches(db, "granma-es", 3)[0].article == articles["dos"]


def test_a_changed_beat_marks_everything_anew(db: Database, tmp_path: Path) -> None:
    articles = listed(db, uno="Béisbol", dos="Arroz de Vietnam")
    mark_all(db)
    file = tmp_path / "mine.toml"
    file.write_text(BASEBALL, encoding="utf-8")
    beat = use_beat(db, str(file))
    assert mark_all(db) == 2
    assert rows(db, "SELECT article FROM ranks WHERE on_beat") == [{"article": articles["uno"]}]
    assert rows(db, "SELECT term, place, beat FROM marks") == [
        {"term": "béisbol", "place": "listing", "beat": beat.version}
    ]


def test_the_beat_is_translated_first(db: Database) -> None:
    from storage.beat import save_judgement

    articles = listed(db, uno="Béisbol", dos="Arroz de Vietnam")
    mark_all(db)
    for name, article in articles.items():
        db.conn.execute(
            "INSERT INTO captures (id, article, number, url, sha256, length, fetched_at, checked_at)"
            " VALUES (?, ?, 1, '', '', 0, '', '')",
            [name, article],
        )
        db.conn.execute("INSERT OR IGNORE INTO texts (id, text) VALUES ('t', '')")
        db.conn.execute(
            "INSERT INTO extractions (id, capture, article, version, text, authors, missing, problems, extracted_at)"
            " VALUES (?, ?, ?, 1, 't', '[]', '[]', '[]', '')",
            [name, name, article],
        )
        db.conn.execute(
            "INSERT INTO revisions (id, article, version, number, extraction, text) VALUES (?, ?, 1, 1, ?, 't')",
            [name, article, name],
        )
        enqueue(db, "translate", name, version=1, place=translation_place(db, name))
    assert [translation_place(db, name) for name in ("uno", "dos")] == [1 + OFF_BEAT, 1]
    # Another beat: the queue follows.
    save_judgement(
        db,
        articles["uno"],
        str(value(db, "SELECT version FROM beats")),
        SHIPPED.judge(Words(articles["uno"], "CU", "https://example.org", "Hanoi", "", "")),
    )
    assert {row["subject"]: row["place"] for row in rows(db, "SELECT subject, place FROM work")} == {"uno": 1, "dos": 1}


@dataclass
class Filtered:
    """A crawl of the beat alone, and what came after it."""

    db: Database
    asked: dict[str, list[str]] = field(default_factory=dict)
    held: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def filtered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filtered]:
    folder = tmp_path_factory.mktemp("filtered")
    database, own = folder / "news.db", folder / "mine.toml"
    own.write_text(BASEBALL, encoding="utf-8")
    titles = {"arroz": "Vietnam dona arroz", "pelota": "Play off de béisbol", "lluvia": "Lluvias en Artemisa"}
    items = "".join(
        f"<item><title>{title}</title><link>https://{GRANMA}{path(name)}</link></item>"
        for name, title in titles.items()
    )
    rss = Says(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode())
    pages = {(GRANMA, path(name)): page(f"{title}. {SENTENCE}", title=title) for name, title in titles.items()}
    with opened(database) as db, Site({FEED: rss, **pages}) as site:
        filtered = Filtered(db)
        for name, flags in {
            "beat only": ["--beat-only"],
            "everything": [],
            "another beat": ["--beat", str(own), "-s", "TRIWIRE_BEAT_ONLY=True"],
            "released": ["--beat-only"],
        }.items():
            if name == "released":
                filtered.told["retry all"] = run("retry", "--database", database).stdout
                filtered.told["retry"] = run("retry", "--database", database, "held").stdout
            site.asked.clear()
            hosts = local(site.hosts(GRANMA))
            done = run("crawl", "--no-process", "--database", database, *hosts, *flags, "granma-es")
            filtered.told[name] = done.stderr
            filtered.asked[name] = [where.rpartition("/")[2] for _, where in site.asked if where.startswith("/cuba/")]
            filtered.held[name] = rows(db, "SELECT listed_title, reason, terms FROM held_back WHERE NOT released")
        filtered.told["status"] = run("status", "--database", database).stdout
        read_pages(database)
        yield filtered


def test_only_the_beat_is_fetched_if_asked(filtered: Filtered) -> None:
    assert filtered.asked["beat only"] == ["arroz"]


def test_what_is_left_out_is_there_with_its_reason(filtered: Filtered) -> None:
    held = filtered.held["beat only"]
    assert {row["listed_title"] for row in held} == {"Lluvias en Artemisa", "Play off de béisbol"}
    assert {row["reason"] for row in held} == {"off the beat: Việt Nam not named"}


def test_what_is_held_back_stays_so_when_everything_is_fetched(filtered: Filtered) -> None:
    assert filtered.asked["everything"] == []


def test_another_beat_lets_go_of_what_is_on_it(filtered: Filtered) -> None:
    assert filtered.asked["another beat"] == ["pelota"]
    assert [row["listed_title"] for row in filtered.held["another beat"]] == ["Lluvias en Artemisa"]


def test_retry_has_the_rest_fetched_if_it_is_named(filtered: Filtered) -> None:
    assert filtered.told["retry all"].startswith("0 to fetch again")
    assert filtered.told["retry"].startswith("1 to fetch again")
    assert filtered.asked["released"] == ["lluvia"]
    assert filtered.held["released"] == []


def test_status_names_the_beat(filtered: Filtered) -> None:
    assert "beat Béisbol: 1 articles" in filtered.told["status"]


def test_a_page_is_marked_by_its_title_and_body(filtered: Filtered) -> None:
    found = rows(
        filtered.db,
        "SELECT m.place, m.term FROM marks m JOIN articles a ON a.id = m.article WHERE a.url LIKE '%/pelota'",
    )
    assert {(row["place"], row["term"]) for row in found} == {
        (place, "béisbol") for place in ("listing", "address", "title", "body")
    }
    assert rows(filtered.db, "SELECT headline, rank, terms FROM beat") == [
        {"headline": "Play off de béisbol", "rank": 6, "terms": "béisbol"}
    ]


def test_identification_queues_the_beat_for_translation_first(filtered: Filtered) -> None:
    from pipeline.stages.identify import Identify

    stage, db = Identify(), filtered.db
    names = {
        row["id"]: row["url"].rpartition("/")[2]
        for row in rows(db, "SELECT r.id, a.url FROM revisions r JOIN articles a ON a.id = r.article")
    }
    for revision, verdict in zip(names, stage.work(stage.load(db, list(names))), strict=True):
        stage.save(db, revision, verdict)
    queued = rows(db, "SELECT subject, place FROM work WHERE stage = 'translate'")
    assert {names[row["subject"]]: row["place"] for row in queued} == {
        "pelota": 1,
        "arroz": OFF_BEAT + 1,
        "lluvia": OFF_BEAT + 1,
    }


def test_every_article_is_marked_in_the_end(filtered: Filtered) -> None:
    assert value(filtered.db, "SELECT count(*) FROM ranks WHERE beat IS NULL") == 0
