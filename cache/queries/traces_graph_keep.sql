-- Keeps a service graph.
-- Parameters: scope, starts, ends, nodes, edges
INSERT INTO service_graph (scope, starts, ends, nodes, edges) VALUES (?, ?, ?, ?, ?);
