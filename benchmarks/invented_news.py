"""Newspapers that do not exist, served on many addresses of this machine, for measuring the crawler.

Each host is a paper with its robots.txt, a feed of its latest articles, a sitemap of all, and pages in the shape of
those that the crawler meets. The sizes follow the 520 saved pages against which extraction is scored, of which those
between 30 and 150 KB have, on average, 81 KB, 680 elements, 117 links and 6,200 characters of body. Every page follows
from the seed, the host and its number alone, so that nothing is kept in memory and every run sees the same words; the
dates end with the day before today, because the crawler leaves old articles alone.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

SEED = 20261121
FIRST_ADDRESS = 20
IN_FEED = 40
ARTICLE = re.compile(r"^https?://[^/]+/\d{4}/\d{2}/[^/]+-\d+\.html$")
LANGUAGES = ("es", "vi", "en")
_BUTTONS = "".join(f'<li><a class="s{n}" href="#{n}"><i></i></a></li>' for n in range(6))
SHARE = f'<ul class="share social">{_BUTTONS}</ul>'
SHAPES = (
    ("<main><article>", '<div class="content">', "</article>", "</main>"),
    ('<div class="wrap"><div class="post">', '<div class="post-body">', "</div>", "</div>"),
    ('<div class="row"><div class="z-left">', '<div class="z-text">', "</div>", "</div>"),
)
"""What papers put round an article and its text; a reader of pages knows some by name and must find out the others."""
COUNTRIES = {"es": "CU", "vi": "VN", "en": "VN"}

_WORDS = {
    "es": (
        "de la el que en los las del y a un una por con para se su al lo como más este esta entre sobre desde hasta"
        " gobierno país ministro acuerdo cooperación delegación presidente visita comercio agricultura salud energía"
        " inversión provincia empresa producción desarrollo relaciones pueblo años semana reunión proyecto programa"
        " anunció explicó señaló subrayó visitó firmó recordó reiteró participó inauguró creció alcanzó permite busca"
        " arroz café azúcar vacunas universidad hospital carretera puerto barrio economía población trabajadores"
        " La Habana Hanói Santiago Camagüey Holguín Vietnam Cuba Matanzas nacional internacional bilateral nuevo mayor"
    ),
    "vi": (
        "và của là trong các có được cho với những một không đã này về người tại đến ra khi từ cũng theo năm nhiều"
        " chính phủ bộ trưởng hợp tác đoàn chủ tịch thăm thương mại nông nghiệp y tế năng lượng đầu tư tỉnh doanh"
        " nghiệp sản xuất phát triển quan hệ nhân dân tuần họp dự án chương trình thông báo cho biết nhấn mạnh khẳng"
        " định tham gia khánh thành tăng đạt gạo cà phê đường vắc-xin đại học bệnh viện cảng kinh tế lao động Hà Nội"
        " La Habana Việt Nam Cu Ba Cần Thơ Đà Nẵng Huế quốc gia quốc tế song phương mới lớn giáo dục văn hóa"
    ),
    "en": (
        "the of and to in a for on with that is was by as at from its has have will this which between after more"
        " government country minister agreement cooperation delegation president visit trade agriculture health"
        " energy investment province company production development relations people years week meeting project"
        " programme announced explained said stressed visited signed recalled took part opened grew reached allows"
        " rice coffee sugar vaccines university hospital road port district economy population workers Ha Noi Havana"
        " Viet Nam Cuba Can Tho Da Nang Hue national international bilateral new major culture education"
    ),
}
_VOCABULARY = {language: text.split() for language, text in _WORDS.items()}
# Common words are common: the nth word comes up as 1/(n + 3).
_WEIGHTS = {
    language: list(accumulate(1 / (place + 3) for place in range(len(words))))
    for language, words in _VOCABULARY.items()
}


class Paper(NamedTuple):
    """A host and how many articles it has."""

    host: str
    language: str
    articles: int


def papers(pages: int, hosts: int) -> list[Paper]:
    """As many pages in all, spread over the hosts; languages take turns."""
    return [
        Paper(f"paper{number:03}.example", LANGUAGES[number % 3], pages // hosts + (number < pages % hosts))
        for number in range(hosts)
    ]


def words(chance: random.Random, language: str, many: int) -> list[str]:
    return chance.choices(_VOCABULARY[language], cum_weights=_WEIGHTS[language], k=many)


def sentence(chance: random.Random, language: str) -> str:
    chosen = words(chance, language, chance.randint(9, 26))
    if chance.random() < 0.3:
        chosen.insert(len(chosen) // 2, str(chance.randint(2, 9_000)))
    text = " ".join(chosen)
    return f"{text[0].upper()}{text[1:]}."


class Press:
    """Prints the pages of one paper."""

    def __init__(self, paper: Paper, today: datetime) -> None:
        self.paper = paper
        self.today = today
        chance = random.Random(f"{SEED} {paper.host}")
        self._shape = chance.choice(SHAPES)
        self._has_json_ld = chance.random() < 2 / 3
        menu = "".join(self._link(chance, "menu-item") for _ in range(55))
        self._top = f'<header><div class="brand">{paper.host}</div><nav><ul class="menu">{menu}</ul></nav></header>'
        footer = "".join(self._link(chance, "foot-item") for _ in range(22))
        self._foot = f'<footer><ul>{footer}</ul><p class="legal">© {paper.host}</p></footer></body></html>'
        self._cards = [self._card(chance) for _ in range(150)]
        # What pages carry beside their text: styles and the state of scripts.
        rules = (f".c{n:x}{{margin:{n % 40}px;color:#{n * 7919 % 0xFFFFFF:06x}}}" for n in range(3_000))
        self._styles = "".join(rules)
        self._state = json.dumps([[n, hex(n * 2_654_435_761 % 2**32), n % 7 == 0] for n in range(3_000)])

    def _link(self, chance: random.Random, css: str) -> str:
        text = " ".join(words(chance, self.paper.language, 2))
        return f'<li class="{css}"><a href="/{chance.randint(1, 400)}" title="{text}">{text}</a></li>'

    def moment(self, number: int) -> datetime:
        """Articles come evenly over the last twenty days, the first of them last."""
        return self.today - timedelta(minutes=number * 28_000 / max(1, self.paper.articles))

    def path(self, number: int) -> str:
        chance = random.Random(f"{SEED} {self.paper.host} slug {number}")
        slug = "-".join(re.sub(r"[^a-z]", "", word.lower()) or "x" for word in words(chance, self.paper.language, 6))
        return f"/{self.moment(number):%Y/%m}/{slug}-{number}.html"

    def title(self, number: int) -> str:
        chance = random.Random(f"{SEED} {self.paper.host} title {number}")
        text = " ".join(words(chance, self.paper.language, 11))
        return f"{text[0].upper()}{text[1:]} {number}"

    def page(self, number: int) -> bytes:
        language, host = self.paper.language, self.paper.host
        chance = random.Random(f"{SEED} {host} {number}")
        url, title, moment = f"https://{host}{self.path(number)}", self.title(number), self.moment(number).isoformat()
        lead = sentence(chance, language)
        # Most articles are short and a few are long.
        many = min(90, max(6, round(chance.lognormvariate(3.3, 0.6))))
        body = "".join(self._paragraph(chance, number) for number in range(many))
        related = "".join(chance.sample(self._cards, chance.randint(15, 45)))
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": moment,
            "dateModified": moment,
            "author": [{"@type": "Person", "name": " ".join(words(chance, language, 2)).title()}],
            "mainEntityOfPage": url,
            "publisher": {"@type": "Organization", "name": host},
        }
        # 30 to 150 KB in all.
        styles = self._styles[: round(chance.betavariate(2, 2) * 40_000)]
        state = self._state[: round(chance.betavariate(2, 2) * 50_000)]
        begin, text, end, close = self._shape
        return (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} - {host}</title>'
            f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
            f'<meta property="og:url" content="{url}"><meta name="description" content="{lead}">'
            f'<meta property="article:published_time" content="{moment}"><link rel="canonical" href="{url}">'
            f"{self._json_ld(facts)}<style>{styles}</style></head><body>{self._top}"
            f'{begin}<h1>{title}</h1><div class="meta"><time datetime="{moment}">{moment[:10]}</time></div>'
            f'<div class="lead">{lead}</div>{SHARE}{text}{body}</div>{SHARE}{end}'
            f'<aside class="related"><h3>{host}</h3>{related}</aside>{close}'
            f"<script>window.state={json.dumps(state)}</script>{self._foot}"
        ).encode()

    def _json_ld(self, facts: dict[str, object]) -> str:
        """Two papers in three have it."""
        if self._has_json_ld:
            return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'
        return ""

    def _paragraph(self, chance: random.Random, place: int) -> str:
        """A paragraph, with what stands in and between the paragraphs of a real one."""
        language = self.paper.language
        text = " ".join(sentence(chance, language) for _ in range(chance.randint(1, 3)))
        if place % 5 == 2:
            name = " ".join(words(chance, language, 2))
            text += f' <a href="/t/{chance.randint(1, 99)}"><strong>{name}</strong></a>.'
        if place % 9 == 4:
            caption = " ".join(words(chance, language, 9))
            return (
                f'<p class="text"><span>{text}</span></p><div class="photo"><figure><img src="/i/{place}.jpg" alt="">'
                f'<figcaption><em>{caption}</em></figcaption></figure></div><div class="advert" id="ad-{place}">'
                f'<div class="slot"><ins data-slot="{place}"></ins></div></div>'
            )
        return f'<p class="text">{text}</p>'

    def _card(self, chance: random.Random) -> str:
        text = " ".join(words(chance, self.paper.language, 8))
        number = chance.randint(1, 10**6)
        return (
            f'<div class="col col-{number % 12}"><div class="card story-card"><div class="thumb"><a href="/c/{number}">'
            f'<img src="/i/{number}.jpg" alt="{text}" width="300" height="200"></a></div><div class="card-text">'
            f'<h4 class="card-title"><a href="/c/{number}">{text}</a></h4><p class="card-lead">{text}</p>'
            f'<div class="info"><span class="when">{number % 24}:{number % 60:02}</span>'
            f'<i class="icon icon-share"></i></div></div></div></div>'
        )

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{self.title(n)}</title><link>https://{self.paper.host}{self.path(n)}</link>"
            f"<pubDate>{self.moment(n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for n in range(min(IN_FEED, self.paper.articles))
        )
        return f'<rss version="2.0"><channel><title>{self.paper.host}</title>{items}</channel></rss>'.encode()

    def sitemap(self) -> bytes:
        entries = "".join(
            f"<url><loc>https://{self.paper.host}{self.path(n)}</loc>"
            f"<lastmod>{self.moment(n).isoformat()}</lastmod></url>"
            for n in range(self.paper.articles)
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, type and body."""
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /search\n"
        if path == "/feed.xml":
            return 200, "application/rss+xml", self.feed()
        if path == "/sitemap.xml":
            return 200, "application/xml", self.sitemap()
        number = re.search(r"-(\d+)\.html$", path)
        if number is None or int(number[1]) >= self.paper.articles:
            return 404, "text/html; charset=utf-8", b"<html><h1>404</h1></html>"
        return 200, "text/html; charset=utf-8", self.page(int(number[1]))


