-- All scopes, by account and Region.
-- Parameters: none
SELECT id, account, region, profile FROM scope ORDER BY account, region;
