-- Keeps an event; one that is there stays as it is, for events do not change.
-- Parameters: log_group, stream, event, at, ingested, level, trace, request, message
INSERT INTO log_event (log_group, stream, event, at, ingested, level, trace, request, message)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;
