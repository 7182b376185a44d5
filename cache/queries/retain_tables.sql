-- How many bytes each table takes, with its indexes. Reads every page.
-- Parameters: none
SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize)
FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name
WHERE d.aggregate = TRUE
GROUP BY 1;
