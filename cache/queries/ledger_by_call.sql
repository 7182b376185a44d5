-- What the requests of some days add up to by operation, the dearest first.
-- Parameters: :from, :to
SELECT 0, '', '', service, operation, sum(requests) AS made, sum(throttled), sum(failed), sum(units), sum(cost) AS spent
FROM spend
WHERE day >= :from AND day < :to
GROUP BY service, operation
ORDER BY spent DESC, made DESC, service, operation;
