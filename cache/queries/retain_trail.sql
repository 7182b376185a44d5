-- Forgets the oldest trail events of a stretch of time.
-- Parameters: :scopes, :from, :to, :limit
DELETE FROM trail_event WHERE id IN (
  SELECT id FROM trail_event INDEXED BY trail_event_time
  WHERE at >= :from AND at < :to AND scope IN (SELECT value FROM json_each(:scopes))
  ORDER BY at LIMIT :limit)
RETURNING 1, at;
