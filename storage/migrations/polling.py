"""How often each listing is visited, which of them were found, what a feed let slip, and what is filled back."""

STATEMENTS = """
ALTER TABLE listings ADD COLUMN role TEXT CHECK (role IN ('feed', 'sitemap', 'section', 'home'));
ALTER TABLE listings ADD COLUMN found_in TEXT;
ALTER TABLE listings ADD COLUMN polled INTEGER NOT NULL DEFAULT 1 CHECK (polled IN (0, 1));
ALTER TABLE listings ADD COLUMN minutes REAL;
ALTER TABLE listings ADD COLUMN on_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listings ADD COLUMN asked_minutes REAL;
ALTER TABLE listings ADD COLUMN read_at TEXT;
CREATE INDEX listings_source ON listings(source);

CREATE TABLE catalogue (
    source TEXT PRIMARY KEY REFERENCES sources(name),
    digest TEXT NOT NULL
) STRICT;

CREATE TABLE backfills (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(name),
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done')),
    asked_at TEXT NOT NULL,
    ended_at TEXT,
    UNIQUE (source, since, until)
) STRICT;
CREATE INDEX backfills_open ON backfills(source) WHERE state = 'open';

CREATE TABLE backfill_pages (
    backfill TEXT NOT NULL REFERENCES backfills(id),
    url TEXT NOT NULL,
    depth INTEGER NOT NULL DEFAULT 0,
    archive TEXT,
    day TEXT,
    number INTEGER,
    state TEXT NOT NULL CHECK (state IN ('queued', 'read', 'failed')),
    named INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    outside INTEGER NOT NULL DEFAULT 0,
    undated INTEGER NOT NULL DEFAULT 0,
    fingerprint TEXT,
    error TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at TEXT,
    PRIMARY KEY (backfill, url)
) STRICT;
CREATE INDEX backfill_pages_queue ON backfill_pages(backfill, state, next_at);

CREATE TABLE backfill_articles (
    backfill TEXT NOT NULL REFERENCES backfills(id),
    article TEXT NOT NULL REFERENCES articles(id),
    PRIMARY KEY (backfill, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(name),
    listing TEXT NOT NULL REFERENCES listings(url),
    newest_known TEXT,
    oldest_listed TEXT,
    noticed_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'filled', 'unfilled')),
    backfill TEXT REFERENCES backfills(id),
    found INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    ended_at TEXT
) STRICT;
CREATE INDEX gaps_source ON gaps(source, state);
CREATE INDEX gaps_backfill ON gaps(backfill);
"""
