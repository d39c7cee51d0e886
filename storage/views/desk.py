"""What whoever runs the crawl opens: each source, and what did not end well."""

from __future__ import annotations

from storage.schema.described import Described

VIEWS = {
    "problems": """
        SELECT 'fetch' AS stage, f.state AS what, f.reason AS why, a.url AS subject, a.source, f.next_at
        FROM fetches f
        JOIN articles a ON a.id = f.article
        WHERE f.state NOT IN ('archived', 'moved') AND f.reason IS NOT NULL
        UNION ALL
        SELECT 'listing', l.outcome, coalesce(l.error, l.problems), l.url, l.source, l.next_at
        FROM listings l
        WHERE l.problems <> '[]' OR l.error IS NOT NULL
        UNION ALL
        SELECT w.stage, w.state, coalesce(w.reason, w.error), a.url, a.source, w.next_at
        FROM work w
        LEFT JOIN captures c ON c.id = w.subject
        LEFT JOIN revisions r ON r.id = w.subject
        LEFT JOIN articles a ON a.id = coalesce(c.article, r.article)
        WHERE w.state IN ('waiting', 'quarantined') OR w.error IS NOT NULL
        UNION ALL
        SELECT 'extract', 'missing', e.missing, a.url, a.source, NULL
        FROM current_revisions r
        JOIN extractions e ON e.id = r.extraction
        JOIN articles a ON a.id = r.article
        WHERE e.missing <> '[]'
        UNION ALL
        SELECT 'extract', 'unreadable', e.problems, a.url, a.source, NULL
        FROM current_revisions r
        JOIN extractions e ON e.id = r.extraction
        JOIN articles a ON a.id = r.article
        WHERE e.problems <> '[]'""",
    "gap_report": """
        SELECT
            s.outlet,
            g.source,
            g.state,
            g.newest_known,
            g.oldest_listed,
            g.found,
            g.noticed_at,
            g.ended_at,
            b.since AS filled_since,
            b.until AS filled_until,
            coalesce(g.reason, (
                SELECT max(p.error) FROM backfill_pages p WHERE p.backfill = g.backfill AND p.error IS NOT NULL
            )) AS reason,
            g.listing
        FROM gaps g
        JOIN sources s ON s.name = g.source
        LEFT JOIN backfills b ON b.id = g.backfill
        ORDER BY g.noticed_at DESC, g.listing""",
    "archive_report": """
        SELECT
            f.name AS file,
            coalesce(f.day, substr(f.opened_at, 1, 10)) AS day,
            CASE WHEN f.removed_at IS NOT NULL THEN 'removed' WHEN f.sealed THEN 'sealed' ELSE 'open' END AS state,
            f.length AS bytes,
            (SELECT count(*) FROM archive_records r WHERE r.file = f.name) AS pages,
            (
                SELECT count(*) FROM archive_records r
                LEFT JOIN work w ON w.stage = 'extract' AND w.subject = r.capture
                WHERE r.file = f.name AND w.state IS NOT 'done'
            ) AS unread,
            (SELECT count(*) FROM archive_answers a WHERE a.file = f.name) AS other_answers,
            f.removed_at
        FROM archive_files f""",
    "source_report": """
        SELECT
            s.name AS source,
            s.outlet,
            s.language,
            (SELECT count(*) FROM articles a WHERE a.source = s.name) AS discovered,
            (SELECT count(*) FROM fetches f WHERE f.source = s.name AND f.state = 'archived') AS archived,
            (
                SELECT count(*) FROM fetches f
                WHERE f.source = s.name AND f.state = 'queued'
                AND NOT EXISTS (SELECT 1 FROM held h WHERE h.article = f.article AND NOT h.released)
            ) AS queued,
            (
                SELECT count(*) FROM held h JOIN fetches f ON f.article = h.article
                WHERE f.source = s.name AND f.state = 'queued' AND NOT h.released
            ) AS held,
            (
                SELECT count(*) FROM fetches f
                WHERE f.source = s.name AND f.state IN ('gone', 'forbidden', 'refused', 'failed')
            ) AS not_had,
            (
                SELECT count(*) FROM articles a
                WHERE a.source = s.name AND EXISTS (SELECT 1 FROM revisions r WHERE r.article = a.id)
            ) AS readable,
            (
                SELECT count(DISTINCT d.article) FROM listings l JOIN discoveries d ON d.listing = l.url
                WHERE l.source = s.name AND d.first_seen >= strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-1 day')
            ) AS named_in_a_day,
            s.minimum
        FROM sources s""",
    "beat": """
        SELECT
            h.published,
            h.outlet,
            h.language,
            h.headline_en,
            k.rank,
            (
                SELECT group_concat(term, ', ')
                FROM (SELECT DISTINCT term FROM marks WHERE article = k.article ORDER BY term)
            ) AS terms,
            h.headline,
            h.story,
            h.article,
            h.url
        FROM ranks k
        JOIN headlines h ON h.article = k.article
        WHERE k.on_beat""",
    "held_back": """
        SELECT
            h.reason,
            a.source,
            (SELECT min(title) FROM discoveries d WHERE d.article = h.article) AS listed_title,
            (
                SELECT group_concat(term, ', ')
                FROM (SELECT DISTINCT term FROM marks WHERE article = h.article ORDER BY term)
            ) AS terms,
            h.released,
            h.article,
            a.url
        FROM held h
        JOIN articles a ON a.id = h.article""",
    "revision_list": """
        SELECT
            r.article,
            r.number,
            c.fetched_at AS seen_at,
            r.title,
            nullif(before.title, r.title) AS title_before,
            e.length,
            e.length - earlier.length AS length_change,
            (
                SELECT count(*) FROM revisions o
                WHERE o.article = r.article AND o.version = r.version AND o.number <= r.number
            ) AS revision,
            a.source,
            a.url
        FROM revisions r
        JOIN revisions before ON before.article = r.article AND before.version = r.version AND before.number = (
            SELECT max(number) FROM revisions
            WHERE article = r.article AND version = r.version AND number < r.number
        )
        JOIN extractions e ON e.id = r.extraction
        JOIN extractions earlier ON earlier.id = before.extraction
        JOIN captures c ON c.article = r.article AND c.number = r.number
        JOIN articles a ON a.id = r.article
        -- Only the readings of the extractor whose text is shown: the older ones tell the same changes again.
        WHERE r.number > 1 AND r.version = (SELECT max(version) FROM revisions WHERE article = r.article)""",
    "withdrawal_list": """
        SELECT
            w.state,
            w.status,
            w.noticed_at,
            w.confirmed_at,
            w.back_at,
            h.outlet,
            h.headline_en,
            h.headline,
            h.story,
            w.article,
            h.url
        FROM withdrawals w
        JOIN headlines h ON h.article = w.article""",
    "reserved": """
        SELECT
            n.directive,
            n.value,
            n.agent,
            n.origin,
            src.outlet,
            r.title,
            a.id AS article,
            a.url
        FROM reservations n
        JOIN articles a ON a.id = n.article
        JOIN sources src ON src.name = a.source
        LEFT JOIN current_revisions r ON r.article = a.id
        WHERE n.extraction = (
            SELECT e.id
            FROM extractions e
            JOIN captures c ON c.id = e.capture
            WHERE e.article = n.article
            ORDER BY c.number DESC, e.version DESC
            LIMIT 1
        )""",
}

