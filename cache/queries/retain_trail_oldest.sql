-- The oldest of the trail events that could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT at FROM trail_event INDEXED BY trail_event_time
WHERE at >= :from AND at < :to AND scope IN (SELECT value FROM json_each(:scopes))
ORDER BY at LIMIT 1;
