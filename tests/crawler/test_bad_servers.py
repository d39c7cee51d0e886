"""Servers that break the rules. Each ends in an outcome that can be seen, in good time, and costs nothing else."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from conftest import local, run
from crawler_sockets import Line, RawSite, says, sends

from crawler.archive import archive_folder, read_body
from crawler.stage import Extract
from storage.database import opened, rows
from storage.ledger import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

GRANMA, GRANMA_EN, PRENSA, QDND = "www.granma.cu", "en.granma.cu", "www.prensa-latina.cu", "www.qdnd.vn"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
WORDS = "El presidente recibió a la delegación vietnamita y ambos países firmaron un acuerdo."
SECONDS = 3


def page(title: str, words: str = WORDS, encoding: str = "utf-8") -> bytes:
    text = f'<h1 class="g-story-heading">{title}</h1><div class="story-body-text"><p>{words} {title}.</p></div>'
    return f"<html><head><title>{title}</title></head><body>{text}</body></html>".encode(encoding)


def packed(body: bytes, coding: str) -> Callable[[Line], None]:
    return says(body, Content_Encoding=coding)


def resets(*pieces: bytes) -> Callable[[Line], None]:
    def answer(line: Line) -> None:
        for piece in pieces:
            line.send(piece)
        # The pieces must have arrived, or the reset overtakes them.
        line.waits(0.05)
        line.resets()

    return answer


def length(number: int) -> bytes:
    return HEAD + f"Content-Length: {number}\r\n\r\n".encode()


FULL = page("Entero")
SMUGGLED = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsmuggled!"
# Path, answer, and what is to be seen: the state of the fetch and what its reason holds.
CASES: dict[str, tuple[Callable[[Line], None], str, str]] = {
    "sound": (says(page("Sana")), "archived", ""),
    "until-the-end": (sends(HEAD + b"\r\n" + page("Hasta el fin")), "archived", ""),
    "no-colon": (sends(HEAD + b"nonsense\r\n\r\n" + page("Sin dos puntos")), "archived", ""),
    "drips-body": (sends(length(10_000), *[b"x"] * 400, pause=0.05), "queued", "took longer than"),
    "drips-head": (sends(HEAD, *[b"X: y\r\n"] * 400, pause=0.05), "queued", "took longer than"),
    "silent": (lambda line: line.waits(60) and None, "queued", "took longer than"),
    "resets-body": (resets(length(len(FULL)), FULL[:100]), "queued", "ResponseDataLossError"),
    "resets-head": (resets(HEAD), "queued", "DownloadFailedError"),
    "hangs-up": (lambda line: None, "queued", "DownloadFailedError"),
    "too-long": (sends(length(5_000), FULL), "queued", "ResponseDataLossError"),
    "too-short": (sends(length(60) + FULL), "queued", "ResponseDataLossError"),
    "smuggles": (sends(length(len(FULL)) + FULL + SMUGGLED, pause=1), "queued", "ResponseDataLossError"),
    "negative": (sends(HEAD + b"Content-Length: -5\r\n\r\n" + FULL), "queued", "DownloadFailedError"),
    "two-lengths": (
        sends(HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + FULL), "queued", "DownloadFailedError"
    ),
    "chunks-without-end": (
        sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"10000\r\n" + b"x" * 65536 + b"\r\n"] * 400),
        "queued",
        "is larger than 1000000 bytes",
    ),
    "chunks-cut": (
        sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "queued", "ResponseDataLossError"
    ),
    "chunks-wrong": (
        sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"), "queued", "Chunk-size must be"
    ),
    "no-http": (sends(b"SSH-2.0-OpenSSH_9.6\r\n"), "queued", "DownloadFailedError"),
    "no-gzip": (packed(page("Mentira"), "gzip"), "queued", "came cut short or damaged"),
    "no-brotli": (packed(page("Mentira"), "br"), "queued", "came cut short or damaged"),
    "half-gzip": (packed(gzip.compress(FULL)[:-20], "gzip"), "queued", "came cut short or damaged"),
    "gzip": (packed(gzip.compress(page("Comprimida")), "gzip"), "archived", ""),
    "unknown-coding": (packed(page("Utf ocho"), "utf-8"), "archived", ""),
    "says-latin": (says(page("Cooperación"), Content_Type="text/html; charset=iso-8859-1"), "archived", ""),
    "says-utf": (says(page("Educación", encoding="cp1252"), Content_Type="text/html; charset=utf-8"), "archived", ""),
    "circle": (says(b"", "302 Found", Location="/cuba/2026-10-05/circle"), "queued", "max redirections"),
    "circle-of-two": (says(b"", "302 Found", Location="/cuba/2026-10-05/circle-back"), "queued", "max redirections"),
    "nowhere": (says(b"", "302 Found", Location="http://["), "queued", ""),
    "no-place": (says(b"moved", "302 Found"), "queued", "HTTP 302"),
    "no-content": (sends(b"HTTP/1.1 204 No Content\r\n\r\n"), "queued", "HTTP 204"),
    "odd-status": (says(b"", "999 Request denied"), "queued", "HTTP 999"),
    "error-page": (says(page("Error interno del servidor", "Inténtelo más tarde")), "archived", ""),
    "no-text": (says(b"<html><body><script>document.cookie='a=1';location.reload()</script>"), "archived", ""),
}  # fmt: skip
FOLDER = "/cuba/2026-10-05/"
ARCHIVE = "/archivo?page=1&q=&s=0"
GATED = [f"/quoc-phong-an-ninh/tin-tuc/bai-so-{number}-80000{number}" for number in range(2)]
WALL = page("Usamos cookies", "Acepte para continuar.")
WALLED = [f"/2026/10/05/noticia-{number}/" for number in range(5)]


def gate(line: Line) -> None:
    """QDND's: a redirect to the same address until the cookie comes back that it sets."""
    if "Cookie: muid_mly=1" not in line.asked.head:
        line.says(b"", "302 Found", Location=f"http://{QDND}{line.asked.path}", Set_Cookie="muid_mly=1; Path=/")
    elif line.asked.path == "/robots.txt":
        line.says(b"User-agent: *\nDisallow: /search\n")
    elif line.asked.path in GATED:
        title = f"<h1 class='post-title'>Bài {line.asked.path[-1]}</h1>"
        line.says(f"{title}<div class='post-content'><p>Chữ.</p></div>".encode())
    elif line.asked.path.endswith("tin-tuc-moi-nhat.rss"):
        links = "".join(f"<item><title>t</title><link>http://{QDND}{path}</link></item>" for path in GATED)
        line.says(f"<rss version='2.0'><channel>{links}</channel></rss>".encode())
    else:
        line.says(b"", "404 Not Found")


