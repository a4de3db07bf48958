-- What search asks: words of names, terms of texts. Records made before have none of it yet, hence
-- +derive

-- A number for each record, under which the index of texts has it: unlike a rowid that has no name, one that VACUUM keeps.
-- And the words of an entity's names, a JSON array: to be tested, where they are found by their postings.
ALTER TABLE record RENAME TO record_1;
CREATE TABLE record (
  n         INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  sort      TEXT NOT NULL,
  date_sort TEXT NOT NULL,
  startMin  TEXT NOT NULL,
  startMax  TEXT NOT NULL,
  endMin    TEXT NOT NULL,
  endMax    TEXT NOT NULL,
  words     TEXT NOT NULL,
  body      TEXT NOT NULL
) STRICT;
INSERT INTO record (id, sort, date_sort, startMin, startMax, endMin, endMax, words, body)
  SELECT id, sort, date_sort, startMin, startMax, endMin, endMax, '[]', body FROM record_1 ORDER BY rowid;
DROP TABLE record_1;

-- The distinct words of entities' names, each as long as there is a posting of it ("word=…").
CREATE TABLE word (
  word TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

-- Under what each of them is found by words that are spelt or sound like it.
CREATE TABLE spelling (
  key  TEXT NOT NULL,
  word TEXT NOT NULL,
  PRIMARY KEY (key, word)
) STRICT, WITHOUT ROWID;

-- The terms of statements and sources, by the numbers of their records: only which terms a record has, not its text
-- (content), nor where in it they stand (detail).
CREATE VIRTUAL TABLE text USING fts5 (
  terms, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'"
);

-- The same, term by term, to be checked.
CREATE VIRTUAL TABLE text_term USING fts5vocab (text, instance);
