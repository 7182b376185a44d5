-- Format 6: answers of Logs Insights, kept with their questions, to be opened again without AWS.

CREATE TABLE result (
  id       INTEGER PRIMARY KEY,
  scope    INTEGER NOT NULL REFERENCES scope,
  asked    INTEGER NOT NULL, -- Unix ms
  starts   INTEGER NOT NULL, -- of the range, Unix ms
  ends     INTEGER NOT NULL,
  question TEXT    NOT NULL,
  language TEXT    NOT NULL, -- CWLI, SQL or PPL
  groups   TEXT    NOT NULL, -- JSON: names of log groups
  columns  TEXT    NOT NULL, -- JSON: names, in their order
  count    INTEGER NOT NULL, -- of rows
  scanned  INTEGER NOT NULL, -- bytes, which AWS bills
  cost     INTEGER NOT NULL, -- nano dollars
  cut      TEXT    NOT NULL  -- why rows are missing; '': none are
) STRICT;
CREATE INDEX result_asked ON result (asked);

CREATE TABLE result_rows (
  result INTEGER NOT NULL REFERENCES result,
  part   INTEGER NOT NULL, -- from 0 on; some thousand rows each
  rows   BLOB    NOT NULL, -- zstd: JSON, a list of rows, each a list of texts or null
  PRIMARY KEY (result, part)
) STRICT, WITHOUT ROWID;