def answers() -> dict[tuple[str, str], Callable[[Line], None]]:
    links = "".join(f'<a href="{FOLDER}{slug}">{slug}</a>' for slug in CASES)
    feed = "".join(f"<item><title>t</title><link>https://{PRENSA}{path}</link></item>" for path in WALLED)
    return {
        (GRANMA, ARCHIVE): says(f"<html><body>{links}</body></html>".encode()),
        (GRANMA, f"{FOLDER}circle-back"): says(b"", "302 Found", Location=f"{FOLDER}circle-of-two"),
        **{(GRANMA, f"{FOLDER}{slug}"): answer for slug, (answer, _, _) in CASES.items()},
        (PRENSA, "/feed/"): says(f"<rss version='2.0'><channel>{feed}</channel></rss>".encode()),
        **{(PRENSA, path): says(WALL) for path in WALLED},
        **{(QDND, path): gate for path in ("/robots.txt", "/rss/cate/tin-tuc-moi-nhat.rss", *GATED)},
        # A listing is a request like any other.
        (GRANMA_EN, "/feed"): sends(length(10_000), *[b"x"] * 400, pause=0.05),
    }


@dataclass(frozen=True)
class Crawled:
    database: Path
    db: Database
    site: RawSite
    output: str


SOURCES = ("granma-es", "granma-en", "prensa-latina", "qdnd-vi")


def crawl(database: Path, site: RawSite) -> str:
    hosts = site.hosts(GRANMA, GRANMA_EN, PRENSA, QDND)
    settings = ["-s", f"DOWNLOAD_TIMEOUT={SECONDS}", "-s", "DOWNLOAD_MAXSIZE=1000000"]
    return run("crawl", "--no-process", "--database", database, *local(hosts), *settings, *SOURCES).stderr


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    database: Path = tmp_path_factory.mktemp("bad") / "news.db"
    with RawSite(answers()) as site:
        output = crawl(database, site)
        with opened(database) as db:
            yield Crawled(database, db, site, output)


def fetch(db: Database, path: str) -> dict[str, object]:
    return rows(db, "SELECT state, reason, next_at, attempts FROM fetches WHERE url LIKE ?", [f"%{path}"])[0]


