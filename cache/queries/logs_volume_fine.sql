-- How many events of each level fall into each bucket, for buckets finer than a minute.
-- Parameters: :from, :to, :bucket, :level, :groups
SELECT e.at / :bucket * :bucket AS bucket, e.level, count(*)
FROM log_event e INDEXED BY log_event_time
WHERE e.at >= :from AND e.at < :to
  AND e.level >= :level
  AND (:groups IS NULL OR e.log_group IN (SELECT value FROM json_each(:groups)))
GROUP BY 1, 2
ORDER BY 1, 2;
