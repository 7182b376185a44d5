-- Forgets the oldest history of alarms of a stretch of time.
-- Parameters: :scopes, :from, :to, :limit
DELETE FROM alarm_history WHERE id IN (
  SELECT id FROM alarm_history INDEXED BY alarm_history_time
  WHERE at >= :from AND at < :to AND scope IN (SELECT value FROM json_each(:scopes))
  ORDER BY at LIMIT :limit)
RETURNING 1, at;
