# The settings say what holds, have all keys by screen, and change the look.
visit Settings
expect No place is cached yet.
expect More of the section, on its own screen
press l
expect title Settings – Nephograph
pull incident
expect 111122223333
expect no No place is cached yet.
press 2 End
expect These keys
visit Pulls
expect title Pulls – Nephograph
