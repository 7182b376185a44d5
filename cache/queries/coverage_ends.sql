-- The covers of a signal that reach furthest.
-- Parameters: :signal
SELECT starts, ends, asked, truncated FROM cover
WHERE signal = :signal AND ends = (SELECT max(ends) FROM cover WHERE signal = :signal);
