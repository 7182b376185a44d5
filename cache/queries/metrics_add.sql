-- Names a metric that a reading came for before it was listed.
-- Parameters: scope, key, namespace, name, dimensions
INSERT INTO metric (scope, key, namespace, name, dimensions, listed) VALUES (?, ?, ?, ?, ?, 0) RETURNING id;
