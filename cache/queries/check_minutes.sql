-- Minutes whose count of log events is not that of the events. Reads the whole time index.
-- Parameters: none
SELECT minute, log_group, level, sum(counted), sum(kept)
FROM (
  SELECT minute, log_group, level, events AS counted, 0 AS kept FROM log_minute
  UNION ALL
  SELECT at - at % 60000, log_group, level, 0, count(*)
  FROM log_event INDEXED BY log_event_time WHERE at >= -9223372036854775808 GROUP BY 1, 2, 3
)
GROUP BY 1, 2, 3
HAVING sum(counted) <> sum(kept)
LIMIT 1;
