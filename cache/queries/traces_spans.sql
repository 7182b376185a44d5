-- The spans of a trace, in the order in which they were kept.
-- Parameters: trace
SELECT
  span, parent, kind, name, service, origin, namespace, resource, start, finish, fault, error, throttle, user,
  detail
FROM span WHERE trace = ? ORDER BY n;
