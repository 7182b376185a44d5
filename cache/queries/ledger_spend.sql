-- What the requests of a range add up to.
-- Parameters: :from, :to
SELECT count(*), count(*) FILTER (WHERE outcome = 'throttled'), count(*) FILTER (WHERE outcome = 'failed'), coalesce(sum(cost), 0)
FROM request INDEXED BY request_time
WHERE at >= :from AND at < :to;
