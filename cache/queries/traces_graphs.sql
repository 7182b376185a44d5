-- The graphs that share an instant with a range, latest kept first.
-- Parameters: :scope, :from, :to
SELECT starts, ends, nodes, edges FROM service_graph
WHERE scope = :scope AND starts < :to AND ends > :from
ORDER BY id DESC;
