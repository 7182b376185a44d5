# The smallest window has all that the largest one has.
window 1024x700
pull incident
press ctrl+2 Enter
expect title checkout-critical
expect Follow
expect Pull
