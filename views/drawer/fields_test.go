package drawer

import "testing"

func FuzzFields(f *testing.F) {
	f.Add(`{"level":"ERROR","message":"it ` +
		`broke","requestId":"r-1","_aws":{"CloudWatchMetrics":[{"Namespace":"AWS/ApiGateway"}]}}`)
	f.Add(`{"a":[1,{"b":null}],"a":true}`)
	f.Fuzz(func(t *testing.T, message string) {
		list, more := Fields(message)
		if len(list) > MaxFields || more && len(list) < MaxFields {
			t.Errorf("%d fields, more: %v", len(list), more)
		}
	})
}
