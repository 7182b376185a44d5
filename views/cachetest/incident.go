package cachetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Now is when the tests of screens happen: Saturday, 14 March 2026, 10:12 UTC.
func Now() time.Time { return time.Date(2026, 3, 14, 10, 12, 0, 0, time.UTC) }

// Ago is so many minutes before Now, to the millisecond.
func Ago(minutes float64) time.Time {
	return Now().Add(-time.Duration(math.Round(minutes*60_000)) * time.Millisecond)
}

// Shop is where Incident happens.
func Shop() app.Scope { return app.Scope{Account: "111122223333", Region: "eu-west-1"} }

// Incident is the made-up incident that tests of screens look at, as it is known at Now, five hours of it.
//
// A role gives the table orders a fixed capacity 47 minutes ago. Its writes throttle from 34 minutes ago, the consumer
// of its stream falls behind, checkout turns slow and, 16 minutes ago, fails. An hour full of harmless changes, a disk
// alarm that flaps and a canary without data stand beside it. Metrics of checkout are missing from 45 to 42 minutes
// ago.
func Incident() Contents {
	c := Contents{Scopes: []app.Scope{Shop()}, Alarms: incidentAlarms(), Series: incidentSeries(),
		Trail: incidentTrail(), Traces: incidentTraces(), Graphs: []app.ServiceGraph{incidentGraph()}}
	for i := range c.Alarms {
		c.History = append(c.History, turn(&c.Alarms[i])...)
	}
	slices.SortFunc(c.History, app.CompareHistory)
	for _, name := range incidentGroups() {
		c.LogGroups = append(c.LogGroups, app.LogGroup{Scope: Shop(), Name: name, Retention: 30, Created: Ago(400_000),
			ARN: "arn:aws:logs:eu-west-1:111122223333:log-group:" + name})
	}
	c.LogEvents = incidentEvents(c.Traces)
	c.Covers = incidentCovers(c.Series)
	return c
}

// Cover says that a signal of Shop is known from one time to another, in minutes ago, and was asked for at its end.
func Cover(s app.Signal, resource string, from, to float64) app.Cover {
	return app.Cover{Scope: Shop(), Signal: s, Resource: resource, Range: app.Range{From: Ago(from), To: Ago(to)},
		AskedAt: Ago(to)}
}

func incidentCovers(series []app.Series) []app.Cover {
	covers := []app.Cover{Cover(app.Alarms, "", 300, 0.3), Cover(app.Traces, "", 300, 1), Cover(app.Trail, "", 300, 7)}
	for _, s := range series {
		of := s.Reading.Key()
		if s.Dimension("ApiName") == "checkout" {
			covers = append(covers, Cover(app.Metrics, of, 300, 45), Cover(app.Metrics, of, 42, 0.5))
		} else {
			covers = append(covers, Cover(app.Metrics, of, 300, 0.5))
		}
	}
	for _, name := range incidentGroups() {
		covers = append(covers, Cover(app.Logs, name, 300, 1))
	}
	return covers
}

// climb rises from 0 to 1 between two times, in minutes ago, as an S.
func climb(minutes, from, to float64) float64 {
	x := min(max((from-minutes)/(from-to), 0), 1)
	return x * x * (3 - 2*x)
}

func metric(namespace, name string, dimensions ...string) app.Metric {
	var all []app.Dimension
	for i := 0; i < len(dimensions); i += 2 {
		all = append(all, app.Dimension{Name: dimensions[i], Value: dimensions[i+1]})
	}
	return app.NewMetric(namespace, name, all...)
}

// The metrics of the incident.
func throttledWrites() app.Metric {
	return metric("AWS/DynamoDB", "WriteThrottleEvents", "TableName", "orders")
}

func iteratorAge() app.Metric {
	return metric("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", "orders-stream")
}

func checkoutLatency() app.Metric {
	return metric("AWS/ApiGateway", "Latency", "ApiName", "checkout", "Stage", "prod")
}

func checkoutErrors() app.Metric {
	return metric("AWS/ApiGateway", "5XXError", "ApiName", "checkout", "Stage", "prod")
}

func workerDisk() app.Metric {
	return metric("CWAgent", "disk_used_percent", "InstanceId", "i-0a1b2c3d4e5f60718", "path", "/var/lib/worker")
}

