package app

// secondary are dimensions that narrow a resource but do not name it.
var secondary = map[string]bool{
	"Stage": true, "Method": true, "Operation": true, "ClusterName": true, "AvailabilityZone": true,
	"LoadBalancer": true,
	"Resource":     true, "path": true, "device": true, "fstype": true, "Region": true,
}

// Subject returns the value of the dimension that names what the metric measures: the function, table, queue or
// service; "" for a metric without dimensions. Package resource says what the name means.
func (m Metric) Subject() string {
	for _, d := range m.Dimensions {
		if !secondary[d.Name] {
			return d.Value
		}
	}
	if len(m.Dimensions) > 0 {
		return m.Dimensions[0].Value
	}
	return ""
}
