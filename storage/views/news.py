"""What a reader opens: the wire, the stories, both languages side by side."""

from __future__ import annotations

from storage.schema import TABLES, Described

VIEWS = {
    "current_revisions": """
        SELECT r.*
        FROM revisions r
        WHERE r.id = (
            SELECT newest.id FROM revisions newest WHERE newest.article = r.article
            -- A version that has not read the newest capture yet would show an old text.
            ORDER BY newest.version = (
                SELECT max(e.version) FROM captures c JOIN extractions e ON e.capture = c.id
                WHERE c.article = newest.article
                AND c.number = (SELECT max(number) FROM captures WHERE article = newest.article)
            ) DESC, newest.version DESC, newest.number DESC LIMIT 1
        )""",
    # A contract: later work keeps these columns and what they mean.
    "reading": """
        SELECT
            a.id,
            a.url,
            a.source,
            i.language,
            r.published,
            r.title,
            CASE i.language WHEN 'en' THEN r.title ELSE t.title END AS title_en,
            body.text AS body,
            CASE i.language WHEN 'en' THEN body.text ELSE body_en.text END AS body_en,
            s.story AS story_id
        FROM articles a
        JOIN current_revisions r ON r.article = a.id
        JOIN texts body ON body.id = r.text
        LEFT JOIN identifications i ON i.revision = r.id
        LEFT JOIN translations t ON t.revision = r.id AND t.to_code = 'en'
        LEFT JOIN texts body_en ON body_en.id = t.text
        LEFT JOIN stories s ON s.article = a.id""",
    "headlines": """
        SELECT
            r.published,
            src.outlet,
            i.language,
            coalesce(
                CASE i.language WHEN 'en' THEN r.title ELSE coalesce(t.title, r.title) END,
                (SELECT substr(text, 1, 80) || '…' FROM texts WHERE id = coalesce(t.text, r.text))
            ) AS headline_en,
            coalesce(r.title, (SELECT substr(text, 1, 80) || '…' FROM texts WHERE id = r.text)) AS headline,
            s.story,
            a.id AS article,
            a.url
        FROM articles a
        JOIN sources src ON src.name = a.source
        JOIN current_revisions r ON r.article = a.id
        LEFT JOIN identifications i ON i.revision = r.id
        LEFT JOIN translations t ON t.revision = r.id AND t.to_code = 'en'
        LEFT JOIN stories s ON s.article = a.id""",
    # A story is named after its first article. Outlets and languages stand in the order in which they reported.
    "story_list": """
        SELECT
            h.story,
            first.headline_en,
            count(*) AS articles,
            count(DISTINCT h.outlet) AS outlets,
            count(DISTINCT h.language) AS languages,
            replace(group_concat(DISTINCT h.language), ',', ', ') AS language_list,
            replace(group_concat(DISTINCT h.outlet), ',', ', ') AS outlet_list,
            min(h.published) AS first_seen,
            max(h.published) AS last_seen
        FROM (SELECT * FROM headlines ORDER BY story, published, article) h
        JOIN headlines first ON first.article = h.story
        GROUP BY h.story""",
    "side_by_side": """
        SELECT
            r.article,
            st.to_code,
            st.field,
            st.number,
            st.paragraph,
            st.source AS original,
            m.text AS translation,
            m.flags,
            p.name || ' ' || p.version AS package,
            p.sha256 AS package_sha256
        FROM sentences st
        JOIN current_revisions r ON r.id = st.revision
        JOIN memory m ON m.id = st.memory
        JOIN packages p ON p.sha256 = m.package""",
    "why_grouped": """
        SELECT
            e.kind,
            round(e.score, 3) AS score,
            x.headline_en AS headline_a,
            x.outlet AS outlet_a,
            y.headline_en AS headline_b,
            y.outlet AS outlet_b,
            x.story IS NOT NULL AND x.story = y.story AS same_story,
            e.evidence,
            x.story AS story_a,
            y.story AS story_b,
            e.a,
            e.b
        FROM edges e
        JOIN headlines x ON x.article = e.a
        JOIN headlines y ON y.article = e.b""",
}

DESCRIPTIONS = {
    "reading": Described(
        "One row an article: original and English. A contract that other programs may rely on.",
        {
            "id": "Article id",
            "url": "Address",
            "source": "Source",
            "language": "vi, es, en or other",
            "published": "Publication date, UTC",
            "title": "Headline",
            "title_en": "Headline in English; an English article repeats its own",
            "body": "Body",
            "body_en": "Body in English; empty until it is complete",
            "story_id": "Story",
        },
    ),
    "headlines": Described(
        "The wire: a row an article, without bodies.",
        {
            "published": "Publication date, UTC",
            "outlet": "Outlet",
            "language": "Language",
            "headline_en": "Headline in English, or as it is while untranslated; without one, how the body begins",
            "headline": "Headline",
            "story": "Story",
            "article": "Article id",
            "url": "Address",
        },
    ),
    "story_list": Described(
        "Stories: what happened, who reported it, in which languages.",
        {
            "story": "Story id, which is its first article's",
            "headline_en": "Headline of the first article, in English",
            "articles": "Articles",
            "outlets": "Outlets",
            "languages": "Languages",
            "language_list": "Which languages",
            "outlet_list": "Which outlets",
            "first_seen": "Earliest publication, UTC",
            "last_seen": "Latest publication, UTC",
        },
    ),
    "side_by_side": Described(
        "Original and translation, sentence by sentence.",
        {
            "article": "Article id",
            "to_code": "Language of the translation",
            "field": "title or body",
            "number": "Place in the field",
            "paragraph": "Paragraph",
            "original": "The sentence",
            "translation": "Its translation",
            "flags": "What the guard found wrong, or `kept` where the sentence stays as it is; a JSON list",
            "package": "Package that translated it",
            "package_sha256": "Its hash",
        },
    ),
    "why_grouped": Described(
        "Why two articles stand together, or must not.",
        {
            "kind": "Kind of the edge",
            "score": "Strength",
            "headline_a": "One headline, in English",
            "outlet_a": "Its outlet",
            "headline_b": "The other headline, in English",
            "outlet_b": "Its outlet",
            "same_story": "1 when they are in one story",
            "evidence": "What a person can check, JSON",
            "story_a": "Story of the one",
            "story_b": "Story of the other",
            "a": "Article id of the one",
            "b": "Article id of the other",
        },
    ),
    "current_revisions": Described(
        "The newest revision of each article.",
        dict(TABLES["revisions"].columns),
    ),
}
