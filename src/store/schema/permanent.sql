-- What was received and what people decide. Rows are added, never rewritten by a program, but for
-- an item whose bytes come later (docs/decisions/0012), leftovers of a reading that was
-- interrupted, and searches, which people open again, remove and clear.
CREATE TABLE IF NOT EXISTS setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One `sanad add`.
CREATE TABLE IF NOT EXISTS intake (
    id      INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,          -- seconds since 1970-01-01T00:00:00Z
    source  TEXT NOT NULL DEFAULT '',  -- how it came, in the user's words
    paths   TEXT NOT NULL DEFAULT '',  -- as given, a line each
    program TEXT NOT NULL DEFAULT ''   -- version of sanad
);

-- A content that was received, once.
CREATE TABLE IF NOT EXISTS object (
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    bytes  INTEGER NOT NULL
);

-- Every file given and every child found inside one. A number is never used twice: people cite it.
CREATE TABLE IF NOT EXISTS item (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    parent       INTEGER NOT NULL DEFAULT 0,
    intake       INTEGER NOT NULL,
    ordinal      INTEGER NOT NULL DEFAULT 0,
    kind         INTEGER NOT NULL DEFAULT 0,
    path         TEXT NOT NULL,
    name         TEXT NOT NULL,
    raw_path     BLOB,
    object       INTEGER NOT NULL DEFAULT 0,
    bytes        INTEGER NOT NULL DEFAULT 0,
    mtime_ns     INTEGER,
    depth        INTEGER NOT NULL DEFAULT 0,
    mime_hint    TEXT NOT NULL DEFAULT '',
    root         INTEGER NOT NULL DEFAULT 0  -- the outermost container; 0 at the top
);
CREATE INDEX IF NOT EXISTS item_by_object ON item (object, id);
CREATE INDEX IF NOT EXISTS item_by_parent ON item (parent, ordinal) WHERE parent <> 0;
CREATE INDEX IF NOT EXISTS item_by_root ON item (root, bytes) WHERE root <> 0;
CREATE INDEX IF NOT EXISTS item_by_path ON item (path) WHERE parent = 0;

-- Searches that people keep with a name; `found` and `before`: the items that it found when it was
-- opened last and the time before (search/saved.c), by which it tells what is new.
CREATE TABLE IF NOT EXISTS saved_search (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    who    TEXT NOT NULL,
    name   TEXT NOT NULL,
    view   TEXT NOT NULL,
    query  TEXT NOT NULL,
    made   INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    found  BLOB NOT NULL,
    before BLOB NOT NULL
);

-- What a person asked; the person can clear it.
CREATE TABLE IF NOT EXISTS asked_search (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    who       TEXT NOT NULL,
    at        INTEGER NOT NULL,
    view      TEXT NOT NULL,
    documents INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS asked_search_by_who ON asked_search (who, id);

-- The password that a locked content was opened with, of those the user gave.
CREATE TABLE IF NOT EXISTS opened (
    object   INTEGER PRIMARY KEY,
    password TEXT NOT NULL
);

-- The custody log: each row's hash covers the row and the hash before it (docs/FORMAT.md).
CREATE TABLE IF NOT EXISTS custody (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    event  TEXT NOT NULL,
    detail TEXT NOT NULL,
    chain  BLOB NOT NULL
);
