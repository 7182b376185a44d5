-- What the requests of some days did cost.
-- Numbers that cannot be right neither overflow a sum nor make it smaller; total() is exact to 2^53, nine million dollars.
-- Parameters: :from, :to
SELECT CAST(min(total(max(cost, 0)), 9e18) AS INTEGER)
FROM spend
WHERE day >= :from AND day < :to;
