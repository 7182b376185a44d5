-- Keeps a span.
-- Parameters: trace, n, span, parent, kind, name, service, origin, namespace, resource, start, finish, fault, error, throttle, user, detail
INSERT INTO span (
  trace, n, span, parent, kind, name, service, origin, namespace, resource, start, finish, fault, error,
  throttle, user, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
