# From an alarm to what explains it, and on to the change that is suspected first.
pull incident
visit Alarms
press Enter
expect title checkout
press e
expect title checkout
press 1
expect title UpdateTable orders
