-- The metrics of a scope, listed or not, that have a datapoint at or after an instant, by key.
-- Parameters: :scope, :day, :since
SELECT m.namespace, m.name, m.dimensions, m.account
FROM metric m
WHERE m.scope = :scope AND EXISTS (
  SELECT 1 FROM series s CROSS JOIN series_chunk c ON c.series = s.id
  WHERE s.metric = m.id AND c.day >= :day AND c.last >= :since)
ORDER BY m.key;
