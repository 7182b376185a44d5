package resource_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// in begins the ARN of a service's resource.
func in(service string) string { return "arn:aws:" + service + ":eu-west-1:111122223333:" }

const uuid = "6d8972f3-21ab-4f0e-9c1d-0123456789ab"

// shapes are names as AWS writes them, with what they mean.
var shapes = []struct {
	name, service, kind, short string
	path                       string // with slashes
}{
	{in("lambda") + "function:checkout", "lambda", "function", "checkout", "checkout"},
	{in("lambda") + "function:checkout:live", "lambda", "function", "checkout", "checkout/live"},
	{in("lambda") + "function:checkout:$LATEST", "lambda", "function", "checkout", "checkout/$LATEST"},
	{"arn:aws-cn:lambda:cn-north-1:111122223333:function:heal:7", "lambda", "function", "heal", "heal/7"},
	{in("lambda") + "layer:tracing:12", "lambda", "layer", "tracing", "tracing/12"},
	{in("dynamodb") + "table/orders", "dynamodb", "table", "orders", "orders"},
	{in("dynamodb") + "table/orders/stream/2026-03-02T12:00:00.000",
		"dynamodb", "table", "orders", "orders/2026-03-02T12:00:00.000"},
	{in("dynamodb") + "table/orders/index/by-date", "dynamodb", "table", "orders", "orders/by-date"},
	{in("elasticloadbalancing") + "loadbalancer/app/shop/50dc6c495c0c9188",
		"elasticloadbalancing", "loadbalancer", "shop", "shop"},
	{in("elasticloadbalancing") + "loadbalancer/classic-shop",
		"elasticloadbalancing", "loadbalancer", "classic-shop", "classic-shop"},
	{in("elasticloadbalancing") + "listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2",
		"elasticloadbalancing", "listener", "shop", "shop"},
	{in("elasticloadbalancing") + "targetgroup/shop/91b0de5a77c3f204",
		"elasticloadbalancing", "targetgroup", "shop", "shop"},
	{in("sqs") + "orders-events-deadletter", "sqs", "", "orders-events-deadletter", "orders-events-deadletter"},
	{in("sns") + "shop-warnings", "sns", "", "shop-warnings", "shop-warnings"},
	{in("sns") + "shop-warnings:" + uuid, "sns", "", "shop-warnings", "shop-warnings/" + uuid},
	{in("kinesis") + "stream/clicks", "kinesis", "stream", "clicks", "clicks"},
	{in("kinesis") + "stream/clicks/consumer/loader:1772452800", "kinesis", "stream", "clicks", "clicks/loader"},
	{in("firehose") + "deliverystream/clicks", "firehose", "deliverystream", "clicks", "clicks"},
	{in("states") + "stateMachine:fulfil", "states", "stateMachine", "fulfil", "fulfil"},
	{in("states") + "execution:fulfil:" + uuid, "states", "execution", "fulfil", "fulfil/" + uuid},
	{in("ecs") + "cluster/shop", "ecs", "cluster", "shop", "shop"},
	{in("ecs") + "service/shop/worker", "ecs", "service", "worker", "shop/worker"},
	{in("ecs") + "service/worker", "ecs", "service", "worker", "worker"},
	{in("ecs") + "task/shop/0f1e2d3c", "ecs", "task", "0f1e2d3c", "shop/0f1e2d3c"},
	{in("ecs") + "task/0f1e2d3c", "ecs", "task", "0f1e2d3c", "0f1e2d3c"},
	{in("ecs") + "task-definition/worker:41", "ecs", "task-definition", "worker", "worker/41"},
	{in("eks") + "cluster/shop", "eks", "cluster", "shop", "shop"},
	{in("eks") + "nodegroup/shop/spot/" + uuid, "eks", "nodegroup", "spot", "shop/spot"},
	{in("rds") + "db:shop-db", "rds", "db", "shop-db", "shop-db"},
	{in("rds") + "cluster:shop", "rds", "cluster", "shop", "shop"},
	{in("rds") + "snapshot:rds:shop-db-2026-03-02-04-10",
		"rds", "snapshot", "rds:shop-db-2026-03-02-04-10", "rds:shop-db-2026-03-02-04-10"},
	{"arn:aws:apigateway:eu-west-1::/restapis/k3v9shop01/stages/prod",
		"apigateway", "restapis", "k3v9shop01", "k3v9shop01/prod"},
	{"arn:aws:apigateway:eu-west-1::/apis/k3v9shop02", "apigateway", "apis", "k3v9shop02", "k3v9shop02"},
	{in("execute-api") + "k3v9shop01/prod/POST/orders", "apigateway", "", "k3v9shop01", "k3v9shop01/prod/POST/orders"},
	{"arn:aws:s3:::shop-exports", "s3", "", "shop-exports", "shop-exports"},
	{"arn:aws:s3:::shop-exports/2026/03/02.csv", "s3", "", "shop-exports", "shop-exports/2026/03/02.csv"},
	{in("s3") + "accesspoint/finance", "s3", "accesspoint", "finance", "finance"},
	{in("logs") + "log-group:/aws/lambda/checkout", "lambda", "log-group", "checkout", "checkout"},
	{in("logs") + "log-group:/aws/lambda/checkout:*", "lambda", "log-group", "checkout", "checkout"},
	{in("logs") + "log-group:/ecs/checkout/app:log-stream:app/1", "ecs", "log-group", "checkout", "checkout/app"},
	{in("events") + "rule/nightly", "events", "rule", "nightly", "nightly"},
	{in("events") + "rule/shop-bus/nightly", "events", "rule", "nightly", "shop-bus/nightly"},
	{in("events") + "event-bus/shop-bus", "events", "event-bus", "shop-bus", "shop-bus"},
	{in("scheduler") + "schedule/default/nightly", "scheduler", "schedule", "nightly", "default/nightly"},
	{in("cloudwatch") + "alarm:checkout-5xx", "cloudwatch", "alarm", "checkout-5xx", "checkout-5xx"},
	{in("cloudwatch") + "alarm:a:b/c", "cloudwatch", "alarm", "a:b/c", "a:b/c"},
	{"arn:aws:iam::111122223333:role/service-role/deploy-role", "iam", "role", "deploy-role", "deploy-role"},
	{"arn:aws:iam::111122223333:root", "iam", "", "root", "root"},
	{"arn:aws:sts::111122223333:assumed-role/deploy/ci", "sts", "assumed-role", "deploy", "deploy/ci"},
	{in("cloudformation") + "stack/shop/" + uuid, "cloudformation", "stack", "shop", "shop"},
	{in("autoscaling") + "autoScalingGroup:" + uuid + ":autoScalingGroupName/web",
		"autoscaling", "autoScalingGroup", "web", "web"},
	{in("autoscaling") + "scalingPolicy:" + uuid + ":autoScalingGroupName/web:policyName/cpu",
		"autoscaling", "autoScalingGroup", "web", "web/cpu"},
	{in("autoscaling") + "scalingPolicy:" + uuid + ":resource/ecs/service/shop/worker:policyName/cpu",
		"ecs", "service", "worker", "shop/worker/cpu"},
	{in("autoscaling") + "scalingPolicy:6d:resource/dynamodb/table/orders:policyName/grow",
		"dynamodb", "table", "orders", "orders/grow"},
	{in("ec2") + "instance/i-0abc1234", "ec2", "instance", "i-0abc1234", "i-0abc1234"},
	{in("batch") + "job-queue/reports", "batch", "job-queue", "reports", "reports"},
	{in("batch") + "job-definition/reports:3", "batch", "job-definition", "reports", "reports/3"},
	{in("codebuild") + "project/shop-tables-deploy", "codebuild", "project", "shop-tables-deploy",
		"shop-tables-deploy"},
	{in("codebuild") + "build/shop-tables-deploy:" + uuid,
		"codebuild", "build", "shop-tables-deploy", "shop-tables-deploy/" + uuid},
	{in("codepipeline") + "shop/Deploy/Lambda", "codepipeline", "", "shop", "shop/Deploy/Lambda"},
	{in("codedeploy") + "deploymentgroup:shop/blue", "codedeploy", "deploymentgroup", "blue", "shop/blue"},
	{in("secretsmanager") + "secret:shop/payments-x4Tq9L", "secretsmanager", "secret", "shop/payments",
		"shop/payments"},
	{in("ssm") + "parameter/shop/prod/payments-key",
		"ssm", "parameter", "shop/prod/payments-key", "shop/prod/payments-key"},
	{in("kms") + "key/" + uuid, "kms", "key", uuid, uuid},
	{in("kms") + "alias/aws/s3", "kms", "alias", "aws/s3", "aws/s3"},
	{in("ecr") + "repository/shop/checkout", "ecr", "repository", "shop/checkout", "shop/checkout"},
	{in("elasticache") + "replicationgroup:carts", "elasticache", "replicationgroup", "carts", "carts"},
	{in("kafka") + "cluster/events/" + uuid, "kafka", "cluster", "events", "events"},
	{in("wafv2") + "regional/webacl/shop/" + uuid, "wafv2", "regional", "shop", "shop"},
	{in("synthetics") + "canary:home", "synthetics", "canary", "home", "home"},
	{"arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL",
		"cloudfront", "distribution", "E2QWRUHAPOMQZL", "E2QWRUHAPOMQZL"},

	{"orders", "", "", "orders", "orders"},
	{"shop-api/prod", "", "", "shop-api/prod", "shop-api/prod"},
	{"function:checkout:live", "lambda", "function", "checkout", "checkout/live"},
	{"111122223333:function:checkout", "lambda", "function", "checkout", "checkout"},
	{"table/orders/index/by-date", "dynamodb", "table", "orders", "orders/by-date"},
	{"service/shop/worker", "ecs", "service", "worker", "shop/worker"},
	{"app/shop/50dc6c495c0c9188", "elasticloadbalancing", "loadbalancer", "shop", "shop"},
	{"targetgroup/worker/91b0de5a77c3f204", "elasticloadbalancing", "targetgroup", "worker", "worker"},
	{"app/shop", "", "", "app/shop", "app/shop"},
	{"/aws/lambda/checkout", "lambda", "log-group", "checkout", "checkout"},
	{"/shop/prod/key", "", "", "/shop/prod/key", "shop/prod/key"},
	{"", "", "", "", ""},
}

