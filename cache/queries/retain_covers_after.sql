-- Begins covers where a stretch of time ends that they reach into.
-- Parameters: :scopes, :signal, :from, :to
UPDATE cover SET starts = :to
WHERE scope IN (SELECT value FROM json_each(:scopes)) AND signal = :signal AND starts >= :from AND starts < :to AND ends > :to;
