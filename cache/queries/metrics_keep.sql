-- Lists a metric; one that is listed stays as it is.
-- Parameters: scope, key, namespace, name, dimensions, account
INSERT INTO metric (scope, key, namespace, name, dimensions, account, listed) VALUES (?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (scope, key) DO UPDATE SET listed = 1 WHERE listed = 0;