@pytest.mark.parametrize("slug", CASES)
def test_an_answer_that_breaks_the_rules_is_an_outcome(crawled: Crawled, slug: str) -> None:
    _, state, reason = CASES[slug]
    found = fetch(crawled.db, f"/{slug}")
    assert found["state"] == state, found
    assert reason in str(found["reason"])
    assert (found["next_at"] is not None) == (state == "queued"), "what may pass is tried again, later"
    if state == "queued":
        assert found["reason"]
        assert rows(crawled.db, "SELECT 1 FROM problems WHERE subject LIKE ?", [f"%/{slug}"])


def test_nothing_raises_out_of_a_run(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.output


def test_a_listing_that_drips_is_given_up(crawled: Crawled) -> None:
    (found,) = rows(crawled.db, "SELECT error, failures FROM listings WHERE url LIKE ?", [f"%{GRANMA_EN}/feed"])
    assert "took longer than" in str(found["error"])
    assert found["failures"] == 1


def test_what_a_server_sends_beyond_an_answer_is_nobody_s_page(crawled: Crawled) -> None:
    folder = archive_folder(crawled.database)
    bodies = [read_body(crawled.db, folder, row["id"]) for row in rows(crawled.db, "SELECT id FROM captures")]
    assert bodies
    assert not any(b"smuggled" in body for body in bodies)


@pytest.fixture(scope="module")
def titles(crawled: Crawled) -> dict[str, tuple[str | None, str]]:
    """Title and missing fields of what was read, by the last part of the address."""
    stage = Extract(crawled.database)
    captures = [row["id"] for row in rows(crawled.db, "SELECT id FROM captures ORDER BY id")]
    tasks = stage.load(crawled.db, captures)
    for capture, result in zip(captures, stage.work(tasks), strict=True):
        # What stands in an article's place fails.
        if not isinstance(result, Failed):
            stage.save(crawled.db, capture, result)
    found = rows(
        crawled.db,
        "SELECT a.url, e.title, e.missing FROM extractions e JOIN articles a ON a.id = e.article",
    )
    return {row["url"].rstrip("/").rpartition("/")[2]: (row["title"], row["missing"]) for row in found}


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        *(("sound", "Sana"), ("until-the-end", "Hasta el fin"), ("no-colon", "Sin dos puntos")),
        *(("gzip", "Comprimida"), ("unknown-coding", "Utf ocho")),
        # Whatever charset was declared.
        *(("says-latin", "Cooperación"), ("says-utf", "Educación")),
    ],
)
def test_what_can_be_read_is_read_right(titles: dict[str, tuple[str | None, str]], slug: str, title: str) -> None:
    assert titles[slug][0] == title


def test_a_page_without_a_text_is_a_problem_and_no_article(
    crawled: Crawled, titles: dict[str, tuple[str | None, str]]
) -> None:
    assert "body" in titles["no-text"][1]
    assert rows(crawled.db, "SELECT 1 FROM problems WHERE what = 'missing' AND subject LIKE '%no-text'")


def test_a_cookie_gate_ends_in_the_page_and_only_where_the_source_says_so(crawled: Crawled) -> None:
    assert [fetch(crawled.db, path)["state"] for path in GATED] == ["archived", "archived"]
    assert crawled.site.paths(QDND).count(GATED[0]) == 1, "the gate opens once"
    asked_elsewhere = [asked for asked in crawled.site.asked if asked.host != QDND]
    assert not any("Cookie:" in asked.head for asked in asked_elsewhere)


def test_one_page_for_many_addresses_is_no_article_and_is_asked_for_again(crawled: Crawled) -> None:
    db = crawled.db
    states = [fetch(db, path) for path in WALLED]
    assert sorted(str(found["state"]) for found in states) == ["archived"] * 2 + ["queued"] * 3
    reasons = {str(found["reason"]) for found in states if found["state"] == "queued"}
    assert reasons == {"the same page as for other addresses: an error page, a consent wall or a notice"}
    # The wall falls: what it hid is fetched, and nothing needs a person.
    for path in WALLED:
        crawled.site.answers[PRENSA, path] = says(page(path))
    db.conn.execute("UPDATE fetches SET next_at = NULL WHERE next_at IS NOT NULL AND url LIKE ?", [f"%{PRENSA}%"])
    crawl_again = run(
        *("crawl", "--no-process", "--database", crawled.database),
        *(*local(crawled.site.hosts(PRENSA)), "prensa-latina"),
    )
    assert "Traceback" not in crawl_again.stderr
    assert [fetch(db, path)["state"] for path in WALLED] == ["archived"] * 5
