-- Folds the log into the file, which shrinks it, and empties the log.
-- Parameters: none
PRAGMA wal_checkpoint(TRUNCATE);
