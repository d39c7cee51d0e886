"""The beat: what a reader wants first."""

from __future__ import annotations

from storage.schema.described import Described

TABLES = {
    "beats": Described(
        "The beats that this database has followed, each as its file said.",
        {
            "version": "Derived from the terms and the way in which they are looked for",
            "name": "Its name",
            "origin": "shipped (comes with triwire) or own",
            "file": "The text of beat.toml",
            "current": "1 for the one that is followed now",
        },
    ),
    "ranks": Described(
        "How much each article belongs to the beat.",
        {
            "article": "The article",
            "beat": "The beat that was asked; empty while the article's words wait to be looked at",
            "rank": "The weights of its terms, those in headlines three times",
            "on_beat": "1 when it names every side of the beat; its source's own country counts as named",
            "lacks": "Why it is off the beat",
        },
    ),
    "marks": Described(
        "The terms of the beat that an article names, and where.",
        {
            "article": "The article",
            "place": "listing (title and summary in a feed), address, title or body",
            "term": "The term, by its first spelling in beat.toml",
            "beat": "The beat that has the term",
        },
    ),
    "held": Described(
        "Articles that a crawl of the beat alone left unfetched; `triwire retry held` has them fetched.",
        {
            "article": "The article",
            "beat": "The beat that it is off",
            "reason": "What it does not name",
            "released": "1 when a person has asked for it after all",
        },
    ),
}
