-- What SQLite finds wrong with the structure of the file: one row that says ok if nothing. Reads everything once.
-- Parameters: none
PRAGMA quick_check(10);
