# The overview says what is wrong, and each line leads on; the drawer closes on the same line.
expect Nothing is cached yet
pull incident
expect title Overview
expect 5 in alarm
expect likely 09:25
expect Errors in the logs
press Enter
expect title checkout-critical – Overview
press Escape
expect title Overview – Nephograph
press 2 Enter
expect title UpdateTable orders
press Escape Right Down Down Enter
expect title canary-home
press Escape 4 Enter
expect title orders – Overview
press Escape 5 Enter
expect title Errors of checkout
press Escape m
expect title Logs – Nephograph
