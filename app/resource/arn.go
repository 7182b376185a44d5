package resource

import (
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// cutARN takes the service and the resource out of an ARN: arn:partition:service:region:account:resource.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func cutARN(name string) (service, rest string, ok bool) {
	parts := strings.SplitN(name, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", "", false
	}
	return app.Fold(parts[2]), parts[5], true
}

// readARN reads what follows the account in the ARN of a service.
func readARN(service, rest string) Name {
	rest = strings.TrimPrefix(rest, "/") // API Gateway
	if _, untyped := layouts[service]; untyped && !typedToo(service, rest) {
		return read(service, "", rest)
	}
	kind, name := rest, ""
	if i := strings.IndexAny(rest, ":/"); i >= 0 {
		kind, name = rest[:i], rest[i+1:]
	}
	if name == "" {
		return read(service, "", rest)
	}
	return read(service, kind, name)
}

// typedToo reports whether an ARN of a service that has some without a type is one with a type.
func typedToo(service, rest string) bool {
	kind, _, cut := strings.Cut(rest, "/")
	_, typed := layouts[service+" "+kind]
	return cut && typed
}

// partial are the kinds that also stand before a name outside ARNs: in FunctionName of Lambda, in ResourceId of
// Application Auto Scaling and in the dimensions of load balancers.
var partial = map[string]string{
	"function:": "lambda", "table/": "dynamodb", "service/": "ecs", "targetgroup/": balancing,
	"loadbalancer/": balancing,
	"log-group:":    logs,
}

// Services that need more than a layout.
const (
	balancing = "elasticloadbalancing"
	logs      = "logs"
	logGroup  = "log-group"
)

// balancerDimension is the value of the dimension LoadBalancer: app/shop/50dc6c495c0c9188.
var balancerDimension = regexp.MustCompile(`^(?:app|net|gwy)/[^/]+/[0-9a-f]+$`)

// accountFirst is how a Lambda function is named across accounts: 111122223333:function:checkout.
var accountFirst = regexp.MustCompile(`^[0-9]{12}:(function:.+)$`)

// readPlain reads a name that is no ARN.
func readPlain(name string) Name {
	if m := accountFirst.FindStringSubmatch(name); m != nil {
		name = m[1]
	}
	for kind, service := range partial {
		if rest, ok := strings.CutPrefix(name, kind); ok && rest != "" {
			return read(service, kind[:len(kind)-1], rest)
		}
	}
	switch {
	case balancerDimension.MatchString(name):
		return read(balancing, "loadbalancer", name)
	case isGroup(name):
		return readGroup(name)
	}
	return named("", "", name, fields(name, "/"), 0)
}

// read reads a name by the layout of its service and kind.
func read(service, kind, name string) Name {
	switch {
	case service == logs && kind == logGroup:
		group, _, _ := strings.Cut(name, ":") // no name of a group holds a colon
		return readGroup(group)
	case service == "autoscaling" && kind == "scalingPolicy":
		return readScalingPolicy(name)
	}
	n := layoutOf(service, kind).apply(name)
	n.Service, n.Kind = service, kind
	if service == "execute-api" {
		n.Service = "apigateway"
	}
	return n
}

// readScalingPolicy reads a policy as what it scales, with its own name as a part of that:
// UUID:resource/ecs/service/shop/worker:policyName/cpu, or UUID:autoScalingGroupName/web:policyName/cpu.
func readScalingPolicy(name string) Name {
	rest, policy, _ := strings.Cut(name, ":policyName/")
	_, scaled, _ := strings.Cut(rest, ":")
	var n Name
	if within, ok := strings.CutPrefix(scaled, "resource/"); ok {
		service, within, _ := strings.Cut(within, "/")
		n = readARN(service, within)
	} else {
		n = read("autoscaling", "autoScalingGroup", ":"+scaled)
	}
	if policy == "" {
		return n
	}
	return n.withPart(policy)
}

// named makes a name of its parts, of which all identify the resource. outer is how many come before its own.
func named(service, kind, short string, path []string, outer int) Name {
	n := Name{Service: service, Kind: kind, Short: short, Path: path, own: len(path), outer: outer}
	n.fold()
	return n
}

// withPart returns the name with a part of the resource at its end.
func (n Name) withPart(part string) Name {
	n.Path = append(n.Path[:len(n.Path):len(n.Path)], part)
	n.fold()
	return n
}

func (n *Name) fold() {
	n.compare = make([]string, len(n.Path))
	for i, p := range n.Path {
		n.compare[i] = app.Fold(p)
	}
}

// fields splits a name at any of some separators, without empty parts.
func fields(name, separators string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(separators, r) })
}
