-- Every record in its JSON form. sort and date_sort are its sort keys in the two orders there are; the four days are
-- what its dates leave open.
CREATE TABLE record (
  id        TEXT PRIMARY KEY NOT NULL,
  sort      TEXT NOT NULL,
  date_sort TEXT NOT NULL,
  startMin  TEXT NOT NULL,
  startMax  TEXT NOT NULL,
  endMin    TEXT NOT NULL,
  endMax    TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;

-- The index from which all lists are read: under each key ("from=ent_…") the sort keys of its records, in order.
CREATE TABLE posting (
  key  TEXT NOT NULL,
  sort TEXT NOT NULL,
  PRIMARY KEY (key, sort)
) STRICT, WITHOUT ROWID;

-- How many records stand under a key, for the keys that are counted.
CREATE TABLE tally (
  key TEXT PRIMARY KEY NOT NULL,
  n   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Batches that were applied, by their idempotency keys.
CREATE TABLE op (
  key    TEXT PRIMARY KEY NOT NULL,
  hash   TEXT NOT NULL,
  result TEXT NOT NULL,
  at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
