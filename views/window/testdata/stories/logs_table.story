# Commands after a | are evaluated over what is cached; the third tab has their rows, and a row opens in the drawer.
pull incident
visit Logs
press /
type | stats count(*) as n by @level | sort n desc
expect what the commands make of them is in Table
press Enter p p
expect rows of
expect @level
press Down Enter
expect Row of a result
