-- How many trail events could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT count(*) FROM trail_event INDEXED BY trail_event_time
WHERE at >= :from AND at < :to AND scope IN (SELECT value FROM json_each(:scopes));
