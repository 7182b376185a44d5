package resource_test

import (
	"slices"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

func TestGroupsOfAResource(t *testing.T) {
	var groups []app.LogGroup
	for _, name := range []string{
		"/aws/lambda/checkout", "/ecs/checkout/app", "/aws/lambda/checkout-archive",
		"/ecs/shop/worker", "/ecs/orders",
		"API-Gateway-Execution-Logs_k3v9shop01/prod", "API-Gateway-Execution-Logs_k3v9shop01/test",
		"/aws/apigateway/shop-api-prod",
		"/aws/rds/instance/shop-db/postgresql", "/aws/rds/cluster/ledger/slowquery",
		"/aws/eks/platform/cluster", "/aws/containerinsights/platform/application",
		"/aws/codebuild/shop-tables-deploy", "/aws/batch/job", "/aws/vendedlogs/states/fulfil-Logs",
		"/aws/synthetics/cw-syn-Home-1", "/aws/lambda/cwsyn-login-" + uuid, "/aws/lambda/us-east-1.edge-auth",
		"sns/eu-west-1/111122223333/shop-warnings/Failure", "/team/prod/mailer",
	} {
		groups = append(groups, app.LogGroup{Name: name})
	}
	for name, want := range map[string][]string{
		"checkout":                              {"/aws/lambda/checkout", "/ecs/checkout/app"},
		"Checkout":                              {"/aws/lambda/checkout", "/ecs/checkout/app"},
		in("lambda") + "function:checkout:live": {"/aws/lambda/checkout"},
		"checkout-archive":                      {"/aws/lambda/checkout-archive"},
		"check":                                 nil,
		"":                                      nil,
		"lambda":                                nil,
		"aws":                                   nil,
		"worker":                                nil,
		"app":                                   nil,
		"shop":                                  {"/ecs/shop/worker"},
		in("ecs") + "service/shop/worker":       {"/ecs/shop/worker"},
		in("ecs") + "service/data/orders":       {"/ecs/orders"},
		"k3v9shop01": {
			"API-Gateway-Execution-Logs_k3v9shop01/prod", "API-Gateway-Execution-Logs_k3v9shop01/test",
		},
		"k3v9shop01/prod":        {"API-Gateway-Execution-Logs_k3v9shop01/prod"},
		"prod":                   {"/team/prod/mailer"},
		"shop-api/prod":          {"/aws/apigateway/shop-api-prod"},
		"shop-api/test":          nil,
		in("rds") + "db:shop-db": {"/aws/rds/instance/shop-db/postgresql"},
		"ledger":                 {"/aws/rds/cluster/ledger/slowquery"},
		"postgresql":             nil,
		in("eks") + "cluster/platform": {"/aws/eks/platform/cluster",
			"/aws/containerinsights/platform/application"},
		"shop-tables-deploy":                   {"/aws/codebuild/shop-tables-deploy"},
		in("batch") + "job-queue/reports":      {"/aws/batch/job"},
		"reports":                              nil,
		in("states") + "stateMachine:fulfil":   {"/aws/vendedlogs/states/fulfil-Logs"},
		in("states") + "execution:fulfil:a":    {"/aws/vendedlogs/states/fulfil-Logs"},
		"home":                                 {"/aws/synthetics/cw-syn-Home-1"},
		"login":                                {"/aws/lambda/cwsyn-login-" + uuid},
		"edge-auth":                            {"/aws/lambda/us-east-1.edge-auth"},
		in("sns") + "shop-warnings":            {"sns/eu-west-1/111122223333/shop-warnings/Failure"},
		"mailer":                               {"/team/prod/mailer"},
		in("logs") + "log-group:/ecs/orders:*": {"/ecs/orders"},
		in("dynamodb") + "table/checkout":      nil,
	} {
		if got := resource.Read(name).Groups(groups); !slices.Equal(got, want) {
			t.Errorf("%q has the log groups %q, want %q", name, got, want)
		}
	}
	if got := resource.Read("checkout").Groups(groups[1:]); !slices.Equal(got, []string{"/ecs/checkout/app"}) {
		t.Errorf("without a group of its function, checkout has %q", got)
	}
	if got := resource.Read("checkout").Groups(groups[2:]); got != nil {
		t.Errorf("without any group of its own, checkout has %q", got)
	}
}

func TestOfGroup(t *testing.T) {
	for group, want := range map[string]struct{ short, detailed string }{
		"/aws/lambda/checkout":                       {"checkout", "checkout"},
		"/ecs/checkout/app":                          {"checkout", "checkout/app"},
		"/aws/rds/instance/shop-db/postgresql":       {"shop-db", "shop-db/postgresql"},
		"API-Gateway-Execution-Logs_k3v9shop01/prod": {"k3v9shop01", "k3v9shop01/prod"},
		"/aws/vendedlogs/states/fulfil-Logs":         {"fulfil", "fulfil"},
		"/aws/batch/job":                             {"job", "job"},
		"/shop/prod/checkout":                        {"checkout", "checkout"},
		"plain":                                      {"plain", "plain"},
		"/":                                          {"", ""},
	} {
		if n := resource.OfGroup(group); n.Short != want.short || n.Detailed() != want.detailed {
			t.Errorf("%s is of %q, in detail %q", group, n.Short, n.Detailed())
		}
	}
}
