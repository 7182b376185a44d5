-- What the requests of some days add up to, day by day, oldest first.
-- Parameters: :from, :to
SELECT day, '', '', '', '', sum(requests), sum(throttled), sum(failed), sum(units), sum(cost)
FROM spend
WHERE day >= :from AND day < :to
GROUP BY day
ORDER BY day;
