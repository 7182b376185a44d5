-- Tells whether two looks see the same blocks: a block that is added raises the number, one that is dropped lowers the count.
-- Parameters: none
SELECT coalesce(max(id), 0), count(*) FROM log_block;
