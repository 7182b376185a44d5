-- Forgets the oldest requests.
-- Parameters: before, limit
DELETE FROM request WHERE id IN (SELECT id FROM request INDEXED BY request_time WHERE at < ? ORDER BY at LIMIT ?);
