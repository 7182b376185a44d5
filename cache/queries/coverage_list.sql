-- The covers of a query, by scope, signal, resource and time.
-- Parameters: :scopes, :signal, :resource, :from, :to
SELECT c.scope, c.signal, c.resource, c.starts, c.ends, c.asked, c.truncated, c.denied
FROM cover c
CROSS JOIN scope s ON s.id = c.scope
WHERE (:scopes IS NULL OR c.scope IN (SELECT value FROM json_each(:scopes)))
  AND (:signal = '' OR c.signal = :signal)
  AND (:resource = '' OR c.resource = :resource)
  AND c.starts < :to AND c.ends > :from
ORDER BY s.account, s.region, c.signal, c.resource, c.starts;
