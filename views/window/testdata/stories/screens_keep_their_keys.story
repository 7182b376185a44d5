# What has been hidden does not keep the keyboard: keys are for the screen that is shown.
pull incident
press ctrl+4 Down Enter
expect title checkout
press Escape ctrl+5 Down Enter
expect title – Trail – Nephograph
