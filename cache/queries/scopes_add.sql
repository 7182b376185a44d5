-- Names a place that items came from before it was introduced.
-- Parameters: account, region
INSERT INTO scope (account, region, profile) VALUES (?, ?, '') RETURNING id;
