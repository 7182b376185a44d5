-- Forgets the oldest blocks of log events within a stretch of time, with all that belongs to them.
-- Parameters: :scopes, :from, :to, :limit
DELETE FROM log_block WHERE id IN (
  SELECT b.id FROM log_block b INDEXED BY log_block_time
  CROSS JOIN log_group g ON g.id = b.log_group
  WHERE b.last >= :from AND b.last < :to AND b.first >= :from AND g.scope IN (SELECT value FROM json_each(:scopes))
  ORDER BY b.last LIMIT :limit)
RETURNING events, last;