func TestRead(t *testing.T) {
	services := map[string]bool{}
	for _, c := range shapes {
		n := resource.Read(c.name)
		services[n.Service] = true
		if n.Service != c.service || n.Kind != c.kind || n.Short != c.short || strings.Join(n.Path, "/") != c.path {
			t.Errorf("%s is %q %q %q %q", c.name, n.Service, n.Kind, n.Short, n.Path)
		}
		if short := resource.Short(c.name); short != c.short {
			t.Errorf("%s is %s in short", c.name, short)
		}
	}
	if len(services) < 20 {
		t.Errorf("only %d services are tried", len(services))
	}
}

func TestOfTrail(t *testing.T) {
	for _, c := range []struct {
		r    app.TrailResource
		want string
	}{
		{app.TrailResource{Type: "AWS::Lambda::Function", Name: "checkout:live"}, "checkout"},
		{app.TrailResource{Type: "AWS::Lambda::Function", Name: in("lambda") + "function:checkout:live"}, "checkout"},
		{app.TrailResource{Type: "AWS::CloudWatch::Alarm", Name: "table/orders: full"}, "table/orders: full"},
		{app.TrailResource{Type: "AWS::Logs::LogGroup", Name: "/shop/prod/checkout"}, "checkout"},
		{app.TrailResource{Type: "AWS::DynamoDB::Table", Name: "orders"}, "orders"},
	} {
		if got := resource.OfTrail(c.r).Short; got != c.want {
			t.Errorf("%v is %s, want %s", c.r, got, c.want)
		}
	}
}

