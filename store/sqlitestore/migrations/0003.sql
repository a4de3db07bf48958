-- The index of ids by itself, so that a load can leave it out and make it in the end.
ALTER TABLE record RENAME TO record_2;
CREATE TABLE record (
  n         INTEGER PRIMARY KEY,
  id        TEXT NOT NULL,
  sort      TEXT NOT NULL,
  date_sort TEXT NOT NULL,
  startMin  TEXT NOT NULL,
  startMax  TEXT NOT NULL,
  endMin    TEXT NOT NULL,
  endMax    TEXT NOT NULL,
  words     TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;
INSERT INTO record SELECT * FROM record_2 ORDER BY n;
DROP TABLE record_2;
CREATE UNIQUE INDEX record_id ON record (id);
