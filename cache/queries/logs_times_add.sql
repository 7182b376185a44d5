-- Adds a column of a block.
-- Parameters: block, data
INSERT INTO log_times (block, data) VALUES (?, ?);
