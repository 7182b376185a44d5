package explain

import "github.com/nephograph/nephograph/app"

// Environment says what the environment sets in the place of what the AWS configuration says, "" if nothing.
func Environment(e app.AWSEnvironment) string {
	var text string
	switch {
	case e.Keys && e.Profile != "":
		text = "The environment has AWS_ACCESS_KEY_ID and AWS_PROFILE=" + e.Profile + ": where no profile is named, " +
			"its keys are used and the profile is not."
	case e.Keys:
		text = "The environment has AWS_ACCESS_KEY_ID: where no profile is named, its keys are used in the place of " +
			"the profile default."
	case e.Profile != "":
		text = "The environment has AWS_PROFILE=" + e.Profile + ", which is proposed."
	}
	if e.Region != "" {
		if text != "" {
			text += " "
		}
		text += "AWS_REGION is " + e.Region + ": it takes the place of the Regions that profiles name."
	}
	return text
}
