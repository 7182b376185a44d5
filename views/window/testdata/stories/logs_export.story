# What a search finds is written to a file by one key, all of it and not only what is listed.
pull incident
visit Logs
press /
type throughput
press Enter E
expect written to nephograph-logs-
expect .csv
press ctrl+k
type json lines
press Enter
expect .jsonl
