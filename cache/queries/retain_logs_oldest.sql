-- The block of log events that could be forgotten first.
-- Parameters: :scopes, :from, :to
SELECT b.last
FROM log_block b INDEXED BY log_block_time
CROSS JOIN log_group g ON g.id = b.log_group
WHERE b.last >= :from AND b.last < :to AND b.first >= :from AND g.scope IN (SELECT value FROM json_each(:scopes))
ORDER BY b.last LIMIT 1;
