-- The block of a group that comes before another. Two that share a millisecond are told apart by their ids.
-- Parameters: :log_group, :last, :first, :id
SELECT id, log_group, first, last, events, size, unsaid, debug, info, warn, error
FROM log_block INDEXED BY log_block_group
WHERE log_group = :log_group AND last <= :last AND (last, first, id) < (:last, :first, :id)
ORDER BY last DESC, first DESC, id DESC
LIMIT 1;
