-- All log events of format 1, by group, oldest first.
-- Parameters: none
SELECT e.log_group, s.name, e.event, e.at, e.ingested, e.level, e.trace, e.request, e.message
FROM log_event e INDEXED BY log_event_identity
CROSS JOIN log_stream s ON s.id = e.stream
ORDER BY e.log_group, e.at, e.event;
