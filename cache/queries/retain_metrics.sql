-- Forgets the oldest days of series of a stretch of time.
-- Parameters: :scopes, :from, :to, :limit
DELETE FROM series_chunk WHERE rowid IN (
  SELECT c.rowid FROM series_chunk c INDEXED BY series_chunk_day
  CROSS JOIN series s ON s.id = c.series
  CROSS JOIN metric m ON m.id = s.metric
  WHERE c.day >= :from AND c.day < :to AND m.scope IN (SELECT value FROM json_each(:scopes))
  ORDER BY c.day LIMIT :limit)
RETURNING points, day;
