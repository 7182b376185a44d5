package app

import (
	"encoding/json"
	"testing"
)

func TestCategory(t *testing.T) {
	for _, test := range []struct {
		source, name, request string
		want                  Category
	}{
		{"lambda", "UpdateFunctionCode20150331v2", "", Deploy},
		{"lambda", "UpdateFunctionConfiguration20150331v2", "", Configuration},
		{"lambda", "PutFunctionConcurrency20171031", "", Scaling},
		{"ecs", "UpdateService", `{"requestParameters":{"service":"worker","taskDefinition":"worker:63"}}`, Deploy},
		{"ecs", "UpdateService", `{"requestParameters":{"service":"worker","desiredCount":4}}`, Scaling},
		{"ecs", "UpdateService", `{"requestParameters":{"desiredCount":4,"taskDefinition":"worker:63"}}`, Deploy},
		{"dynamodb", "UpdateTable", "", Scaling},
		{"dynamodb", "DeleteTable", "", Data},
		{"ec2", "AuthorizeSecurityGroupIngress", "", Network},
		{"ec2", "TerminateInstances", "", Scaling},
		{"ec2", "CreateRoute", "", Network},
		{"elasticloadbalancing", "ModifyListener", "", Network},
		{"iam", "AttachRolePolicy", "", Security},
		{"s3", "PutBucketPolicy", "", Security},
		{"s3", "DeleteBucket", "", Data},
		{"cloudformation", "ExecuteChangeSet", "", Deploy},
		{"monitoring", "PutMetricAlarm", "", Configuration},
		{"a-service-of-tomorrow", "UpdateThing", "", Configuration},
	} {
		e := TrailEvent{Source: test.source + ".amazonaws.com", Name: test.name, Raw: json.RawMessage(test.request)}
		if got := e.Touches(); got != test.want {
			t.Errorf("%s of %s is %s, want %s", test.name, test.source, got, test.want)
		}
	}
	if got := Category(99).String(); got != "configuration" {
		t.Errorf("a category that is none is %q", got)
	}
}
