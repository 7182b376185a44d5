package resource_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

func TestConcerns(t *testing.T) {
	const lambda = "arn:aws:lambda:eu-west-1:111122223333:function:"
	const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/"
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
		{"arn:aws:apigateway:eu-west-1::/restapis/k3v9shop01/stages/prod",
			"arn:aws:apigateway:eu-west-1::/restapis/k3v9shop01/stages/prod", true},
		{"shop-api/prod", "shop-api/prod", true},
		{lambda + "checkout:live", "live", false},
		{lambda + "checkout-archive", "checkout", false},
		{"arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout-archive:*", "checkout", false},
		{table + "orders/stream/2026-03-02T12:00:00.000", "orders", true},
		{table + "orders", table + "orders/index/by-day", true},
		{table + "checkout", lambda + "checkout", false},
		{"arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188",
			"app/shop/50dc6c495c0c9188", true},
		{"arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", "worker", true},
		{"arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", "shop", true},
		{"arn:aws:ecs:eu-west-1:111122223333:cluster/shop", "arn:aws:ecs:eu-west-1:111122223333:service/shop/worker",
			true},
		{"arn:aws:ecs:eu-west-1:111122223333:service/data/worker",
			"arn:aws:ecs:eu-west-1:111122223333:service/shop/worker", false},
		{"arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:6d:resource/dynamodb/table/orders:policyName/grow",
			"orders", true},
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
	on := func(call, kind, name string) app.TrailEvent {
		return app.TrailEvent{Name: call, Resources: []app.TrailResource{{Type: kind, Name: name}}}
	}
	for want, e := range map[string]app.TrailEvent{
		"UpdateTable orders":        on("UpdateTable", "", in("dynamodb")+"table/orders"),
		"UpdateAlias checkout":      on("UpdateAlias", "", in("lambda")+"function:checkout:live"),
		"ModifyListener shop":       on("ModifyListener", "", in("elasticloadbalancing")+"listener/app/shop/50dc/f2f7"),
		"PutSecretValue a/b":        on("PutSecretValue", "", in("secretsmanager")+"secret:a/b-x4Tq9L"),
		"PutMetricAlarm app/orders": on("PutMetricAlarm", "AWS::CloudWatch::Alarm", "app/orders"),
		"ConsoleLogin":              {Name: "ConsoleLogin"},
	} {
		if got := resource.Title(e); got != want {
			t.Errorf("it is %q, want %q", got, want)
		}
	}
}

func TestWritingLogsConcernsTheLogGroupAlone(t *testing.T) {
	const group = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/checkout"
	on := func(call string) app.TrailEvent {
		return app.TrailEvent{Name: call, Resources: []app.TrailResource{{Name: group}}}
	}
	for _, c := range []struct {
		call, name string
		want       bool
	}{
		{"CreateLogStream",
			"checkout", false}, {"CreateLogStream", "/aws/lambda/checkout", true}, {"CreateLogStream", group, true},
		{"PutRetentionPolicy", "checkout", true},
	} {
		if got := resource.Concerns(on(c.call), resource.Names(c.name)); got != c.want {
			t.Errorf("%s concerns %s: %v", c.call, c.name, got)
		}
	}
	if got := resource.Concerned(on("CreateLogStream")); got != nil {
		t.Errorf("CreateLogStream concerns %v", got)
	}
	if got := resource.Concerned(on("PutRetentionPolicy")); len(got) != 1 || got[0].Short != "checkout" {
		t.Errorf("PutRetentionPolicy concerns %v", got)
	}
}

func TestQuestion(t *testing.T) {
	table := in("dynamodb") + "table/orders"
	for _, c := range []struct {
		kind, name, want string
	}{
		{"AWS::DynamoDB::Table", table, table},
		{"", "orders", "orders"},
		{"AWS::DynamoDB::Table", "orders", "orders"},
		{"AWS::Lambda::Function", "checkout:live", "checkout"},
		{"AWS::Lambda::Function", "function:checkout:live", "function:checkout:live"},
		{"AWS::Logs::LogGroup", "/aws/lambda/checkout", "/aws/lambda/checkout"},
		{"AWS::ECS::Service", "shop/worker", "shop/worker"},
	} {
		if got := resource.Question(app.TrailResource{Type: c.kind, Name: c.name}); got != c.want {
			t.Errorf("%s %s is asked for as %q, want %q", c.kind, c.name, got, c.want)
		}
	}
}
