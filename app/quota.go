package app

// UnknownQuota is how many calls a second are made of an operation of which no quota is known: as many as most read
// APIs of AWS allow at least, and few enough that finding the true limit costs a handful of refusals.
const UnknownQuota = 10

// QuotaList says how often AWS lets an account call in a Region, one sheet a service (assets/quotas). The zero value
// knows none.
type QuotaList []QuotaSheet

// QuotaSheet has the quotas of one service, as they were noted on a day.
type QuotaSheet struct {
	Service string // as in Request: monitoring
	Date    string // when they were noted: 2026-11-21
	Source  string // the address of the page that has them
	Calls   []CallQuota
}

// CallQuota is how often one operation may be called.
type CallQuota struct {
	Operation string
	// PerSecond is AWS's default for an account in a Region; zero where AWS publishes none.
	PerSecond float64
	// Regions has the default where it differs.
	Regions map[string]float64
	// Use is how many calls a second we begin with and never exceed where that is not the quota: because another quota
	// is met first, or because there is none to read. Zero: the quota.
	Use float64
	// Why says where Use comes from if AWS publishes no quota; empty where it does.
	Why string
}

// Quota is how often an operation may be called in one Region.
type Quota struct {
	PerSecond float64 // AWS's default; zero where it is not known
	Use       float64 // what we never exceed; above zero
}

// Of returns the quota of an operation in a Region; of one that no sheet has, UnknownQuota.
func (l QuotaList) Of(service, operation, region string) Quota {
	c, _ := l.Call(service, operation)
	return c.in(region)
}

// Call returns what is known of an operation's quota, and whether the list has it.
func (l QuotaList) Call(service, operation string) (CallQuota, bool) {
	for _, s := range l {
		if s.Service != service {
			continue
		}
		for _, c := range s.Calls {
			if c.Operation == operation {
				return c, true
			}
		}
	}
	return CallQuota{}, false
}

func (c CallQuota) in(region string) Quota {
	q := Quota{PerSecond: c.PerSecond, Use: c.Use}
	if own, ok := c.Regions[region]; ok {
		q.PerSecond = own
	}
	switch {
	case q.Use <= 0 && q.PerSecond <= 0:
		q.Use = UnknownQuota
	case q.Use <= 0 || q.PerSecond > 0 && q.PerSecond < q.Use:
		q.Use = q.PerSecond
	}
	return q
}
