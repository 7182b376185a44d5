-- Removes the covers within a stretch of time.
-- Parameters: :scopes, :signal, :from, :to
DELETE FROM cover
WHERE scope IN (SELECT value FROM json_each(:scopes)) AND signal = :signal AND starts >= :from AND ends <= :to;
