package app

import "strings"

// AlarmTarget says what an action of an alarm reaches, from its ARN: "SNS topic ops", "Auto Scaling policy grow". An
// ARN of another service stands as it is.
func AlarmTarget(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || parts[5] == "" {
		return arn
	}
	switch rest := parts[5]; parts[2] {
	case "sns":
		return "SNS topic " + rest
	case "lambda":
		if name, ok := strings.CutPrefix(rest, "function:"); ok && name != "" {
			return "Lambda function " + name
		}
	case "autoscaling":
		if _, name, ok := strings.Cut(rest, ":policyName/"); ok && name != "" {
			return "Auto Scaling policy " + name
		}
	}
	return arn
}

// ScalingPolicy returns the policy that made a metric alarm for target tracking and changes or deletes it by itself.
// Such an alarm's name begins with TargetTracking- (Application Auto Scaling user guide, target tracking).
func (a Alarm) ScalingPolicy() (name string, ok bool) {
	if !strings.HasPrefix(a.Name, "TargetTracking-") {
		return "", false
	}
	for _, arn := range a.AlarmActions {
		if name, ok := strings.CutPrefix(AlarmTarget(arn), "Auto Scaling policy "); ok {
			return name, true
		}
	}
	return "", false
}
