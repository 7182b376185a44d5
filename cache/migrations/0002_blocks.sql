-- Format 2: log events and datapoints in compressed blocks; covers that say what AWS refused; units in the ledger;
-- pins. What format 1 kept is carried over: see convert.go.

-- Log events.

-- Log events of one group that follow each other, packed as package block says. Blocks of a group do not overlap, but
-- two may share the millisecond in which one ends and the next begins. A block never changes: what is added to it makes
-- another, under a number that none had. What was in log_event is converted by convert_logs.go, and log_event,
-- log_minute and log_stream are dropped.
CREATE TABLE log_block (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  log_group INTEGER NOT NULL REFERENCES log_group,
  first     INTEGER NOT NULL, -- instant of the first event, ms
  last      INTEGER NOT NULL, -- instant of the last event, ms
  events    INTEGER NOT NULL, -- how many
  size      INTEGER NOT NULL, -- of their messages, bytes
  unsaid    INTEGER NOT NULL, -- how many of them do not say their level
  debug     INTEGER NOT NULL, -- how many are of that level; likewise below
  info      INTEGER NOT NULL,
  warn      INTEGER NOT NULL,
  error     INTEGER NOT NULL
) STRICT;
CREATE INDEX log_block_group ON log_block (log_group, last);
CREATE INDEX log_block_time ON log_block (last);
-- The columns of a block, each in a table of its own so that reading one does not pass by the others.
CREATE TABLE log_times (block INTEGER PRIMARY KEY REFERENCES log_block ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
CREATE TABLE log_text (block INTEGER PRIMARY KEY REFERENCES log_block ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
CREATE TABLE log_capitals (block INTEGER PRIMARY KEY REFERENCES log_block ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
CREATE TABLE log_rest (block INTEGER PRIMARY KEY REFERENCES log_block ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
CREATE TABLE log_filter (block INTEGER PRIMARY KEY REFERENCES log_block ON DELETE CASCADE, data BLOB NOT NULL) STRICT;

-- Datapoints.

-- The values of a series on one day, packed as package chunk says; 10 million of them are a fifth of what they are as
-- rows. Only finite numbers: JSON has no others, and CloudWatch refuses to store them. What was in datapoint is carried
-- over, and the table dropped, by convert_series.go.
CREATE TABLE series_chunk (
  series INTEGER NOT NULL REFERENCES series,
  day    INTEGER NOT NULL, -- days since the epoch, UTC
  points INTEGER NOT NULL, -- how many
  first  INTEGER NOT NULL, -- instant of the first, ms
  last   INTEGER NOT NULL, -- instant of the last, ms
  data   BLOB    NOT NULL,
  PRIMARY KEY (series, day)
) STRICT;
CREATE INDEX series_chunk_day ON series_chunk (day);

-- Covers.
ALTER TABLE cover ADD COLUMN denied INTEGER NOT NULL DEFAULT 0; -- 1 if AWS refused to give the range

-- The ledger.
ALTER TABLE request ADD COLUMN units INTEGER; -- what AWS bills of it; NULL where format 1 did not count

-- What the requests of a day add up to: always exact, so that the spending of a month needs no look at a million
-- requests, and outlives them.
CREATE TABLE spend (
  day       INTEGER NOT NULL, -- days since the epoch, UTC
  account   TEXT    NOT NULL, -- as in request
  region    TEXT    NOT NULL,
  service   TEXT    NOT NULL,
  operation TEXT    NOT NULL,
  requests  INTEGER NOT NULL, -- retries too
  throttled INTEGER NOT NULL, -- of requests
  failed    INTEGER NOT NULL, -- of requests
  units     INTEGER NOT NULL, -- as far as they were counted
  cost      INTEGER NOT NULL, -- nano US dollars
  PRIMARY KEY (day, account, region, service, operation)
) STRICT, WITHOUT ROWID;
INSERT INTO spend
SELECT at / 86400000000000, account, region, service, operation, count(*), count(*) FILTER (WHERE outcome = 'throttled'),
  count(*) FILTER (WHERE outcome = 'failed'), 0, sum(cost)
FROM request GROUP BY 1, 2, 3, 4, 5;

-- Pins and retention.
-- What is not forgotten, whatever the settings say.
CREATE TABLE pin (
  name    TEXT    PRIMARY KEY,
  starts  INTEGER NOT NULL, -- ns
  ends    INTEGER NOT NULL, -- ns, exclusive
  scope   INTEGER REFERENCES scope, -- NULL: everywhere
  created INTEGER NOT NULL, -- ms
  why     TEXT    NOT NULL
) STRICT;
-- What was forgotten of each signal because the file had grown too large.
CREATE TABLE forgotten (
  signal TEXT    PRIMARY KEY,
  before INTEGER NOT NULL, -- all that is older, but what is pinned, ns
  size   INTEGER NOT NULL  -- how large the file was allowed to be, bytes
) STRICT;

-- What became of each scope and signal.
-- How the newest pull of a signal in a scope ended.
CREATE TABLE attempt (
  scope   INTEGER NOT NULL REFERENCES scope,
  signal  TEXT    NOT NULL, -- as in cover
  at      INTEGER NOT NULL, -- when it ended, ns
  stopped INTEGER NOT NULL, -- 1 if something was left unasked
  kind    INTEGER,          -- app.Kind of its first problem; NULL if there was none
  op      TEXT    NOT NULL, -- what was tried then; '' if there was none
  cause   TEXT    NOT NULL, -- likewise
  PRIMARY KEY (scope, signal)
) STRICT, WITHOUT ROWID;

-- The parts above may be empty to SQLite.
SELECT 1;
