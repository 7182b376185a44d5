-- The requests of a range, newest first.
-- Parameters: :from, :to, :limit
SELECT at, account, region, service, operation, outcome, code, took, units, cost
FROM request INDEXED BY request_time
WHERE at >= :from AND at < :to
ORDER BY at DESC, id DESC
LIMIT :limit;