func TestAll(t *testing.T) {
	for name, want := range map[string][]string{
		"orders":                                   {"orders"},
		"app/shop/50dc6c495c0c9188":                {"shop"},
		in("dynamodb") + "table/orders/stream/x":   {"orders"},
		in("lambda") + "function:checkout:7":       {"checkout"},
		in("ecs") + "service/shop/worker":          {"shop", "worker"},
		in("secretsmanager") + "secret:a/b-x4Tq9L": {"a", "b", "a/b"},
		"": {},
	} {
		if got := resource.Read(name).All(); !slices.Equal(got, want) {
			t.Errorf("%s is found by %q, want %q", name, got, want)
		}
	}
}

func TestDetailed(t *testing.T) {
	for name, want := range map[string]string{
		"checkout": "checkout", in("lambda") + "function:checkout:live": "checkout/live",
		"service/shop/worker": "worker",
	} {
		if got := resource.Read(name).Detailed(); got != want {
			t.Errorf("%s is %s in detail, want %s", name, got, want)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"checkout", in("lambda") + "function:checkout", true},
		{"checkout", "function:checkout:live", true},
		{"Checkout", "checkout", true},
		{in("ecs") + "service/shop/worker", in("ecs") + "service/worker", true},
		{in("ecs") + "service/shop/worker", in("ecs") + "service/data/worker", false},
		{in("ecs") + "service/shop/worker", "shop", false},
		{in("lambda") + "function:orders", in("dynamodb") + "table/orders", false},
		{in("lambda") + "function:orders", in("logs") + "log-group:/aws/lambda/orders", true},
		{"app/shop/50dc6c495c0c9188", in("elasticloadbalancing") + "loadbalancer/app/shop/50dc6c495c0c9188", true},
		{"checkout", "checkout-archive", false},
		{"", "", false},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := resource.Read(pair[0]).Same(resource.Read(pair[1])); got != c.want {
				t.Errorf("%q is the same as %q: %v", pair[0], pair[1], got)
			}
		}
	}
}

