package resource_test

import (
	"testing"

	"github.com/nephograph/nephograph/app/resource"
)

// BenchmarkRead reads names of all shapes: budget 1 µs each.
func BenchmarkRead(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		resource.Read(shapes[i%len(shapes)].name)
	}
}

// BenchmarkLogs looks through 1,000 log groups: budget 1 ms.
func BenchmarkLogs(b *testing.B) {
	n := resource.Read("checkout")
	for b.Loop() {
		for range 1000 {
			n.Logs("/aws/lambda/checkout-archive")
		}
	}
}
