-- A column of a block.
-- Parameters: block
SELECT data FROM log_text WHERE block = ?;
