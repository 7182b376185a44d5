-- The oldest day of datapoints that could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT c.day
FROM series_chunk c INDEXED BY series_chunk_day
CROSS JOIN series s ON s.id = c.series
CROSS JOIN metric m ON m.id = s.metric
WHERE c.day >= :from AND c.day < :to AND m.scope IN (SELECT value FROM json_each(:scopes))
ORDER BY c.day LIMIT 1;