// A plain name says by its dimension of what it is, so that a function and a table of one name are told apart.
func TestADimensionSaysTheService(t *testing.T) {
	on := func(dimension, value string) app.Metric {
		return app.NewMetric("Shop", "Errors", app.Dimension{Name: dimension, Value: value})
	}
	function, table := in("lambda")+"function:orders:live", in("dynamodb")+"table/orders/index/by-date"
	for _, c := range []struct {
		m               app.Metric
		function, table bool
	}{
		{on("FunctionName", "orders"), true, false},
		{on("TableName", "orders"), false, true},
		{on("ApiName", "orders"), true, true},
		{on("Service", "orders"), true, true},
		{on("TableName", "orders-archive"), false, false},
	} {
		if got := resource.Read(function).Measures(c.m); got != c.function {
			t.Errorf("the function measures %s: %v", c.m.Key(), got)
		}
		if got := resource.Read(table).Measures(c.m); got != c.table {
			t.Errorf("the table measures %s: %v", c.m.Key(), got)
		}
		if of := resource.Of(c.m); of.Same(resource.Read(function)) != c.function ||
			of.Same(resource.Read(table)) != c.table ||
			!resource.Read(of.Short).Measures(c.m) {
			t.Errorf("%s is of %s %s", c.m.Key(), of.Service, of.Short)
		}
	}
}

