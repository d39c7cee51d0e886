BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" ("id","migration_set","name","applied_at") VALUES(1,'triwire','foundation','2026-11-21 21:21:55.016716+00:00');
INSERT INTO "_sqlite_migrations" ("id","migration_set","name","applied_at") VALUES(2,'triwire','leases','2026-11-22 00:57:14.866799+00:00');
INSERT INTO "_sqlite_migrations" ("id","migration_set","name","applied_at") VALUES(3,'triwire','rechecks','2026-11-22 00:57:14.875390+00:00');
INSERT INTO "_sqlite_migrations" ("id","migration_set","name","applied_at") VALUES(4,'triwire','beat','2026-11-22 00:57:14.884498+00:00');
INSERT INTO "_sqlite_migrations" ("id","migration_set","name","applied_at") VALUES(5,'triwire','drift','2026-11-22 00:57:14.900151+00:00');
INSERT INTO "_sqlite_migrations" ("id","migration_set","name","applied_at") VALUES(6,'triwire','polling','2026-11-22 00:57:14.915552+00:00');
CREATE TABLE addresses (
    url TEXT NOT NULL,
    article TEXT NOT NULL REFERENCES articles(id),
    kind TEXT NOT NULL CHECK (kind IN ('discovered', 'redirect', 'canonical')),
    rank INTEGER,
    PRIMARY KEY (url, article)
) STRICT;
CREATE TABLE archive_files (
    name TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    owner TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    sealed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE archive_records (
    capture TEXT PRIMARY KEY REFERENCES captures(id),
    file TEXT NOT NULL REFERENCES archive_files(name),
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL
) STRICT;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES sources(name),
    first_seen TEXT NOT NULL
) STRICT;
INSERT INTO "articles" ("id","key","url","source","first_seen") VALUES('0123456789abcdef','https://en.granma.cu/cuba/2026-10-01/one','https://en.granma.cu/cuba/2026-10-01/one','granma-en','2026-11-21T21:21:55+00:00');
CREATE TABLE backfill_articles (
    backfill TEXT NOT NULL REFERENCES backfills(id),
    article TEXT NOT NULL REFERENCES articles(id),
    PRIMARY KEY (backfill, article)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE beats (
    version TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'own')),
    file TEXT NOT NULL,
    current INTEGER NOT NULL
) STRICT;
CREATE TABLE captures (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id),
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    status INTEGER,
    content_type TEXT,
    sha256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    UNIQUE (article, number)
) STRICT;
INSERT INTO "captures" ("id","article","number","url","status","content_type","sha256","length","fetched_at","checked_at") VALUES('b220af5ff905587d','0123456789abcdef',1,'https://en.granma.cu/cuba/2026-10-01/one',200,'text/html','00',1,'2026-11-21T21:21:55+00:00','2026-11-21T21:21:55+00:00');
CREATE TABLE catalogue (
    source TEXT PRIMARY KEY REFERENCES sources(name),
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE discoveries (
    article TEXT NOT NULL REFERENCES articles(id),
    listing TEXT NOT NULL REFERENCES listings(url),
    url TEXT NOT NULL,
    declared TEXT NOT NULL,
    title TEXT,
    summary TEXT,
    published TEXT,
    updated TEXT,
    first_seen TEXT NOT NULL,
    PRIMARY KEY (article, listing, url, declared)
) STRICT;
CREATE TABLE edges (
    a TEXT NOT NULL REFERENCES articles(id),
    b TEXT NOT NULL REFERENCES articles(id),
    kind TEXT NOT NULL CHECK (kind IN ('exact', 'near', 'update', 'template', 'translation', 'event', 'related')),
    score REAL NOT NULL,
    evidence TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) STRICT;
CREATE TABLE extractions (
    id TEXT PRIMARY KEY,
    capture TEXT NOT NULL REFERENCES captures(id),
    article TEXT NOT NULL REFERENCES articles(id),
    version INTEGER NOT NULL,
    title TEXT,
    text TEXT NOT NULL REFERENCES texts(id),
    lead TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    published_as_read TEXT,
    published_origin TEXT,
    updated TEXT,
    updated_origin TEXT,
    section TEXT,
    canonical_url TEXT,
    image_url TEXT,
    declared_language TEXT,
    missing TEXT NOT NULL,
    problems TEXT NOT NULL,
    extracted_at TEXT NOT NULL, length INTEGER,
    UNIQUE (capture, version)
) STRICT;
INSERT INTO "extractions" ("id","capture","article","version","title","text","lead","authors","published","published_as_read","published_origin","updated","updated_origin","section","canonical_url","image_url","declared_language","missing","problems","extracted_at","length") VALUES('691d970409663756','b220af5ff905587d','0123456789abcdef',1,'One','25addb23ddbf4fbb',NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'["published"]','[]','2026-11-21T21:21:55+00:00',6);
CREATE TABLE fetches (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    source TEXT NOT NULL REFERENCES sources(name),
    url TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'archived', 'moved', 'gone', 'forbidden', 'refused', 'failed')),
    wanted TEXT NOT NULL DEFAULT '',
    got TEXT NOT NULL DEFAULT '',
    status INTEGER,
    reason TEXT,
    moved_to TEXT REFERENCES articles(id),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at TEXT
) STRICT;
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
CREATE TABLE held (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    beat TEXT NOT NULL REFERENCES beats(version),
    reason TEXT NOT NULL,
    released INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    delay REAL NOT NULL DEFAULT 0,
    next_at REAL NOT NULL DEFAULT 0,
    rest_until REAL NOT NULL DEFAULT 0
, owner TEXT, taken_at REAL NOT NULL DEFAULT 0) STRICT;
CREATE TABLE identifications (
    revision TEXT PRIMARY KEY REFERENCES revisions(id),
    version INTEGER NOT NULL,
    language TEXT NOT NULL,
    probability REAL NOT NULL,
    evidence TEXT NOT NULL
) STRICT;
INSERT INTO "identifications" ("revision","version","language","probability","evidence") VALUES('c2a53c54bed3981a',1,'en',1.0,'{}');
CREATE TABLE indexed (
    docid INTEGER PRIMARY KEY,
    article TEXT NOT NULL UNIQUE REFERENCES articles(id)
) STRICT;
INSERT INTO "indexed" ("docid","article") VALUES(1,'0123456789abcdef');
CREATE TABLE listings (
    url TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(name),
    kind TEXT,
    etag TEXT,
    last_modified TEXT,
    sha256 TEXT,
    entries INTEGER NOT NULL DEFAULT 0,
    problems TEXT NOT NULL DEFAULT '[]',
    rules TEXT,
    outcome TEXT,
    error TEXT,
    checked_at TEXT,
    next_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0
, role TEXT CHECK (role IN ('feed', 'sitemap', 'section', 'home')), found_in TEXT, polled INTEGER NOT NULL DEFAULT 1 CHECK (polled IN (0, 1)), minutes REAL, on_time INTEGER NOT NULL DEFAULT 0, asked_minutes REAL, read_at TEXT) STRICT;
CREATE TABLE marks (
    article TEXT NOT NULL REFERENCES articles(id),
    place TEXT NOT NULL CHECK (place IN ('listing', 'address', 'title', 'body')),
    term TEXT NOT NULL,
    beat TEXT NOT NULL REFERENCES beats(version),
    PRIMARY KEY (article, place, term)
) STRICT, WITHOUT ROWID;
CREATE TABLE memory (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    text TEXT NOT NULL,
    package TEXT NOT NULL REFERENCES packages(sha256),
    glossary TEXT NOT NULL DEFAULT '',
    flags TEXT NOT NULL
) STRICT;
CREATE TABLE packages (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    origin TEXT NOT NULL,
    licence TEXT,
    rough INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE postings (
    token INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article TEXT NOT NULL REFERENCES articles(id),
    PRIMARY KEY (token, day, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE ranks (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    beat TEXT REFERENCES beats(version),
    rank INTEGER NOT NULL DEFAULT 0,
    on_beat INTEGER NOT NULL DEFAULT 0,
    lacks TEXT
) STRICT;
INSERT INTO "ranks" ("article","beat","rank","on_beat","lacks") VALUES('0123456789abcdef',NULL,0,0,NULL);
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
CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id),
    version INTEGER NOT NULL,
    number INTEGER NOT NULL,
    extraction TEXT NOT NULL REFERENCES extractions(id),
    title TEXT,
    text TEXT NOT NULL REFERENCES texts(id),
    published TEXT,
    UNIQUE (article, version, number)
) STRICT;
INSERT INTO "revisions" ("id","article","version","number","extraction","title","text","published") VALUES('c2a53c54bed3981a','0123456789abcdef',1,1,'691d970409663756','One','25addb23ddbf4fbb',NULL);
CREATE TABLE robots (
    site TEXT PRIMARY KEY,
    status INTEGER,
    rules TEXT NOT NULL DEFAULT '',
    refusal TEXT,
    fetched_at REAL NOT NULL,
    good_until REAL NOT NULL,
    CHECK (status IS NOT NULL OR refusal IS NOT NULL)
) STRICT;
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    tally TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE VIRTUAL TABLE search USING fts5(
    title, title_en, body, body_en,
    title_folded, title_en_folded, body_folded, body_en_folded,
    tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO "search" ("title","title_en","body","body_en","title_folded","title_en_folded","body_folded","body_en_folded") VALUES('One','One','First.','First.','One','One','First.','First.');
CREATE TABLE sentences (
    revision TEXT NOT NULL REFERENCES revisions(id),
    to_code TEXT NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('title', 'body')),
    number INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    source TEXT NOT NULL,
    memory TEXT NOT NULL REFERENCES memory(id),
    PRIMARY KEY (revision, to_code, field, number)
) STRICT;
CREATE TABLE signals (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    revision TEXT NOT NULL REFERENCES revisions(id),
    version INTEGER NOT NULL,
    day INTEGER,
    signals TEXT NOT NULL
) STRICT;
CREATE TABLE source_days (
    source TEXT NOT NULL REFERENCES sources(name),
    day TEXT NOT NULL,
    discovered INTEGER NOT NULL,
    fetched INTEGER NOT NULL,
    extracted INTEGER NOT NULL,
    no_title INTEGER NOT NULL,
    no_date INTEGER NOT NULL,
    no_author INTEGER NOT NULL,
    no_body INTEGER NOT NULL,
    length INTEGER,
    usual_length INTEGER,
    version INTEGER,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    language TEXT,
    country TEXT,
    timezone TEXT NOT NULL,
    minimum INTEGER NOT NULL
) STRICT;
INSERT INTO "sources" ("name","outlet","language","country","timezone","minimum") VALUES('granma-en','Granma','en','CU','America/Havana',5);
CREATE TABLE stories (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    story TEXT NOT NULL REFERENCES articles(id)
) STRICT;
INSERT INTO "stories" ("article","story") VALUES('0123456789abcdef','0123456789abcdef');
CREATE TABLE texts (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "texts" ("id","text") VALUES('25addb23ddbf4fbb','First.');
CREATE TABLE translations (
    revision TEXT NOT NULL REFERENCES revisions(id),
    to_code TEXT NOT NULL,
    title TEXT,
    text TEXT REFERENCES texts(id),
    route TEXT NOT NULL,
    flagged INTEGER NOT NULL,
    PRIMARY KEY (revision, to_code)
) STRICT;
CREATE TABLE warnings (
    source TEXT NOT NULL REFERENCES sources(name),
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    evidence TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (source, kind, since)
) STRICT;
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
CREATE TABLE work (
    stage TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'waiting', 'quarantined')),
    version INTEGER NOT NULL,
    place INTEGER NOT NULL,
    reason TEXT,
    owner TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at TEXT,
    error TEXT,
    PRIMARY KEY (stage, subject)
) STRICT;
CREATE INDEX addresses_article ON addresses(article);
CREATE INDEX archive_records_file ON archive_records(file);
CREATE INDEX articles_seen ON articles(source, first_seen);
CREATE INDEX backfill_pages_queue ON backfill_pages(backfill, state, next_at);
CREATE INDEX backfills_open ON backfills(source) WHERE state = 'open';
CREATE INDEX captures_first ON captures(fetched_at) WHERE number = 1;
CREATE INDEX captures_sha256 ON captures(sha256);
CREATE INDEX discoveries_listing ON discoveries(listing);
CREATE INDEX edges_b ON edges(b);
CREATE INDEX extractions_article ON extractions(article);
CREATE INDEX fetches_queue ON fetches(source, state, next_at);
CREATE INDEX gaps_backfill ON gaps(backfill);
CREATE INDEX gaps_source ON gaps(source, state);
CREATE INDEX identifications_language ON identifications(language);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX listings_source ON listings(source);
CREATE INDEX marks_term ON marks(term);
CREATE INDEX postings_article ON postings(article);
CREATE INDEX ranks_on_beat ON ranks(rank) WHERE on_beat;
CREATE INDEX ranks_unmarked ON ranks(article) WHERE beat IS NULL;
CREATE INDEX rechecks_source ON rechecks(source, first_at);
CREATE INDEX sentences_memory ON sentences(memory);
CREATE INDEX source_days_day ON source_days(day);
CREATE INDEX stories_story ON stories(story);
CREATE INDEX warnings_open ON warnings(source) WHERE ended_at IS NULL;
CREATE INDEX withdrawals_open ON withdrawals(article) WHERE back_at IS NULL;
CREATE INDEX work_owner ON work(owner) WHERE owner IS NOT NULL;
CREATE INDEX work_queue ON work(stage, state, place);
COMMIT;
