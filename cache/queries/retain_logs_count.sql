-- How many log events could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT coalesce(sum(b.events), 0)
FROM log_block b INDEXED BY log_block_time
CROSS JOIN log_group g ON g.id = b.log_group
WHERE b.last >= :from AND b.last < :to AND b.first >= :from AND g.scope IN (SELECT value FROM json_each(:scopes));
