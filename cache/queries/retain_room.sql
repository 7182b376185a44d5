-- How the file is filled, in pages, and whether it gives space back (1 or 2).
-- Parameters: none
SELECT (SELECT * FROM pragma_page_size), (SELECT * FROM pragma_page_count), (SELECT * FROM pragma_freelist_count),
  (SELECT * FROM pragma_auto_vacuum), (SELECT * FROM pragma_user_version);
