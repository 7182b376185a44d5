-- What SQLite finds wrong with the file: one row that says ok if nothing. Reads everything.
-- Parameters: none
PRAGMA integrity_check(10);
