-- Rows that refer to one that is not there.
-- Parameters: none
PRAGMA foreign_key_check;
