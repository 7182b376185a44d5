# The smallest window has all that the largest one has.
window 1024x700
pull incident
visit Alarms
press Enter
expect title checkout-critical
expect Follow
expect Pull