DESCRIPTIONS = {
    "gap_report": Described(
        "Feeds in which nothing was known any more at a visit: what came and went in between, and how it was filled.",
        {
            "outlet": "Outlet",
            "source": "Source",
            "state": "open (being filled back), filled, or unfilled",
            "newest_known": "The latest date that the feed had given before, UTC",
            "oldest_listed": "The earliest date that it gave then, UTC",
            "found": "Articles of these days that were found in sitemaps and archives and that the feed never named",
            "noticed_at": "When it was noticed",
            "ended_at": "When the filling ended",
            "filled_since": "First day that is filled back",
            "filled_until": "Last day",
            "reason": "Why it is not filled, or what could not be read",
            "listing": "The feed",
        },
    ),
    "problems": Described(
        "Everything that did not end well, in one list.",
        {
            "stage": "Where",
            "what": "What became of it",
            "why": "Why",
            "subject": "URL",
            "source": "Source",
            "next_at": "When it is tried again, if it is",
        },
    ),
    "archive_report": Described(
        "The files of the raw archive, with what is in each.",
        {
            "file": "WARC file in the archive folder",
            "day": "UTC day on which its answers were archived",
            "state": "open (may still grow), sealed, or removed",
            "bytes": "Bytes that are certain",
            "pages": "Captures whose page lies in it",
            "unread": "Of those, the ones that no extraction has read yet; such a file is not removed",
            "other_answers": "Answers without a page: 404, 410, errors, moves",
            "removed_at": "When it was removed, by `triwire archive prune`",
        },
    ),
    "source_report": Described(
        "Each source: discovered, archived, readable.",
        {
            "source": "Source",
            "outlet": "Outlet",
            "language": "Language",
            "discovered": "Articles that its listings named",
            "archived": "Articles whose page is in the archive",
            "queued": "Articles still to fetch",
            "held": "Articles held back because they are off the beat",
            "not_had": "Articles that are gone, forbidden, refused or failed",
            "readable": "Articles with a text",
            "named_in_a_day": "Articles that its listings named anew in the last day",
            "minimum": "Fewest that a full day should name",
        },
    ),
    "beat": Described(
        "Headlines on the beat, with the terms that put them there.",
        {
            "published": "Publication date, UTC",
            "outlet": "Outlet",
            "language": "Language",
            "headline_en": "Headline in English, or as it is while untranslated",
            "rank": "The weights of its terms, those in headlines three times",
            "terms": "The terms that it names",
            "headline": "Headline",
            "story": "Story",
            "article": "Article id",
            "url": "Address",
        },
    ),
    "held_back": Described(
        "Articles that were not fetched because they are off the beat; `triwire retry held` has them fetched.",
        {
            "reason": "What it does not name",
            "source": "Source",
            "listed_title": "Headline in a listing",
            "terms": "The terms of the beat that it names",
            "released": "1 when a person has asked for it after all",
            "article": "Article id",
            "url": "Address",
        },
    ),
    "revision_list": Described(
        "Each change of an article's text; `triwire revisions URL` shows it sentence by sentence.",
        {
            "article": "Article id",
            "number": "Number of the capture that brought the change",
            "seen_at": "When it was first seen so",
            "title": "Headline since then",
            "title_before": "Headline before, where it is another",
            "length": "Characters of the body since then",
            "length_change": "Characters more than before",
            "revision": "Which text of the article this is; 2 is the first change",
            "source": "Source",
            "url": "Address",
        },
    ),
    "withdrawal_list": Described(
        "Stored articles that their outlets took down, with what became of that. Their text is kept.",
        {
            "state": "suspected; withdrawn (still gone a day later); back (it answers again)",
            "status": "HTTP status of the last answer while it was gone",
            "noticed_at": "When it was first found gone",
            "confirmed_at": "When it was found to be still gone",
            "back_at": "When it answered again",
            "outlet": "Outlet",
            "headline_en": "Headline in English",
            "headline": "Headline",
            "story": "Story",
            "article": "Article id",
            "url": "Address",
        },
    ),
    "reserved": Described(
        "Articles whose publishers reserve something, as their newest page says it.",
        {
            "directive": "noindex, noarchive, nosnippet and their like, tdm-reservation or tdm-policy",
            "value": "What it says beside its name: for tdm-policy the address of the licence",
            "agent": "The robot that it is stated for; empty for all",
            "origin": "header (of the answer) or meta (in the page's head)",
            "outlet": "Outlet",
            "title": "Headline",
            "article": "Article id",
            "url": "Address",
        },
    ),
}
