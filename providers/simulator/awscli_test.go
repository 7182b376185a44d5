package simulator

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestAWSCLI asks with Amazon's own command line tool, which nobody here wrote, and compares with the world. Its
// CloudWatch speaks the older Query protocol, which the simulator does not.
func TestAWSCLI(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds: the tool needs one for each call")
	}
	tool := "/usr/bin/aws" // Debian's package awscli
	if _, err := os.Stat(tool); err != nil {
		t.Skip("Debian's package awscli is not installed: ", err)
	}
	b := open(t, Faults{})
	place := b.server.world.Places[0]
	home := t.TempDir()
	aws := func(into any, args ...string) {
		t.Helper()
		c := exec.CommandContext(t.Context(), tool,
			append([]string{"--endpoint-url", b.url, "--output", "json"}, args...)...)
		c.Env = []string{"HOME=" + home, "PATH=/usr/bin:/bin", "AWS_ACCESS_KEY_ID=AKIA" + shop.Account,
			"AWS_SECRET_ACCESS_KEY=simulated", "AWS_DEFAULT_REGION=" + shop.Region,
			"AWS_EC2_METADATA_DISABLED=true", "AWS_PAGER=", "AWS_CONFIG_FILE=" + filepath.Join(home, "none"),
			"AWS_MAX_ATTEMPTS=1"}
		out, err := c.Output()
		if err != nil {
			var text []byte
			if exit, ok := err.(*exec.ExitError); ok {
				text = exit.Stderr
			}
			t.Fatalf("aws %v: %v: %s", args, err, text)
		}
		if err := json.Unmarshal(out, into); err != nil {
			t.Fatalf("aws %v: %v", args, err)
		}
	}
	from, to := place.Traces[0].Start.Truncate(time.Second).Format(time.RFC3339), anchor.Format(time.RFC3339)

	var who struct{ Account, Arn string }
	aws(&who, "sts", "get-caller-identity")
	if who.Account != shop.Account || who.Arn != principal(shop.Account) {
		t.Errorf("identity %+v", who)
	}

	var logs struct {
		Events []struct{ EventID, Message string }
	}
	aws(&logs, "logs", "filter-log-events", "--log-group-name", "/aws/lambda/f000")
	if len(logs.Events) != manyEvents ||
		logs.Events[manyEvents-1].Message != place.Events["/aws/lambda/f000"][manyEvents-1].Message {
		t.Errorf("%d log events, want %d", len(logs.Events), manyEvents)
	}

	var groups struct {
		LogGroups []struct{ LogGroupName string }
	}
	aws(&groups, "logs", "describe-log-groups")
	if len(groups.LogGroups) != manyGroups {
		t.Errorf("%d log groups, want %d", len(groups.LogGroups), manyGroups)
	}

	var summaries struct{ TraceSummaries []struct{ ID string } }
	aws(&summaries, "xray", "get-trace-summaries", "--start-time", from, "--end-time", to)
	if len(summaries.TraceSummaries) != manyTraces {
		t.Errorf("%d trace summaries, want %d", len(summaries.TraceSummaries), manyTraces)
	}

	var traces struct {
		Traces []struct {
			ID       string
			Segments []struct{ Document string }
		}
		UnprocessedTraceIDs []string
	}
	aws(&traces, "xray", "batch-get-traces", "--trace-ids", string(place.Traces[1].ID), string(place.Traces[2].ID))
	spans := 0
	for _, trace := range traces.Traces {
		for _, s := range trace.Segments {
			spans += len(read(t, s.Document))
		}
	}
	if want := len(place.Traces[1].Spans) + len(place.Traces[2].Spans); len(traces.Traces) != 2 || spans != want {
		t.Errorf("%d traces with %d spans, want 2 with %d", len(traces.Traces), spans, want)
	}

	var graph struct{ Services []struct{ Name string } }
	aws(&graph, "xray", "get-service-graph", "--start-time", from, "--end-time", to)
	if len(graph.Services) < 2 {
		t.Errorf("%d services in the graph", len(graph.Services))
	}

	var tagged struct {
		ResourceTagMappingList []struct {
			ResourceARN string
			Tags        []struct{ Key, Value string }
		}
	}
	aws(&tagged, "resourcegroupstaggingapi", "get-resources", "--resource-type-filters", "cloudwatch:alarm",
		"--page-size", "100")
	if all := tagged.ResourceTagMappingList; len(all) != manyTagged || all[0].ResourceARN != place.Alarms[0].ARN ||
		len(all[0].Tags) != 2 {
		t.Errorf("%d tagged alarms, want %d", len(all), manyTagged)
	}

	var trail struct {
		Events []struct{ CloudTrailEvent string }
	}
	aws(&trail, "cloudtrail", "lookup-events", "--start-time", anchor.Add(-24*time.Hour).Format(time.RFC3339),
		"--end-time", to)
	if len(trail.Events) != manyTrail || trail.Events[0].CloudTrailEvent != string(place.Trail[manyTrail-1].Raw) {
		t.Errorf("%d trail events, want %d", len(trail.Events), manyTrail)
	}
}
