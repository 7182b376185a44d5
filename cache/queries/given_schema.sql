-- The statements by which all of a file was made. What SQLite adds by itself, such as the index of a primary key, has
-- none.
-- Parameters: none
SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema;
