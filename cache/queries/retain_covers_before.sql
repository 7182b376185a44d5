-- Ends covers where a stretch of time begins that they reach into, or, once they are split, reached beyond.
-- Parameters: :scopes, :signal, :from, :to
UPDATE cover SET ends = :from
WHERE scope IN (SELECT value FROM json_each(:scopes)) AND signal = :signal AND starts < :from AND ends > :from AND :from < :to;
