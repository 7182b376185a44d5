-- What the requests of some days add up to by account and Region, the dearest first.
-- Parameters: :from, :to
SELECT 0, account, region, '', '', sum(requests) AS made, sum(throttled), sum(failed), sum(units), sum(cost) AS spent
FROM spend
WHERE day >= :from AND day < :to
GROUP BY account, region
ORDER BY spent DESC, made DESC, account, region;
