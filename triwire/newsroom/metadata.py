"""Writes metadata.yml from the schema's own descriptions: `python -m triwire.newsroom.metadata`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from storage.schema import TABLES
from storage.views import DESCRIPTIONS
from triwire.newsroom import USUAL_NAME

TARGET = Path(__file__).with_name("metadata.yml")

FACETS = {
    "headlines": ["outlet", "language"],
    "reading": ["language", "source"],
    "problems": ["stage", "what", "source"],
    "why_grouped": ["kind", "same_story"],
    "story_list": ["languages", "outlets"],
    "fetches": ["state", "source"],
    "work": ["stage", "state"],
    "identifications": ["language"],
    "edges": ["kind"],
    "beat": ["outlet", "language"],
    "held_back": ["reason", "source"],
    "withdrawal_list": ["state", "outlet"],
    "revision_list": ["source"],
    "warnings": ["kind", "source"],
    "source_days": ["source"],
}
SORTED = {
    "headlines": "published",
    "reading": "published",
    "story_list": "first_seen",
    "beat": "published",
    "revision_list": "seen_at",
    "withdrawal_list": "noticed_at",
    "warnings": "since",
    "source_days": "day",
}
WELCOME = """
<p>Begin with the <a href="{base}/story_list">stories</a>, those told in
<a href="{base}/several_languages">several languages</a>, or the <a href="{base}/headlines">headlines</a>;
<a href="{base}/find">find</a> articles by words; see what <a href="{base}/problems">did not end well</a>.</p>
"""

HIDDEN = (
    "_sqlite_migrations",
    "postings",
    "signals",
    "indexed",
    "search",
    "archive_records",
    "archive_answers",
    "texts",
    "hosts",
    "rechecks",
    "ranks",
    "beats",
    "current_revisions",
)
"""Of use to programs; a reader's list of tables is better without them."""

QUERIES: dict[str, dict[str, str]] = {
    "find": {
        "title": "Find articles",
        "description": "All words, in the original or in English. A word with marks matches exactly; a word without "
        'them finds every marked spelling, đ included. "Quoted words" stand side by side.',
        "sql": """
SELECT r.published, r.language, r.title, r.title_en, r.story_id, r.id AS article, r.url
FROM search
JOIN indexed i ON i.docid = search.rowid
JOIN reading r ON r.id = i.article
WHERE search MATCH search_for(:words)
ORDER BY bm25(search, 5, 5, 1, 1, 5, 5, 1, 1)
LIMIT 100""",
    },
    "story": {
        "title": "One story",
        "description": "Its articles in the order of publication, in all languages.",
        "sql": """
SELECT h.published, h.outlet, h.language, h.headline_en, h.headline, h.article, h.story AS why, h.url
FROM headlines h
WHERE h.story = :story
ORDER BY h.published, h.article""",
    },
    "why": {
        "title": "Why one story",
        "description": "The edges among the articles of a story, strongest first, with what a person can check.",
        "sql": """
SELECT kind, score, outlet_a, headline_a, outlet_b, headline_b, evidence, a, b
FROM why_grouped
WHERE story_a = :story AND story_b = :story
ORDER BY score DESC""",
    },
    "article": {
        "title": "One article, side by side",
        "description": "Original and English, sentence by sentence, with what the guard found wrong.",
        "sql": """
SELECT field, paragraph + 1 AS paragraph, original, translation, flags, package
FROM (SELECT * FROM side_by_side ORDER BY field DESC, number)
WHERE article = :article AND to_code = 'en'
UNION ALL
SELECT 'body', NULL, body, NULL, NULL, NULL
FROM reading
WHERE id = :article AND NOT EXISTS (SELECT 1 FROM side_by_side WHERE article = :article)""",
    },
    "several_languages": {
        "title": "Stories in several languages",
        "description": "What is reported in more than one language, latest first.",
        "sql": """
SELECT first_seen, headline_en, language_list, outlet_list, articles, story
FROM story_list
WHERE languages > 1
ORDER BY first_seen DESC""",
    },
    "who_was_first": {
        "title": "Who was first",
        "description": "For stories of several outlets: how often each outlet published first.",
        "sql": """
SELECT h.outlet, count(*) AS first_reports
FROM story_list s
JOIN headlines h ON h.article = s.story
WHERE s.outlets > 1
GROUP BY h.outlet
ORDER BY first_reports DESC, h.outlet""",
    },
    "look_alikes": {
        "title": "Look-alikes that are kept apart",
        "description": "Nearly the same words, other dates or figures: never one story.",
        "sql": """
SELECT headline_a, outlet_a, headline_b, outlet_b, evidence, a, b
FROM why_grouped
WHERE kind = 'template'
ORDER BY score DESC""",
    },
    "flagged": {
        "title": "Sentences to check",
        "description": "Flagged sentences: a number that differs, a loop, a copy, an odd length, or kept as they are.",
        "sql": """
SELECT s.flags, s.original, s.translation, h.outlet, s.article
FROM side_by_side s
JOIN headlines h ON h.article = s.article
WHERE s.flags <> '[]'
ORDER BY h.published DESC, s.number
LIMIT 500""",
    },
}


def metadata() -> dict[str, Any]:
    """Datasette's metadata: titles, descriptions, facets, ready questions."""
    tables: dict[str, Any] = {"_sqlite_migrations": {"hidden": True}}
    for name, described in {**TABLES, **DESCRIPTIONS}.items():
        entry: dict[str, Any] = {"description": described.about, "columns": dict(described.columns)}
        if name in FACETS:
            entry["facets"] = FACETS[name]
        if name in SORTED:
            entry["sort_desc"] = SORTED[name]
        if name in HIDDEN:
            entry["hidden"] = True
        tables[name] = entry
    queries = {name: {**query, "sql": query["sql"].strip(), "hide_sql": True} for name, query in QUERIES.items()}
    everywhere = {
        "description_html": WELCOME.strip().replace("{base}", f"/{USUAL_NAME}"),
        "tables": tables,
        "queries": queries,
    }
    return {
        "title": "triwire",
        "description": "A newswire in Vietnamese, Spanish and English: what was reported, by whom, when, side by side.",
        "extra_css_urls": ["/newsroom/newsroom.css"],
        # The usual name; the plugin says the same of a database that is called otherwise.
        "databases": {USUAL_NAME: everywhere},
    }


def as_yaml() -> str:
    """The text of metadata.yml."""
    head = "# Written by `python -m triwire.newsroom.metadata` from storage/schema/; a test keeps them equal.\n"
    body: str = yaml.safe_dump(metadata(), allow_unicode=True, sort_keys=False, width=110)
    return head + body


if __name__ == "__main__":
    TARGET.write_text(as_yaml(), encoding="utf-8")
