-- A column of a block.
-- Parameters: block
SELECT data FROM log_filter WHERE block = ?;
