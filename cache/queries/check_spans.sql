-- Traces that do not hold as many spans as they say.
-- Parameters: none
SELECT t.trace, t.spans, (SELECT count(*) FROM span s WHERE s.trace = t.id) AS kept
FROM trace t INDEXED BY trace_id
WHERE t.trace >= '' AND kept <> t.spans
LIMIT 1;
