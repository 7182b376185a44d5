-- The blocks of a group that reach into a range, both ends included, oldest first.
-- Parameters: :log_group, :from, :to
SELECT id, log_group, first, last, events, size, unsaid, debug, info, warn, error
FROM log_block INDEXED BY log_block_group
WHERE log_group = :log_group AND last >= :from AND first <= :to
ORDER BY last, first, id;
