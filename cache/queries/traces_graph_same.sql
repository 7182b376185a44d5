-- How many graphs of a range are the same as one.
-- Parameters: scope, starts, ends, nodes, edges
SELECT count(*) FROM service_graph WHERE scope = ? AND starts = ? AND ends = ? AND nodes = ? AND edges = ?;
