package cachetest

import (
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
)

// Now is when the tests of screens happen: Saturday, 14 March 2026, 10:12 UTC.
func Now() time.Time { return apptest.Now }

// Ago is so many minutes before Now, to the millisecond.
func Ago(minutes float64) time.Time { return apptest.Ago(minutes).Round(time.Millisecond) }

// Shop is where Incident happens.
func Shop() app.Scope { return apptest.Shop }

// Incident is the made-up incident that tests of screens look at, as it is known at Now, five hours of it.
//
// A role gives the table orders a fixed capacity 47 minutes ago. Its writes throttle from 34 minutes ago, the consumer
// of its stream falls behind, checkout turns slow and, 16 minutes ago, fails. An hour full of harmless changes, a disk
// alarm that flaps and a canary without data stand beside it. Metrics of checkout are missing from 45 to 42 minutes
// ago.
//
// It is that of apptest as AWS would give it: alarms with their ARNs and actions, datapoints of three digits, requests
// as traces with spans, the log events themselves.
func Incident() Contents {
	made := apptest.NewIncident()
	c := Contents{Scopes: []app.Scope{Shop()}, Alarms: incidentAlarms(made.Alarms), History: made.History,
		Series: incidentSeries(made.Series), Trail: incidentTrail(made.Trail), Traces: incidentTraces(),
		Graphs: []app.ServiceGraph{incidentGraph()}}
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

// trailKnown is up to when the trail is known, in minutes ago.
const trailKnown = 7

func incidentCovers(series []app.Series) []app.Cover {
	covers := []app.Cover{Cover(app.Alarms, "", 300, 0.3), Cover(app.Traces, "", 300, 1),
		Cover(app.Trail, "", 300, trailKnown)}
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

// incidentSeries have as many digits as one reads.
func incidentSeries(all []app.Series) []app.Series {
	for _, s := range all {
		for i, p := range s.Points {
			s.Points[i].Value = math.Round(p.Value*1000) / 1000
		}
	}
	return all
}

// incidentAlarms are all that CloudWatch lists 18 seconds before Now.
func incidentAlarms(all []app.Alarm) []app.Alarm {
	for i := range all {
		a := &all[i]
		a.Since, a.Seen = a.Since.Round(time.Millisecond), a.Seen.Round(time.Millisecond)
		a.ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:" + a.Name
		a.Configured, a.ActionsEnabled = Ago(30_000), true
		a.AlarmActions = []string{"arn:aws:sns:eu-west-1:111122223333:on-call"}
		switch a.Name {
		case "checkout-critical":
			a.Description = "Customers cannot pay."
		case "canary-home":
			a.Comparison = "LessThanThreshold"
		}
	}
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

// incidentTrail are the changes of the hour as CloudTrail has them: to the second, those that it has by now, and what
// the one that matters asked for.
func incidentTrail(made []app.TrailEvent) (all []app.TrailEvent) {
	for _, e := range made {
		if e.At.After(Ago(trailKnown)) {
			continue
		}
		e.At = e.At.Round(time.Second)
		if e.Name == "UpdateTable" {
			e.Raw = []byte(`{"eventName":"UpdateTable","requestParameters":{"tableName":"orders",` +
				`"billingMode":"PROVISIONED","provisionedThroughput":{"writeCapacityUnits":400}}}`)
		}
		all = append(all, e)
	}
	return all
}
