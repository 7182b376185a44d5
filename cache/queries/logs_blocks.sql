-- The blocks that reach into a range. Reads the heads of all blocks, which are a thousandth of the events.
-- Parameters: :from, :to, :groups
SELECT id, log_group, first, last, events, size, unsaid, debug, info, warn, error
FROM log_block
WHERE last >= :from AND first < :to
  AND (:groups IS NULL OR log_group IN (SELECT value FROM json_each(:groups)));
