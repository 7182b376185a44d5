-- Format 2: log events and datapoints in compressed blocks; covers that say what AWS refused; units in the ledger; pins.
-- What format 1 kept is carried over: see carry.go.

-- Log events.

-- Datapoints.

-- The values of a series on one day, packed as chunk.go says; 10 million of them are a tenth of what they are as rows. Only
-- finite numbers: JSON has no others, and CloudWatch refuses to store them. What was in datapoint is carried over, and the
-- table dropped, by carry_series.go.
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

-- What the requests of a day add up to: always exact, so that the spending of a month needs no look at a million requests,
-- and outlives them.
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

-- The parts above may be empty to SQLite.
SELECT 1;
