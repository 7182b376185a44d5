-- How many datapoints could be forgotten.
-- Parameters: :scopes, :from, :to
SELECT coalesce(sum(c.points), 0)
FROM series_chunk c INDEXED BY series_chunk_day
CROSS JOIN series s ON s.id = c.series
CROSS JOIN metric m ON m.id = s.metric
WHERE c.day >= :from AND c.day < :to AND m.scope IN (SELECT value FROM json_each(:scopes));
