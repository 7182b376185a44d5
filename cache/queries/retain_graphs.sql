-- Forgets the service graphs that lie within a stretch of time.
-- Parameters: :scopes, :from, :to
DELETE FROM service_graph
WHERE starts >= :from AND ends <= :to AND scope IN (SELECT value FROM json_each(:scopes));
