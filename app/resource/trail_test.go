package resource_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
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
		{lambda + "checkout:live", "live", false},
		{lambda + "checkout-archive", "checkout", false},
		{"arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout-archive:*", "checkout", false},
		{table + "orders/stream/2026-03-02T12:00:00.000", "orders", true},
		{table + "orders", table + "orders/index/by-day", true},
		{table + "checkout", lambda + "checkout", false},
		{"arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188", "app/shop/50dc6c495c0c9188", true},
		{"arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", "worker", true},
		{"arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", "shop", true},
		{"arn:aws:ecs:eu-west-1:111122223333:cluster/shop", "arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", true},
		{"arn:aws:ecs:eu-west-1:111122223333:service/data/worker", "arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", false},
		{"arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:6d:resource/dynamodb/table/orders:policyName/grow", "orders", true},
		{"arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/payments-x4Tq9L", "shop/payments", true},
		{"arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/payments-x4Tq9L", "payments", true},
		{"arn:aws:states:eu-west-1:111122223333:execution:fulfil:7", "fulfil", true},
		{"arn:aws:s3:::shop-exports/2026/orders.csv", "shop-exports", true},
		{"shop-api", "shop-api/prod", true},
		{"shop-api/test", "shop-api/prod", false},
		{"prod", "shop-api/prod", false},
		{"", "checkout", false},
		{lambda + "checkout", "", false},
	} {
		e := app.TrailEvent{Resources: []app.TrailResource{{Name: c.resource}}}
		if got := resource.Concerns(e, resource.Names("other", c.name)); got != c.want {
			t.Errorf("%q concerns %q: %v", c.resource, c.name, got)
		}
	}
	named := app.TrailEvent{Resources: []app.TrailResource{{Name: "checkout"}}}
	if resource.Concerns(app.TrailEvent{}, resource.Names("checkout")) || resource.Concerns(named, nil) {
		t.Error("what names nothing concerns something")
	}
}

func TestTitle(t *testing.T) {
	for want, e := range map[string]app.TrailEvent{
		"UpdateTable orders":        {Name: "UpdateTable", Resources: []app.TrailResource{{Name: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}}},
		"UpdateAlias checkout":      {Name: "UpdateAlias", Resources: []app.TrailResource{{Name: "arn:aws:lambda:eu-west-1:111122223333:function:checkout:live"}}},
		"ModifyListener shop":       {Name: "ModifyListener", Resources: []app.TrailResource{{Name: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/50dc6c495c0c9188/f2f7"}}},
		"PutSecretValue a/b":        {Name: "PutSecretValue", Resources: []app.TrailResource{{Name: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/b-x4Tq9L"}}},
		"PutMetricAlarm app/orders": {Name: "PutMetricAlarm", Resources: []app.TrailResource{{Type: "AWS::CloudWatch::Alarm", Name: "app/orders"}}},
		"ConsoleLogin":              {Name: "ConsoleLogin"},
	} {
		if got := resource.Title(e); got != want {
			t.Errorf("it is %q, want %q", got, want)
		}
	}
}
