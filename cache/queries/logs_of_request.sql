-- The log events that name a request, oldest first: few.
-- word is the first word asked for and words the others: most messages fail at the first. Case is that of ASCII.
-- Parameters: :request, :from, :to, :level, :groups, :word, :words
SELECT e.log_group, s.name, e.event, e.at, e.ingested, e.level, e.trace, e.request, e.message
FROM log_event e INDEXED BY log_event_request
CROSS JOIN log_stream s ON s.id = e.stream
WHERE e.request = :request
  AND e.at >= :from AND e.at < :to
  AND e.level >= :level
  AND (:groups IS NULL OR e.log_group IN (SELECT value FROM json_each(:groups)))
  AND (:word = '' OR instr(lower(e.message), :word) > 0)
  AND (:words IS NULL OR NOT EXISTS (
    SELECT 1 FROM json_each(:words) w WHERE instr(lower(e.message), w.value) = 0))
ORDER BY e.at;