// incidentSeries are five hours of minutes of what the alarms watch, and of the table's capacity.
func incidentSeries() []app.Series {
	noise := rand.New(rand.NewPCG(1, 2))
	jitter := func(size float64) float64 { return (noise.Float64() - 0.5) * size }
	var all []app.Series
	add := func(m app.Metric, statistic, unit string, value func(minutes float64) float64) {
		s := app.Series{Scope: Shop(), Reading: app.Reading{Metric: m, Statistic: statistic, Period: time.Minute}, Unit: unit}
		for minute := 300.0; minute > 0.5; minute-- {
			if m.Dimension("ApiName") == "checkout" && minute <= 45 && minute > 42 {
				continue
			}
			if v := value(minute); !math.IsNaN(v) {
				s.Points = append(s.Points, app.Point{At: Ago(minute), Value: math.Round(max(v, 0)*1000) / 1000})
			}
		}
		all = append(all, s)
	}
	table := func(name string) app.Metric { return metric("AWS/DynamoDB", name, "TableName", "orders") }
	add(table("ConsumedWriteCapacityUnits"), "Sum", "Count", func(m float64) float64 {
		return 31_000 - 8000*climb(m, 36, 34) + jitter(1800)
	})
	add(throttledWrites(), "Sum", "Count", func(m float64) float64 { return climb(m, 34, 30) * (231 + jitter(40)) })
	add(table("ProvisionedWriteCapacityUnits"), "Average", "Count", func(m float64) float64 {
		if m > 47 {
			return math.NaN() // on demand before
		}
		return 400
	})
	add(iteratorAge(), "Maximum", "Milliseconds", func(m float64) float64 {
		return 9000 + climb(m, 32, 2)*760_000 + jitter(6000)
	})
	add(checkoutLatency(), "p99", "Milliseconds", func(m float64) float64 {
		return 410 + climb(m, 28, 16)*2450 + jitter(180)
	})
	add(checkoutLatency(), "p50", "Milliseconds", func(m float64) float64 {
		return 92 + climb(m, 26, 10)*640 + jitter(30)
	})
	add(checkoutErrors(), "Sum", "Count", func(m float64) float64 { return 1 + climb(m, 20, 11)*122 + jitter(10) })
	add(workerDisk(), "Maximum", "Percent", func(m float64) float64 {
		return 80 + 6*math.Sin(m/4) + 7*(climb(m, 55, 53)-climb(m, 52, 50)+climb(m, 27, 25)-climb(m, 24, 22)) + jitter(1)
	})
	return all
}

// incidentGraph is the service graph of the hour.
func incidentGraph() app.ServiceGraph {
	calls := app.CallStats{Total: 500, OK: 430, Fault: 70, Time: 300 * time.Second}
	node := func(name, kind string, root bool) app.ServiceNode {
		return app.ServiceNode{Name: name, Type: kind, Root: root, Stats: calls}
	}
	edge := func(from, to string) app.ServiceEdge { return app.ServiceEdge{From: from, To: to, Stats: calls} }
	return app.ServiceGraph{Scope: Shop(), Range: app.Since(Now(), time.Hour),
		Nodes: []app.ServiceNode{
			node("checkout", "AWS::Lambda::Function", false), node("checkout/prod", "AWS::ApiGateway::Stage", true),
			node("orders", "AWS::DynamoDB::Table", false), node("orders-stream", "AWS::Kinesis::Stream", false)},
		Edges: []app.ServiceEdge{
			edge("checkout", "orders"), edge("checkout/prod", "checkout"), edge("orders", "orders-stream")}}
}

// incidentTrail are the changes of the hour: the one that matters, its companion, and harmless ones.
func incidentTrail() []app.TrailEvent {
	deploy := app.Principal{Type: "AssumedRole", User: "deploy-role", Session: "pipeline-482"}
	anna := app.Principal{Type: "IAMUser", User: "anna"}
	scaling := app.Principal{Type: "AWSService", InvokedBy: "autoscaling.amazonaws.com"}
	const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
	all := []app.TrailEvent{
		change(47, "UpdateTable", "dynamodb.amazonaws.com", table, deploy),
		change(46, "TagResource", "dynamodb.amazonaws.com", table, deploy),
		change(35.2, "UpdateService", "ecs.amazonaws.com", "worker", deploy),
		change(51, "PutDashboard", "monitoring.amazonaws.com", "shop", anna),
	}
	all[0].Raw = []byte(`{"eventName":"UpdateTable","requestParameters":{"tableName":"orders",` +
		`"billingMode":"PROVISIONED","provisionedThroughput":{"writeCapacityUnits":400}}}`)
	for _, m := range []float64{56, 55.8, 55.5, 34, 9.2} {
		all = append(all, change(m, "CreateLogStream", "logs.amazonaws.com", "/aws/lambda/checkout", scaling))
	}
	for m := 20.0; m < 32; m += 0.4 {
		all = append(all, change(m, "SetDesiredCapacity", "autoscaling.amazonaws.com", "worker", scaling))
	}
	return all
}

// change returns a write so many minutes ago, to the second.
func change(minutes float64, name, source, resource string, by app.Principal) app.TrailEvent {
	return app.TrailEvent{Scope: Shop(), ID: fmt.Sprintf("%s-%.1f", name, minutes), At: Ago(minutes).Round(time.Second),
		Name: name, Source: source, Principal: by, Resources: []app.TrailResource{{Name: resource}}}
}
