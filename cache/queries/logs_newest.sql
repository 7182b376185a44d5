-- The log events of a query, newest first. Levels and groups are told by the index.
-- word is the first word asked for and words the others: most messages fail at the first. Case is that of ASCII.
-- Parameters: :from, :to, :level, :groups, :word, :words
SELECT e.log_group, s.name, e.event, e.at, e.ingested, e.level, e.trace, e.request, e.message
FROM log_event e INDEXED BY log_event_time
CROSS JOIN log_stream s ON s.id = e.stream
WHERE e.at >= :from AND e.at < :to
  AND e.level >= :level
  AND (:groups IS NULL OR e.log_group IN (SELECT value FROM json_each(:groups)))
  AND (:word = '' OR instr(lower(e.message), :word) > 0)
  AND (:words IS NULL OR NOT EXISTS (
    SELECT 1 FROM json_each(:words) w WHERE instr(lower(e.message), w.value) = 0))
ORDER BY e.at DESC;
