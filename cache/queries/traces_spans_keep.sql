-- Says which spans of a trace are kept.
-- Parameters: spans, spans_revision, spans_digest, id
UPDATE trace SET spans = ?, spans_revision = ?, spans_digest = ? WHERE id = ?;
