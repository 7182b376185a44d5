-- What the requests of some days add up to, day by day, oldest first.
-- Numbers that cannot be right neither overflow a sum nor make it smaller; total() is exact to 2^53, nine million dollars.
-- Parameters: :from, :to
SELECT day, '', '', '', '', sum(requests), sum(throttled), sum(failed),
  CAST(min(total(max(units, 0)), 9e18) AS INTEGER),
  CAST(min(total(max(cost, 0)), 9e18) AS INTEGER)
FROM spend
WHERE day >= :from AND day < :to
GROUP BY day
ORDER BY day;
