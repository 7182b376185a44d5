-- The history of a query, oldest first.
-- Parameters: :from, :to, :scopes, :name, :state
SELECT h.scope, h.alarm, h.at, h.kind, h.summary, h.data, h.state_from, h.state_to, h.contributor, h.attributes
FROM alarm_history h INDEXED BY alarm_history_time
CROSS JOIN scope s ON s.id = h.scope
WHERE h.at >= :from AND h.at < :to
  AND (:scopes IS NULL OR h.scope IN (SELECT value FROM json_each(:scopes)))
  AND (:name = '' OR h.alarm = :name)
  AND (:state = '' OR h.state_to = :state AND h.contributor = '')
ORDER BY h.at, s.account, s.region, h.alarm, h.kind, h.summary, h.contributor;
