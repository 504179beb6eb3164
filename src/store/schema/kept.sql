-- What was read from items that are being read again: if the new reading is no better, this one
-- comes back (store/kept.h). Empty but for the time of a retry. The columns are those of reading,
-- meta and page; `wanted`: it is one of those that the retry is for, not only the container of one;
-- `sure` and `weight`: what can be relied on of its pages, as who put it here measures.
CREATE TABLE IF NOT EXISTS kept_reading (
    item         INTEGER PRIMARY KEY,
    outcome      INTEGER NOT NULL,
    reason       INTEGER NOT NULL,
    detail       TEXT NOT NULL,
    type         TEXT NOT NULL,
    lang         TEXT NOT NULL,
    title        TEXT NOT NULL,
    date         TEXT NOT NULL,
    sender       TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    reader       TEXT NOT NULL,
    pages        INTEGER NOT NULL,
    chars        INTEGER NOT NULL,
    children     INTEGER NOT NULL,
    duplicate_of INTEGER NOT NULL,
    wanted       INTEGER NOT NULL,
    sure         INTEGER NOT NULL,
    weight       INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS kept_meta (
    item  INTEGER NOT NULL,
    key   TEXT NOT NULL,
    value TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS kept_meta_by_item ON kept_meta (item);

CREATE TABLE IF NOT EXISTS kept_page (
    id         INTEGER PRIMARY KEY,
    method     INTEGER NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    confidence INTEGER NOT NULL,
    lang       TEXT NOT NULL,
    label      TEXT NOT NULL,
    text       TEXT NOT NULL,
    rest       TEXT NOT NULL,
    boxes      BLOB
);
