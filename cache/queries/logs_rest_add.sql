-- Adds a column of a block.
-- Parameters: block, data
INSERT INTO log_rest (block, data) VALUES (?, ?);
