-- Keeps an event; one that is there stays as it is, for events do not change.
-- Parameters: scope, event, at, name, source, type, category, read_only, who, principal, source_ip, user_agent, error_code, error_message, request, resources, raw
INSERT INTO trail_event (
  scope, event, at, name, source, type, category, read_only, who, principal, source_ip, user_agent,
  error_code, error_message, request, resources, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;
