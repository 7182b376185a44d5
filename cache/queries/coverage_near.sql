-- The covers that share an instant with a range, or touch it.
-- Parameters: scope, signal, resource, from, to
SELECT id, starts, ends, asked, truncated, denied FROM cover
WHERE scope = ?1 AND signal = ?2 AND resource = ?3 AND starts <= ?5 AND ends >= ?4
ORDER BY starts;
