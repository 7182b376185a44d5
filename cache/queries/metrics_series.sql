-- The series of a query. Their keys are made of the metric's key, the statistic and the seconds of the period.
-- Parameters: :scopes, :namespace, :keys, :resource
SELECT r.id, m.scope, m.namespace, m.name, m.dimensions, r.statistic, r.period, r.unit
FROM metric m
CROSS JOIN series r ON r.metric = m.id
WHERE (:scopes IS NULL OR m.scope IN (SELECT value FROM json_each(:scopes)))
  AND (:namespace = '' OR m.namespace = :namespace)
  AND (:keys IS NULL OR m.key || '|' || r.statistic || '|' || (r.period / 1000000000) IN (SELECT value FROM json_each(:keys)))
  AND (:resource = '' OR EXISTS (
    SELECT 1 FROM json_each(m.dimensions) d WHERE instr(lower(d.value ->> 'value'), :resource) > 0));
