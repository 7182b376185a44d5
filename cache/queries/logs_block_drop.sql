-- Drops a block with its columns.
-- Parameters: id
DELETE FROM log_block WHERE id = ?;
