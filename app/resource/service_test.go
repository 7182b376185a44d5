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
