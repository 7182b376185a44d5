# What has been hidden does not keep the keyboard: keys are for the screen that is shown.
pull incident
visit Traces
press Down Enter
expect title checkout
press Escape
visit Trail
press Down Enter
expect title – Trail – Nephograph
