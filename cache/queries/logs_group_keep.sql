-- Lists a log group; one that is the same stays as it is.
-- Parameters: scope, name, arn, retention, stored, created, class
INSERT INTO log_group (scope, name, arn, retention, stored, created, class, listed) VALUES (?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (scope, name) DO UPDATE SET (arn, retention, stored, created, class, listed) =
  (excluded.arn, excluded.retention, excluded.stored, excluded.created, excluded.class, 1)
WHERE (log_group.arn, log_group.retention, log_group.stored, log_group.created, log_group.class, log_group.listed) IS NOT
  (excluded.arn, excluded.retention, excluded.stored, excluded.created, excluded.class, 1);
