"""Second looks at young articles, and articles that were taken down."""

STATEMENTS = """
CREATE TABLE rechecks (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    source TEXT NOT NULL REFERENCES sources(name),
    first_at TEXT NOT NULL,
    looked_at TEXT NOT NULL,
    next_at TEXT,
    etag TEXT,
    last_modified TEXT,
    outcome TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rechecks_source ON rechecks(source, first_at);

CREATE TABLE withdrawals (
    article TEXT NOT NULL REFERENCES articles(id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('suspected', 'withdrawn', 'back')),
    status INTEGER NOT NULL,
    noticed_at TEXT NOT NULL,
    confirmed_at TEXT,
    back_at TEXT,
    PRIMARY KEY (article, number)
) STRICT;
CREATE INDEX withdrawals_open ON withdrawals(article) WHERE back_at IS NULL;

INSERT INTO rechecks (article, source, first_at, looked_at, outcome)
    SELECT f.article, f.source, c.fetched_at, (SELECT max(checked_at) FROM captures WHERE article = c.article), 'read'
    FROM captures c JOIN fetches f ON f.article = c.article
    WHERE c.number = 1 AND c.status IS NOT NULL;
"""
