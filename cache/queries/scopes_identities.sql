-- Who the caller was found to be, each once.
-- Parameters: none
SELECT DISTINCT account, arn, user_id FROM identity ORDER BY account, arn, user_id;
