package app

import "regexp"

// secondary are dimensions that narrow a resource but do not name it.
var secondary = map[string]bool{
	"Stage": true, "Method": true, "Operation": true, "ClusterName": true, "AvailabilityZone": true, "LoadBalancer": true,
	"Resource": true, "path": true, "device": true, "fstype": true, "Region": true,
}

// Subject returns the one name by which a metric's resource is found in other signals: the function, table, queue or
// service; "" for a metric without dimensions.
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

// balancer takes the name out of a load balancer's or target group's dimension: app/shop/50dc6c495c0c9188.
var balancer = regexp.MustCompile(`^(?:app|net|gwy|targetgroup)/([^/]+)/[0-9a-f]+$`)

// ShortResource is a resource's name without what AWS puts around it: shop of app/shop/50dc6c495c0c9188.
func ShortResource(name string) string {
	if m := balancer.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return name
}
