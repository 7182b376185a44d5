-- The last block of a group that ends before an instant.
-- Parameters: :log_group, :at
SELECT id, log_group, first, last, events, size, unsaid, debug, info, warn, error
FROM log_block INDEXED BY log_block_group
WHERE log_group = :log_group AND last < :at
ORDER BY last DESC
LIMIT 1;
