-- The covers of a signal that reach furthest, of those that AWS has answered.
-- Parameters: :signal
SELECT starts, ends, asked, truncated, denied FROM cover
WHERE signal = :signal AND NOT denied AND ends = (SELECT max(ends) FROM cover WHERE signal = :signal AND NOT denied);
