package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestConcerns(t *testing.T) {
	const lambda, table = "arn:aws:lambda:eu-west-1:111122223333:function:", "arn:aws:dynamodb:eu-west-1:111122223333:table/"
	for _, c := range []struct {
		resource, name string
		want           bool
	}{
		{lambda + "checkout", "checkout", true},
		{lambda + "checkout:live", "Checkout", true},
		{lambda + "checkout-v2", "checkout", false},
		{lambda + "checkout", "function", false},
		{lambda + "checkout", lambda + "checkout", true},
		{table + "orders/index/by-day", "orders", true},
		{table + "orders-archive", "orders", false},
		{"orders", table + "orders", true},
		{"arn:aws:s3:::shop-exports", "shop-exports", true},
		{"arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout", "checkout", true},
		{"arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/worker/91b0de5a77c3f204", "worker", true},
		{"arn:aws:apigateway:eu-west-1::/restapis/k3v9shop01/stages/prod", "arn:aws:apigateway:eu-west-1::/restapis/k3v9shop01/stages/prod", true},
		{"shop-api/prod", "shop-api/prod", true},
		{"", "checkout", false},
		{lambda + "checkout", "", false},
	} {
		e := app.TrailEvent{Resources: []app.TrailResource{{Name: c.resource}}}
		if got := e.Concerns("other", c.name); got != c.want {
			t.Errorf("%q concerns %q: %v", c.resource, c.name, got)
		}
	}
	if (app.TrailEvent{}).Concerns("checkout") || (app.TrailEvent{Resources: []app.TrailResource{{Name: "checkout"}}}).Concerns() {
		t.Error("what names nothing concerns something")
	}
}
