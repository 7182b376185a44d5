-- How many events of each level fall into each bucket, for buckets of whole minutes. Minutes that lie within the range
-- are counted already; the first and the last event's minute may be cut, and their events are counted here.
-- first and last are the range's ends, rounded inwards to minutes.
-- Parameters: :from, :to, :first, :last, :bucket, :level, :groups
SELECT at / :bucket * :bucket AS bucket, level, sum(events)
FROM (
  SELECT minute AS at, level, log_group, events FROM log_minute WHERE minute >= :first AND minute < :last
  UNION ALL
  SELECT at, level, log_group, 1 FROM log_event INDEXED BY log_event_time WHERE at >= :from AND at < :first
  UNION ALL
  SELECT at, level, log_group, 1 FROM log_event INDEXED BY log_event_time WHERE at >= :last AND at < :to
)
WHERE level >= :level
  AND (:groups IS NULL OR log_group IN (SELECT value FROM json_each(:groups)))
GROUP BY 1, 2
ORDER BY 1, 2;
