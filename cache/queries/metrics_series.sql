-- The series of a query. Their keys are made of the metric's key, the statistic and the seconds of the period.
-- Parameters: :scopes, :namespace, :keys
SELECT r.id, m.scope, m.namespace, m.name, m.dimensions, m.account, r.statistic, r.period, r.unit
FROM metric m
CROSS JOIN series r ON r.metric = m.id
WHERE (:scopes IS NULL OR m.scope IN (SELECT value FROM json_each(:scopes)))
  AND (:namespace = '' OR m.namespace = :namespace)
  AND (:keys IS NULL OR m.key || '|' || r.statistic || '|' || (r.period / 1000000000) IN (SELECT value FROM json_each(:keys)));
