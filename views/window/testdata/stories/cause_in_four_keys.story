# From the alarm board to the change that caused the incident, in four keys: README promises it.
pull incident
visit Alarms
expect title Alarms
press Enter
expect title checkout
press c
expect title Changes before
press 2
expect title UpdateTable orders
