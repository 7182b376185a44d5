package resource_test

import (
	"testing"

	"github.com/nephograph/nephograph/app/resource"
)

func TestService(t *testing.T) {
	for name, want := range map[string]string{
		"dynamodb.amazonaws.com": "DynamoDB", "dynamodb": "DynamoDB", "monitoring.amazonaws.com": "CloudWatch",
		"elasticloadbalancing": "Elastic Load Balancing", "states.amazonaws.com": "Step Functions",
		"unheard-of":     "unheard-of",
		"custom.example": "custom.example", "": "",
	} {
		if got := resource.Service(name); got != want {
			t.Errorf("%q is called %q, want %q", name, got, want)
		}
	}
}

func TestServiceOf(t *testing.T) {
	for kind, want := range map[string]string{
		"AWS::DynamoDB::Table": "dynamodb", "AWS::Lambda::Function": "lambda", "AWS::Lambda": "lambda",
		"AWS::SQS::Queue":        "sqs",
		"AWS::ApiGateway::Stage": "", "AWS::EC2::Instance": "", "client": "", "Lambda::Function": "", "": "",
	} {
		if got := resource.ServiceOf(kind); got != want {
			t.Errorf("%s is of %q, want %q", kind, got, want)
		}
	}
}
