-- The traces of an id, by start and scope, or the other way round: one in each scope that has seen it.
-- Parameters: :id, :from, :to, :scopes, :slower, :faults, :failed, :resource, :newest
SELECT t.id, t.scope, t.trace,
  t.start, t.duration, t.response, t.entry, t.method, t.url, t.status, t.fault, t.error, t.throttle,
  t.partial, t.revision, t.limited
FROM trace t INDEXED BY trace_id
CROSS JOIN scope s ON s.id = t.scope
WHERE t.trace = :id
  AND t.start >= :from AND t.start < :to
  AND (:scopes IS NULL OR t.scope IN (SELECT value FROM json_each(:scopes)))
  AND t.response > :slower
  AND (NOT :faults OR t.fault)
  AND (NOT :failed OR t.fault OR t.error OR t.throttle)
  AND (:resource = '' OR instr(lower(t.entry), :resource) > 0 OR EXISTS (
    SELECT 1 FROM trace_name p WHERE p.trace = t.id AND instr(lower(p.name), :resource) > 0))
ORDER BY iif(:newest, -t.start, t.start),
  iif(:newest, '', s.account), iif(:newest, '', s.region), s.account DESC, s.region DESC;
