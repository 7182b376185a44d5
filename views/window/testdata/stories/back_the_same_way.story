# Backspace walks back through what the drawer has shown, Escape closes it, and the screen is as it was.
pull incident
visit Alarms
press Down Enter
expect title checkout-5xx
press t
expect title Traces
press Backspace
expect title checkout-5xx
press Escape
expect title Alarms – Nephograph
visit Timeline
expect title Timeline – Nephograph
