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

-- Pins and retention.

-- The parts above may be empty to SQLite.
SELECT 1;
