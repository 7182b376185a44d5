-- Names a log group that events came from before it was listed.
-- Parameters: scope, name
INSERT INTO log_group (scope, name, arn, retention, stored, created, class, listed)
VALUES (?, ?, '', 0, 0, 0, '', 0) RETURNING id;
