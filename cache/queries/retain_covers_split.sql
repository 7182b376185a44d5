-- Makes two covers of each that reaches beyond a stretch of time at both ends: this adds the later part.
-- Parameters: :scopes, :signal, :from, :to
INSERT INTO cover (scope, signal, resource, starts, ends, asked, truncated, denied)
SELECT scope, signal, resource, :to, ends, asked, truncated, denied FROM cover
WHERE scope IN (SELECT value FROM json_each(:scopes)) AND signal = :signal AND starts < :from AND ends > :to;
