"""What belongs together."""

from __future__ import annotations

from storage.schema.described import Described

TABLES = {
    "signals": Described(
        "What grouping knows of each article: names, numbers, dates, places, words and passages.",
        {
            "article": "The article",
            "revision": "The revision that was read",
            "version": "Version of the signals",
            "day": "UTC day of publication, counted from the year 1; 0 when unknown",
            "signals": "The signals, JSON",
        },
    ),
    "postings": Described(
        "Which article has which passage, name or number on which day: how a new article finds its likes.",
        {
            "token": "Hash of a passage or key",
            "day": "UTC day of publication, counted from the year 1; 0 when unknown",
            "article": "The article",
        },
    ),
    "edges": Described(
        "Pairs of articles that belong together or must not, with the reason.",
        {
            "a": "The article whose id sorts first",
            "b": "The other article",
            "kind": "exact, near, update, template (never joined), translation, event, or related (shown, not joined)",
            "score": "How strong, 0 to 1",
            "evidence": "What a person can check, JSON",
            "version": "Version of the comparison",
        },
    ),
    "stories": Described(
        "Which story each article belongs to.",
        {"article": "The article", "story": "The story: the id of its earliest article"},
    ),
}
