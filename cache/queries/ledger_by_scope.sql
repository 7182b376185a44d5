-- What the requests of some days add up to by account and Region, the dearest first.
-- Numbers that cannot be right neither overflow a sum nor make it smaller; total() is exact to 2^53, nine million dollars.
-- Parameters: :from, :to
SELECT 0, account, region, '', '', sum(requests) AS made, sum(throttled), sum(failed),
  CAST(min(total(max(units, 0)), 9e18) AS INTEGER),
  CAST(min(total(max(cost, 0)), 9e18) AS INTEGER) AS spent
FROM spend
WHERE day >= :from AND day < :to
GROUP BY account, region
ORDER BY spent DESC, made DESC, account, region;
