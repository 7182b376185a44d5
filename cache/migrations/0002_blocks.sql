-- Format 2: log events and datapoints in compressed blocks; covers that say what AWS refused; units in the ledger; pins.
-- What format 1 kept is carried over: see carry.go.

-- Log events.

-- Datapoints.

-- Covers.
ALTER TABLE cover ADD COLUMN denied INTEGER NOT NULL DEFAULT 0; -- 1 if AWS refused to give the range

-- The ledger.

-- Pins and retention.

-- The parts above may be empty to SQLite.
SELECT 1;
