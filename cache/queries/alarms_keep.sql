-- Keeps an alarm that is listed, as it is now; one that is the same stays as it is. Tags that are NULL are not known, and
-- leave those that were. Contributors stay with an alarm as long as it is in alarm.
-- Parameters: scope, name,
--  arn, kind, description, state, reason, reason_data, since, configured, actions_enabled, alarm_actions,
--  ok_actions, no_data_actions, metric, queries, suppression, expression, statistic, period, unit, comparison, threshold,
--  evaluation_periods, datapoints_to_alarm, treat_missing, rule, tags, evaluation
INSERT INTO alarm (scope, name,
  arn, kind, description, state, reason, reason_data, since, configured, actions_enabled, alarm_actions,
  ok_actions, no_data_actions, metric, queries, suppression, expression, statistic, period, unit, comparison, threshold,
  evaluation_periods, datapoints_to_alarm, treat_missing, rule, tags, evaluation)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (scope, name) DO UPDATE SET (
  arn, kind, description, state, reason, reason_data, since, configured, actions_enabled, alarm_actions,
  ok_actions, no_data_actions, metric, queries, suppression, expression, statistic, period, unit, comparison, threshold,
  evaluation_periods, datapoints_to_alarm, treat_missing, rule, tags, gone, evaluation, contributors) = (
  excluded.arn, excluded.kind, excluded.description, excluded.state, excluded.reason, excluded.reason_data,
  excluded.since, excluded.configured, excluded.actions_enabled, excluded.alarm_actions, excluded.ok_actions,
  excluded.no_data_actions, excluded.metric, excluded.queries, excluded.suppression, excluded.expression, excluded.statistic,
  excluded.period, excluded.unit, excluded.comparison, excluded.threshold, excluded.evaluation_periods,
  excluded.datapoints_to_alarm, excluded.treat_missing, excluded.rule, coalesce(excluded.tags, alarm.tags), NULL,
  excluded.evaluation, CASE WHEN excluded.state = 'ALARM' THEN alarm.contributors END)
WHERE (
  alarm.arn, alarm.kind, alarm.description, alarm.state, alarm.reason, alarm.reason_data, alarm.since,
  alarm.configured, alarm.actions_enabled, alarm.alarm_actions, alarm.ok_actions, alarm.no_data_actions,
  alarm.metric, alarm.queries, alarm.suppression, alarm.expression, alarm.statistic, alarm.period, alarm.unit, alarm.comparison,
  alarm.threshold, alarm.evaluation_periods, alarm.datapoints_to_alarm, alarm.treat_missing, alarm.rule,
  alarm.tags, alarm.gone, alarm.evaluation) IS NOT (
  excluded.arn, excluded.kind, excluded.description, excluded.state, excluded.reason, excluded.reason_data,
  excluded.since, excluded.configured, excluded.actions_enabled, excluded.alarm_actions, excluded.ok_actions,
  excluded.no_data_actions, excluded.metric, excluded.queries, excluded.suppression, excluded.expression, excluded.statistic,
  excluded.period, excluded.unit, excluded.comparison, excluded.threshold, excluded.evaluation_periods,
  excluded.datapoints_to_alarm, excluded.treat_missing, excluded.rule, coalesce(excluded.tags, alarm.tags), NULL,
  excluded.evaluation);
