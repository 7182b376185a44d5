package providers

// Action is one permission that the console uses.
type Action struct {
	Action string // logs:FilterLogEvents
	Why    string
}

// Actions lists the permissions of the least IAM policy. All of them read; none can be narrowed to the resources of one
// application without losing part of the picture, so they are asked for on "*". GetCallerIdentity needs no permission.
func Actions() []Action {
	return []Action{
		{"cloudwatch:DescribeAlarms", "alarms of both types and their state"},
		{"cloudwatch:DescribeAlarmHistory", "when alarms changed state"},
		{"tag:GetResources", "the tags of alarms"},
		{"cloudwatch:ListMetrics", "which metrics exist"},
		{"cloudwatch:GetMetricData", "datapoints"},
		{"logs:DescribeLogGroups", "which log groups exist"},
		{"logs:FilterLogEvents", "log events"},
		{"xray:GetTraceSummaries", "which traces there are"},
		{"xray:BatchGetTraces", "the segments of a trace"},
		{"xray:GetServiceGraph", "which services call which"},
		{"cloudtrail:LookupEvents", "who changed what"},
	}
}
