# The screen of pulls says how far each signal is known, and opens what is known of one.
visit Pulls
expect No place is cached yet.
expect Nothing was pulled yet.
pull incident
expect Known in this window
expect 3 min missing
expect no No place is cached yet.
press Down Enter
expect title Metrics: missing – Pulls
press Escape
expect title Pulls – Nephograph
press b
expect by day
# What opens from another screen does not come back to this one.
visit Overview
expect title Overview – Nephograph
