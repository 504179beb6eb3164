-- Permanent as well: what people mark in documents (src/marks).
-- Names that people give to tags, colours and work lists. One that is removed keeps its
-- row, and so do its marks.
CREATE TABLE IF NOT EXISTS label (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       INTEGER NOT NULL,            -- enum marks_kind
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL,               -- the words of the name as the search folds them
    colour     TEXT NOT NULL,
    who        TEXT NOT NULL,
    at         INTEGER NOT NULL,
    removed_by TEXT NOT NULL DEFAULT '',
    removed_at INTEGER NOT NULL DEFAULT 0   -- 0: it stands
);
CREATE UNIQUE INDEX IF NOT EXISTS label_by_name ON label (kind, folded) WHERE removed_at = 0;

-- What people mark in documents.
CREATE TABLE IF NOT EXISTS mark (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       INTEGER NOT NULL,            -- enum marks_kind
    item       INTEGER NOT NULL,
    page       INTEGER NOT NULL,            -- 0: the document
    regions    BLOB NOT NULL,               -- u16 left, top, right, bottom, in 10000ths of the page
    quote      TEXT NOT NULL,               -- the words that are meant, as the page had them
    prefix     TEXT NOT NULL,               -- the text right before them, and
    suffix     TEXT NOT NULL,               -- right behind
    quote_from INTEGER NOT NULL,            -- bytes in the page's text as it was then
    quote_to   INTEGER NOT NULL,
    label      INTEGER NOT NULL,            -- 0: none
    revision   INTEGER NOT NULL DEFAULT 0,  -- of its text; 0: it has none
    words      TEXT NOT NULL,               -- of text and quote, folded, to be found by
    done_by    TEXT NOT NULL DEFAULT '',
    done_at    INTEGER NOT NULL DEFAULT 0,  -- worked off; 0: open
    checked_by TEXT NOT NULL DEFAULT '',
    checked_at INTEGER NOT NULL DEFAULT 0,
    who        TEXT NOT NULL,
    at         INTEGER NOT NULL,
    removed_by TEXT NOT NULL DEFAULT '',
    removed_at INTEGER NOT NULL DEFAULT 0   -- 0: it stands
);
CREATE INDEX IF NOT EXISTS mark_by_item ON mark (item, page);
CREATE INDEX IF NOT EXISTS mark_by_label ON mark (label, item);

-- The texts of notes and translations, all that ever stood there.
CREATE TABLE IF NOT EXISTS mark_text (
    mark     INTEGER NOT NULL,
    revision INTEGER NOT NULL,              -- from 1
    text     TEXT NOT NULL,
    lang     TEXT NOT NULL,
    who      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (mark, revision)
) WITHOUT ROWID;
