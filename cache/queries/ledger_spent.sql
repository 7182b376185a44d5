-- What the requests of some days did cost.
-- Parameters: :from, :to
SELECT coalesce(sum(cost), 0)
FROM spend
WHERE day >= :from AND day < :to;
