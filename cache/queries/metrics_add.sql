-- Names a metric that a reading came for before it was listed.
-- Parameters: scope, key, namespace, name, dimensions, account
INSERT INTO metric (scope, key, namespace, name, dimensions, account, listed) VALUES (?, ?, ?, ?, ?, ?, 0) RETURNING id;
