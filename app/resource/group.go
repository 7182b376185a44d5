package resource

import (
	"regexp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// OfGroup returns the resource whose logs a log group holds. The short name of /ecs/checkout/app is checkout. A name of
// which nothing is known, as /shop/prod/checkout, is called by its last part, and each part counts as a name.
func OfGroup(group string) Name { return readGroup(group) }

// Groups returns the names of the log groups that are those of a resource, in their order.
func (n Name) Groups(groups []app.LogGroup) []string {
	var found []string
	for _, g := range groups {
		if n.Logs(g.Name) && !slices.Contains(found, g.Name) {
			found = append(found, g.Name)
		}
	}
	return found
}

// Logs reports whether a log group holds the logs of the resource: it is named after the resource, after what lies in
// it, or after what it lies in. The jobs of AWS Batch share one group, which is that of every job queue and definition.
func (n Name) Logs(group string) bool {
	g := readGroup(group)
	if shared[group] != "" {
		return n.Service == shared[group] || n.Service == logs && n.Same(g)
	}
	return n.Concerns(g) || n.sameService(g) && n.dashed(g)
}

// dashed reports whether the group is named after a stage with a dash: shop-api-prod for the access log of
// shop-api/prod.
func (n Name) dashed(group Name) bool {
	return n.own > 1 && n.outer == 0 && group.holds([]string{strings.Join(n.compare[:n.own], "-")})
}

// shared are log groups into which a service writes for all of its resources.
var shared = map[string]string{"/aws/batch/job": "batch", "RDSOSMetrics": "rds", "/aws/lambda-insights": "lambda"}

// groupName is how a service names the log groups of its resources.
type groupName struct {
	prefix, service string
	layout          layout
}

// groupNames are how services name the log groups of their resources: what the name begins with, and the layout of the
// rest. "AWS services that publish logs to CloudWatch Logs" in the CloudWatch Logs user guide links to each:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/aws-services-sending-logs.html
var groupNames = []groupName{
	{"API-Gateway-Execution-Logs_", "apigateway", "nr"},
	{"/aws/apigateway/", "apigateway", "nr"},
	{"/aws/http-api/", "apigateway", "nr"},
	{"/aws/OpenSearchService/domains/", "es", "nr"},
	{"/aws/apprunner/", "apprunner", "nr"},
	{"/aws/appsync/apis/", "appsync", "nr"},
	{"/aws/codebuild/", "codebuild", "nr"},
	{"/aws/codepipeline/", "codepipeline", "nr"},
	{"/aws/containerinsights/", "eks", "nr"},
	{"/aws/docdb/", "rds", "nr"},
	{"/aws/ecs/containerinsights/", "ecs", "nr"},
	{"/aws/eks/", "eks", "nr"},
	{"/aws/elasticbeanstalk/", "elasticbeanstalk", "nr"},
	{"/aws/kinesisfirehose/", "firehose", "nr"},
	{"/aws/lambda/us-east-1.", "lambda", "n"}, // Lambda@Edge
	{"/aws/lambda/", "lambda", "n"},
	{"/aws/neptune/", "rds", "nr"},
	{"/aws/rds/cluster/", "rds", "nr"},
	{"/aws/rds/instance/", "rds", "nr"},
	{"/aws/rds/proxy/", "rds", "nr"},
	{"/aws/redshift/cluster/", "redshift", "nr"},
	{"/aws/sagemaker/Endpoints/", "sagemaker", "nr"},
	{"/aws/states/", "states", "n"},
	{"/aws/synthetics/", "synthetics", "n"},
	{"/aws/vendedlogs/events/event-bus/", "events", "nr"},
	{"/aws/vendedlogs/pipes/", "pipes", "nr"},
	{"/aws/vendedlogs/states/", "states", "n"},
	{"/ecs/", "ecs", "nr"}, // a family of task definitions or a service; containers and clusters do not name it
}

// Names that the console makes of others.
var (
	// cwsyn-home-5f0c3a1e-...: the function that Lambda runs for a canary.
	canary = regexp.MustCompile(`^cw-?syn-(.+)-(?:[0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)
	// orders-fulfilment-Logs: what the Step Functions console proposes.
	machineGroup = regexp.MustCompile(`-Logs$`) // what the Step Functions console proposes
)

// isGroup reports whether a plain name is surely that of a log group.
func isGroup(name string) bool {
	if shared[name] != "" || strings.HasPrefix(name, "/aws/") {
		return true
	}
	return slices.ContainsFunc(groupNames, func(g groupName) bool { return strings.HasPrefix(name, g.prefix) })
}

func readGroup(group string) Name {
	n := readGroupName(strings.TrimSuffix(group, ":*"))
	n.Kind = logGroup
	return n
}

func readGroupName(group string) Name {
	if m := topicGroup.FindStringSubmatch(group); m != nil {
		return named("sns", "", m[1], []string{m[1]}, 0)
	}
	for _, known := range groupNames {
		rest, ok := strings.CutPrefix(group, known.prefix)
		if !ok || rest == "" {
			continue
		}
		switch known.service {
		case "lambda", "synthetics":
			rest = canary.ReplaceAllString(rest, "$1")
		case "states":
			rest = machineGroup.ReplaceAllString(rest, "")
		}
		n := known.layout.apply(rest)
		n.Service = known.service
		return n
	}
	all := fields(strings.TrimPrefix(group, "/aws/"), "/")
	if len(all) == 0 {
		return Name{Service: logs}
	}
	return named(logs, "", all[len(all)-1], all, 0)
}

// topicGroup is the delivery status of a topic: sns/eu-west-1/111122223333/shop-warnings, with /Failure for what
// failed.
var topicGroup = regexp.MustCompile(`^sns/[a-z0-9-]+/[0-9]{12}/([^/]+)(?:/Failure)?$`)
