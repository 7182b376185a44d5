-- Covers of no length, and covers over another of the same resource.
-- Parameters: none
SELECT c.signal, c.resource, c.starts
FROM cover c
WHERE c.starts >= c.ends OR EXISTS (
  SELECT 1 FROM cover o
  WHERE o.scope = c.scope AND o.signal = c.signal AND o.resource = c.resource AND o.starts >= c.starts AND o.starts < c.ends AND o.id <> c.id)
LIMIT 1;