func TestMeasuresADimension(t *testing.T) {
	shop := app.NewMetric("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count",
		app.Dimension{Name: "LoadBalancer", Value: "app/shop/50dc6c495c0c9188"},
		app.Dimension{Name: "TargetGroup", Value: "targetgroup/worker/91b0de5a77c3f204"})
	for name, want := range map[string]bool{
		"shop": true, "worker": true, "app/shop/50dc6c495c0c9188": true, in("ecs") + "service/shop/worker": false,
		in("elasticloadbalancing") + "targetgroup/worker/91b0de5a77c3f204": true, "sho": false, "shop-api": false,
		"": false,
	} {
		if got := resource.Read(name).Measures(shop); got != want {
			t.Errorf("%q measures %v: %v", name, shop, got)
		}
	}
	if of := resource.Of(shop).Short; of != "worker" {
		t.Errorf("it is of %s", of)
	}
}

// genName draws names as AWS lets people choose nearly everywhere.
func genName() *rapid.Generator[string] { return rapid.StringMatching(`[a-zA-Z][a-zA-Z0-9_-]{0,12}`) }

// writings are ways to write the name of one resource.
var writings = []func(string) string{
	func(n string) string { return n },
	func(n string) string { return in("lambda") + "function:" + n + ":live" },
	func(n string) string { return in("dynamodb") + "table/" + n + "/index/by-date" },
	func(n string) string { return in("ecs") + "service/shop/" + n },
	func(n string) string { return in("secretsmanager") + "secret:" + n + "-x4Tq9L" },
	func(n string) string { return in("sqs") + n },
	func(n string) string { return "targetgroup/" + n + "/91b0de5a77c3f204" },
	func(n string) string { return "/aws/lambda/" + n },
	strings.ToUpper,
}

func TestAResourceConcernsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := genName().Filter(func(n string) bool { return !strings.HasPrefix(n, "cw") }).Draw(t, "name")
		written := rapid.SampledFrom(writings).Draw(t, "as")(name)
		n := resource.Read(written)
		if !n.Same(n) || !n.Concerns(n) || !resource.Read(name).Concerns(n) {
			t.Fatalf("%s does not concern itself, written as %s", name, written)
		}
		e := app.TrailEvent{Resources: []app.TrailResource{{Name: written}}}
		if !resource.Concerns(e, resource.Names(name)) {
			t.Fatalf("an event on %s does not concern %s", written, name)
		}
	})
}

func TestALongerNameIsAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := genName().Draw(t, "name")
		more := rapid.StringMatching(`[-_]?[a-z0-9]{1,5}`).Draw(t, "more")
		for _, write := range writings {
			short, long := resource.Read(name), resource.Read(write(name+more))
			if strings.EqualFold(name+more, "shop") || strings.EqualFold(name, "shop") {
				continue // the cluster of one of the writings
			}
			if short.Concerns(long) || long.Concerns(short) || short.Logs("/aws/lambda/"+name+more) {
				t.Fatalf("%s concerns %s", name, write(name+more))
			}
		}
	})
}

// FuzzRead holds that a resource is itself, and is found by what it is called, whatever the name.
func FuzzRead(f *testing.F) {
	for _, c := range shapes {
		f.Add(c.name)
	}
	for _, group := range []string{
		"API-Gateway-Execution-Logs_k3v9/prod", "/", "arn:aws:lambda:::function:", "sns/eu-west-1/111122223333/x",
	} {
		f.Add(group)
	}
	f.Fuzz(func(t *testing.T, name string) {
		typed := app.TrailResource{Type: "AWS::Lambda::Function", Name: name}
		for _, n := range []resource.Name{resource.Read(name), resource.OfGroup(name), resource.OfTrail(typed)} {
			if (n.Short == "") != (len(n.All()) == 0) {
				t.Fatalf("%q is called %q and found by %q", name, n.Short, n.All())
			}
			if n.Short != "" && (!n.Same(n) || !n.Concerns(n)) {
				t.Fatalf("%q is not itself: %+v", name, n)
			}
			short := resource.Read(n.Short)
			if n.Short != "" && short.Short == n.Short && short.Service == "" && !short.Concerns(n) {
				t.Fatalf("%q is called %q and not found by it", name, n.Short)
			}
		}
	})
}
