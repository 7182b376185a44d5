-- Whether AWS denied anything of a signal within a day of when it was last asked, and has not answered the same since.
-- Parameters: :signal
SELECT EXISTS (
  SELECT 1 FROM cover d
  WHERE d.signal = :signal AND d.denied
    AND d.asked > (SELECT max(at) FROM asked WHERE signal = :signal) - 86400000000000
    AND NOT EXISTS (
      SELECT 1 FROM cover a
      WHERE a.scope = d.scope AND a.signal = d.signal AND (a.resource = d.resource OR d.resource = '') AND NOT a.denied AND a.asked > d.asked));
