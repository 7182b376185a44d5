// Package resource reads the names of AWS resources: ARNs, the plain names of CloudTrail and of metric dimensions, and
// the names of log groups. It is the one place that decides what a name means, what a person calls it, whether two
// names mean the same resource, whether a trail event concerns one, and which log groups are a resource's.
//
// Names are compared whole and in any case of ASCII letters: checkout-archive is not checkout. What only picks a part
// of a resource (an alias or a version of a function, an index or a stream of a table, a stage of an API, an object in
// a bucket) does not name it: function:checkout:live is checkout, and is not live.
//
// The package imports app and the standard library. app itself cannot import it, so app.Metric.Subject, which picks the
// dimension that names what a metric measures, stays there; Of reads what it returns.
package resource

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Name is what a name of a resource says.
type Name struct {
	// Service is the service as ARNs write it: lambda, elasticloadbalancing. For a log group it is the service whose
	// logs it holds. It is empty for a name that does not say.
	Service string
	// Kind is what the resource is, as ARNs write it: function, targetgroup, log-group. It may be empty.
	Kind string
	// Short is what a person calls the resource: checkout.
	Short string
	// Path are the names from the outermost to the innermost: shop and worker for the service worker of the cluster
	// shop, checkout and live for an alias of a function.
	Path []string

	own     int      // how many of Path identify the resource; the rest pick a part of it
	outer   int      // how many of Path come before the resource's own name: a cluster, an event bus
	compare []string // Path with ASCII letters in lower case
}

// Read reads any name of a resource: an ARN, the value of a metric's dimension, a log group's name, a plain name.
func Read(name string) Name {
	if service, rest, ok := cutARN(name); ok {
		return readARN(service, rest)
	}
	return readPlain(name)
}

// Of returns what a metric measures.
func Of(m app.Metric) Name {
	subject := m.Subject()
	for _, d := range m.Dimensions {
		if d.Value == subject {
			return ofDimension(d)
		}
	}
	return Read(subject)
}

// ofDimension returns what a dimension names.
func ofDimension(d app.Dimension) Name {
	n := Read(d.Value)
	if n.Service == "" {
		n.Service = dimensions[d.Name]
	}
	return n
}

// dimensions are those whose plain values say by the dimension's name what they are of, so that the function orders is
// not the table orders. An API is not among them: it is often called as the function behind it, and people mean both.
var dimensions = map[string]string{
	"TableName": "dynamodb", "FunctionName": "lambda", "QueueName": "sqs", "TopicName": "sns", "StreamName": "kinesis",
	"BucketName": "s3", "DeliveryStreamName": "firehose", "DBInstanceIdentifier": "rds", "DBClusterIdentifier": "rds",
	"StateMachineArn": "states", "RepositoryName": "ecr",
}

// OfTrail returns a resource of a trail event. The event's type helps where the name is a plain one.
func OfTrail(r app.TrailResource) Name {
	if known, ok := types[r.Type]; ok && !strings.HasPrefix(r.Name, "arn:") &&
		!strings.Contains(r.Name, known.kind+":") {
		return read(known.service, known.kind, r.Name)
	}
	n := Read(r.Name)
	if n.Service == "" {
		n.Service = ServiceOf(r.Type)
	}
	return n
}

// types are those of trail events whose plain names need more than Read knows: a function may come with its alias, and
// the name of an alarm may hold any character.
var types = map[string]struct{ service, kind string }{
	"AWS::Lambda::Function":  {"lambda", "function"},
	"AWS::CloudWatch::Alarm": {"cloudwatch", "alarm"},
	"AWS::Logs::LogGroup":    {logs, logGroup},
}

// Short returns what a person calls the resource of a name.
func Short(name string) string { return Read(name).Short }

// Names reads several names.
func Names(names ...string) []Name {
	all := make([]Name, len(names))
	for i, n := range names {
		all[i] = Read(n)
	}
	return all
}

// All returns every single name by which the resource may be found: its short name, and those of what it lies in.
func (n Name) All() []string {
	all := slices.Clone(n.Path[:n.own])
	if n.Short != "" && !slices.Contains(all, n.Short) {
		all = append(all, n.Short)
	}
	return all
}

// Detailed returns the short name with the part of the resource that the name picks: checkout/live.
func (n Name) Detailed() string {
	return strings.Join(append([]string{n.Short}, n.Path[n.own:]...), "/")
}

// Same reports whether two names may mean the same resource. A name that leaves out the service, or what the resource
// lies in, is the same as one that says it. An empty name is the same as none.
func (n Name) Same(o Name) bool {
	if n.Short == "" || !n.sameService(o) || app.Fold(n.Short) != app.Fold(o.Short) {
		return false
	}
	return n.outer == 0 || o.outer == 0 || slices.Equal(n.compare[:n.outer], o.compare[:o.outer])
}

// Concerns reports whether what happens to the resource o concerns n: o is n, lies in it, or is what n lies in. A
// change to a service of an ECS cluster concerns the cluster, and the other way round.
func (n Name) Concerns(o Name) bool {
	return n.Same(o) || n.sameService(o) && (o.holds(n.compare[:n.own]) || n.liesIn(o))
}

// sameService reports whether two names may be of one service. Those of logs may be of any: a log group belongs to what
// writes into it.
func (n Name) sameService(o Name) bool {
	return n.Service == "" || o.Service == "" || n.Service == o.Service || n.Service == logs || o.Service == logs
}

// holds reports whether names follow each other in the path, from one that identifies the resource.
func (n Name) holds(names []string) bool {
	if len(names) == 0 {
		return false
	}
	for i := range n.own {
		if rest := n.compare[i:]; len(rest) >= len(names) && slices.Equal(rest[:len(names)], names) {
			return true
		}
	}
	return false
}

// liesIn reports whether the resource lies in o, by the beginning of its path.
func (n Name) liesIn(o Name) bool {
	if o.own == 0 || o.own >= n.own {
		return false
	}
	both := min(n.own, len(o.compare))
	return slices.Equal(n.compare[:both], o.compare[:both])
}

// Measures reports whether one of a metric's dimensions names the resource.
func (n Name) Measures(m app.Metric) bool {
	return slices.ContainsFunc(m.Dimensions, func(d app.Dimension) bool { return n.Same(ofDimension(d)) })
}
