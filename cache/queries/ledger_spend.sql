-- What the requests of a range add up to.
-- Numbers that cannot be right neither overflow a sum nor make it smaller; total() is exact to 2^53, nine million dollars.
-- Parameters: :from, :to
SELECT count(*), count(*) FILTER (WHERE outcome = 'throttled'), count(*) FILTER (WHERE outcome = 'failed'),
  CAST(min(total(max(cost, 0)), 9e18) AS INTEGER)
FROM request INDEXED BY request_time
WHERE at >= :from AND at < :to;
