-- The alarms of a query, by scope and name, with when their place was last listed; those that are gone only where it asks for
-- them too.
-- Parameters: :scopes, :name, :state, :gone
SELECT a.scope, a.name,
  a.arn, a.kind, a.description, a.state, a.reason, a.reason_data, a.since, a.configured, a.actions_enabled,
  a.alarm_actions, a.ok_actions, a.no_data_actions, a.metric, a.expression, a.queries, a.suppression, a.statistic, a.period, a.unit,
  a.comparison, a.threshold, a.evaluation_periods, a.datapoints_to_alarm, a.treat_missing, a.rule, a.tags, a.gone, a.evaluation, a.contributors,
  (SELECT l.at FROM asked l WHERE l.scope = a.scope AND l.signal = 'alarms' AND l.what = 'listing')
FROM alarm a
CROSS JOIN scope s ON s.id = a.scope
WHERE (:scopes IS NULL OR a.scope IN (SELECT value FROM json_each(:scopes)))
  AND (:name = '' OR a.name = :name)
  AND (:state = '' OR a.state = :state)
  AND (:gone OR a.gone IS NULL)
ORDER BY s.account, s.region, a.name;
