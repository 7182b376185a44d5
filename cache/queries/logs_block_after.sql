-- The first block of a group that begins after an instant.
-- Parameters: :log_group, :at
SELECT id, log_group, first, last, events, size, unsaid, debug, info, warn, error
FROM log_block INDEXED BY log_block_group
WHERE log_group = :log_group AND last > :at AND first > :at
ORDER BY last, first, id
LIMIT 1;
