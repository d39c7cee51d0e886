"""The feeds, sitemaps and robots.txt of the demo newsroom, each in the dialect of its real site."""

from __future__ import annotations

from datetime import UTC
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from triwire.demo.pages import texturized

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from triwire.demo.outlets import Outlet
    from triwire.demo.texts import Article

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
RFC_822 = "%a, %d %b %Y %H:%M:%S"


def feed(outlet: Outlet, articles: Sequence[Article]) -> bytes:
    """An RSS 2.0 feed; its build date is the newest change in it."""
    # Viet Nam News declares UTF-16 and sends UTF-8; a reader that believes it gets nothing.
    encoding = "utf-16" if outlet.family == "vietnamnews" else "utf-8"
    items = "\n".join(_item(outlet, article) for article in articles)
    return f"""<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{escape(outlet.name)}</title>
<link>https://{outlet.host}/</link>
<description>{escape(outlet.name)}</description>
<language>{outlet.language}</language>
<lastBuildDate>{_date(outlet, newest(articles))}</lastBuildDate>
{items}
</channel>
</rss>
""".encode()


def newest(articles: Sequence[Article]) -> datetime:
    """When the latest of these articles was published or changed."""
    return max(article.updated for article in articles)


def _item(outlet: Outlet, article: Article) -> str:
    title, description, extra = escape(article.title), escape(article.summary), ""
    if outlet.family == "zce":
        # Escaped and then put into CDATA: a reader has to undo both.
        title = f"<![CDATA[{escape(article.title)}]]>"
        picture = f"<a href='{article.feed_url}'><img src='/avatar.jpg' /></a>"
        description = f"<![CDATA[{picture} {escape(article.summary)}]]>"
        extra = f"\n<atom:updated>{article.updated.isoformat()}</atom:updated>"
    elif outlet.family == "prensa_latina":
        title = texturized(article.title)
        source = f'La informacion <a href="{article.url}">{title}</a> salio primero en Prensa Latina.'
        description = f"<![CDATA[<p>{texturized(article.summary)}</p>\n{source}]]>"
        extra = f"\n<dc:creator><![CDATA[{article.authors[0]}]]></dc:creator>"
    return f"""<item>
<title>{title}</title>
<link>{escape(article.feed_url)}</link>
<guid isPermaLink="false">{escape(article.feed_url)}</guid>
<pubDate>{_date(outlet, article.published)}</pubDate>
<description>{description}</description>{extra}
</item>"""


def _date(outlet: Outlet, moment: datetime) -> str:
    """RFC 822 in the zone of the outlet's feed; VietnamPlus and Nhân Dân put a colon into the offset."""
    if outlet.family == "prensa_latina":
        return moment.astimezone(UTC).strftime(f"{RFC_822} +0000")
    local = moment.astimezone(ZoneInfo(outlet.timezone))
    stamp = local.strftime(f"{RFC_822} %z")
    return f"{stamp[:-2]}:{stamp[-2:]}" if outlet.family == "zce" else stamp


def sitemap_index(outlet: Outlet, articles: Sequence[Article]) -> bytes:
    """The index of one sitemap a month, newest first."""
    rows = "\n".join(
        f"<sitemap><loc>https://{outlet.host}{path}</loc><lastmod>{newest(listed).isoformat()}</lastmod></sitemap>"
        for path, listed in sitemaps(articles).items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="{SITEMAP_NAMESPACE}">
{rows}
</sitemapindex>
""".encode()


def sitemaps(articles: Sequence[Article]) -> dict[str, tuple[Article, ...]]:
    """The articles of each monthly sitemap, by its path and newest first, as they come."""
    months: dict[str, list[Article]] = {}
    for article in articles:
        path = f"/sitemaps/news-{article.published.year}-{article.published.month}.xml"
        months.setdefault(path, []).append(article)
    return {path: tuple(listed) for path, listed in months.items()}


def sitemap(articles: Sequence[Article]) -> bytes:
    """The addresses of these articles, each with its last change."""
    rows = "\n".join(
        f"<url><loc>{escape(article.sitemap_url)}</loc><lastmod>{article.updated.isoformat()}</lastmod></url>"
        for article in articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="{SITEMAP_NAMESPACE}">
{rows}
</urlset>
""".encode()


def robots(outlet: Outlet) -> bytes:
    """The outlet's rules, and its sitemap where it has one."""
    pointer = (f"Sitemap: https://{outlet.host}/sitemap.xml",) if outlet.has_sitemap else ()
    return "\n".join((*outlet.robots, *pointer, "")).encode()