class _Connection(asyncio.Protocol):
    """As much of HTTP as one client needs that asks for one thing at a time: the server shares the machine."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            request, _, self._read = self._read.partition(b"\r\n\r\n")
            status, kind, body = self._press.answer(request.split(b" ", 2)[1].decode())
            head = (
                f"HTTP/1.1 {status} {'OK' if status == 200 else 'Not Found'}\r\nServer: press\r\n"
                f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nVary: Accept-Encoding\r\n"
                f'Cache-Control: max-age=60\r\nETag: "{len(body):x}"\r\nConnection: keep-alive\r\n\r\n'
            )
            if self._transport is not None:
                self._transport.write(head.encode() + body)


async def serve(pages: int, hosts: int) -> tuple[dict[str, str], list[asyncio.Server]]:
    """Open every paper on an address of its own; host name to place, for TRIWIRE_LOCAL_HOSTS."""
    loop = asyncio.get_running_loop()
    yesterday = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    places, servers = {}, []
    for number, paper in enumerate(papers(pages, hosts)):
        press, address = Press(paper, yesterday), f"127.0.0.{FIRST_ADDRESS + number}"
        server = await loop.create_server(lambda press=press: _Connection(press), address, 0)  # type: ignore[misc]
        servers.append(server)
        places[paper.host] = f"{address}:{server.sockets[0].getsockname()[1]}"
    return places, servers
