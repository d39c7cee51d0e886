"""WordPress, which most of the smaller papers of Cuba and many abroad run on."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class WordPressSite(NewsSpider):
    """Class names of WordPress's own themes and of its commonest plug-ins; a site whose theme has others states
    them."""

    # A slug of four words or more, under sections or none; lists of articles stand under words of their own.
    article_url = re.compile(
        r"^https?://[^/]+/(?!(?:category|categoria|tag|etiqueta|author|autor|page|feed|wp-\w+)/)"
        r"(?:[^/?#]+/){0,3}[^/?#-]+(?:-[^/?#-]+){3,}/?$"
    )
    title = "h1.entry-title"
    body = ".entry-content"
    # What the base does not know by its name: it leaves out sharing bars, captions and related articles by itself.
    drop: tuple[str, ...] = (
        ".jp-relatedposts",
        ".wp-block-embed",
        ".wp-embedded-content",
        ".twitter-tweet",
        ".saboxplugin-wrap",
        ".code-block",
        ".mc4wp-form",
    )

    @classmethod
    def past(cls) -> tuple[str, ...]:
        """WordPress serves the older pages of every feed (`paged` in its WP_Query)."""
        return cls.archives or tuple(f"{feed}?paged={{page}}" for feed in cls.feeds)
