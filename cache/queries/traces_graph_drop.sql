-- Removes the graphs that lie within a range.
-- Parameters: scope, from, to
DELETE FROM service_graph WHERE scope = ? AND starts >= ? AND ends <= ?;
