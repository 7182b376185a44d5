package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

const growARN = "arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:6d8972f3:resource/dynamodb/table/orders:policyName/grow"

func TestAlarmTarget(t *testing.T) {
	for arn, want := range map[string]string{
		"arn:aws:sns:eu-west-1:111122223333:ops":                   "SNS topic ops",
		"arn:aws-cn:lambda:cn-north-1:111122223333:function:heal":  "Lambda function heal",
		"arn:aws:lambda:eu-west-1:111122223333:function:heal:live": "Lambda function heal:live",
		growARN:                               "Auto Scaling policy grow",
		"arn:aws:automate:eu-west-1:ec2:stop": "arn:aws:automate:eu-west-1:ec2:stop",
		"arn:aws:sns:eu-west-1:1:":            "arn:aws:sns:eu-west-1:1:",
		"":                                    "",
	} {
		if got := app.AlarmTarget(arn); got != want {
			t.Errorf("%q reaches %q, want %q", arn, got, want)
		}
	}
}

func TestScalingPolicy(t *testing.T) {
	for name, want := range map[string]string{"TargetTracking-table/orders-AlarmHigh-1": "grow", "orders-high": ""} {
		if got, ok := (app.Alarm{Name: name, AlarmActions: []string{growARN}}).ScalingPolicy(); got != want ||
			ok != (want != "") {
			t.Errorf("%s belongs to %q, %v; want %q", name, got, ok, want)
		}
	}
}
