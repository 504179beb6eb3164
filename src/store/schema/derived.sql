-- What was read from the items; `sanad rebuild` makes it again. An item without a row in `reading`
-- waits to be read.
CREATE TABLE IF NOT EXISTS reading (
    item         INTEGER PRIMARY KEY,
    outcome      INTEGER NOT NULL,
    reason       INTEGER NOT NULL DEFAULT 0,
    detail       TEXT NOT NULL DEFAULT '',
    type         TEXT NOT NULL DEFAULT '',
    lang         TEXT NOT NULL DEFAULT '',
    title        TEXT NOT NULL DEFAULT '',
    date         TEXT NOT NULL DEFAULT '',
    sender       TEXT NOT NULL DEFAULT '',
    recipient    TEXT NOT NULL DEFAULT '',
    reader       TEXT NOT NULL DEFAULT '',
    pages        INTEGER NOT NULL DEFAULT -1,
    chars        INTEGER NOT NULL DEFAULT -1,
    children     INTEGER NOT NULL DEFAULT 0,
    duplicate_of INTEGER NOT NULL DEFAULT 0
);
-- The items of an outcome without a walk over all that was read.
CREATE INDEX IF NOT EXISTS reading_by_outcome ON reading (outcome);

-- Items that wait, so that finding them costs nothing in a case of millions.
CREATE TABLE IF NOT EXISTS waiting (
    item INTEGER PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS meta (
    item  INTEGER NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS meta_by_item ON meta (item);

-- id: see store/page.h. `boxes` are WORD_BOX_BYTES each (docs/FORMAT.md).
CREATE TABLE IF NOT EXISTS page (
    id         INTEGER PRIMARY KEY,
    method     INTEGER NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    confidence INTEGER NOT NULL,
    lang       TEXT NOT NULL DEFAULT '',
    label      TEXT NOT NULL DEFAULT '',
    text       TEXT NOT NULL,
    rest       TEXT NOT NULL DEFAULT '',
    boxes      BLOB
);

-- Versions of the derivers whose tables are filled.
CREATE TABLE IF NOT EXISTS deriver (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
);
