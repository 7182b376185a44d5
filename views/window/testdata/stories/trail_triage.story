# What of the trail most deserves a look is one key from its events, and begins without the query that leaves reads out.
pull incident
visit Trail
expect Triage
press p
expect What matters most first
expect No findings in this window
press p
expect UpdateTable orders
