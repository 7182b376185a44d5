-- Adds a block and returns its id.
-- Parameters: log_group, first, last, events, size, unsaid, debug, info, warn, error
INSERT INTO log_block (log_group, first, last, events, size, unsaid, debug, info, warn, error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id;
