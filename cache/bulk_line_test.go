package cache

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// scribe makes up the messages of one group. Each has ids and numbers of its own, as real ones do: they are what takes
// space when logs are compressed.
type scribe struct {
	*rand.Rand
	users   *rand.Zipf
	line    []byte
	at      time.Time
	service string

	request string // of the Lambda invocation under way; "" between two
	trace   string
	left    int // lines until it ends
	cold    bool
}

func newScribe(n uint64) *scribe {
	r := rand.New(rand.NewPCG(bulkSeed, n))
	return &scribe{Rand: r, users: rand.NewZipf(r, 1.2, 40, 200_000)}
}

// message makes up one message.
func (s *scribe) message(at time.Time, write func(*scribe)) string {
	s.line, s.at = s.line[:0], at
	write(s)
	return string(s.line)
}

func (s *scribe) f(format string, args ...any) { s.line = fmt.Appendf(s.line, format, args...) }

const hexDigits = "0123456789abcdef"

func (s *scribe) hex(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = hexDigits[s.IntN(16)]
	}
	return string(b)
}

func (s *scribe) uuid() string {
	return s.hex(8) + "-" + s.hex(4) + "-4" + s.hex(3) + "-" + hexDigits[8+s.IntN(4):][:1] + s.hex(3) + "-" + s.hex(12)
}

func (s *scribe) xray() string { return fmt.Sprintf("1-%08x-%s", s.at.Unix(), s.hex(24)) }
func (s *scribe) w3c() string  { return fmt.Sprintf("%08x%s", s.at.Unix(), s.hex(24)) }
func (s *scribe) user() string { return "u-" + strconv.FormatUint(100_000+s.users.Uint64()*7, 10) }
func (s *scribe) ip() string {
	return fmt.Sprintf("%d.%d.%d.%d", 1+s.IntN(223), s.IntN(256), s.IntN(256), 1+s.IntN(254))
}
func (s *scribe) inner() string             { return fmt.Sprintf("10.0.%d.%d", s.IntN(6), 10+s.IntN(60)) }
func (s *scribe) order() string             { return fmt.Sprintf("ord-%07d", s.IntN(10_000_000)) }
func (s *scribe) sku() string               { return fmt.Sprintf("SKU-%05d", s.users.Uint64()%40_000) }
func (s *scribe) in(n int) bool             { return s.IntN(n) == 0 }
func (s *scribe) iso() string               { return s.at.Format("2006-01-02T15:04:05.000Z") }
func (s *scribe) millis() int               { return int(4 + s.ExpFloat64()*90) }
func (s *scribe) bytes() int                { return int(90 + s.ExpFloat64()*4200) }
func (s *scribe) of(words ...string) string { return words[s.IntN(len(words))] }

// trouble is forty minutes in which much fails: the incident of the fortnight.
func (s *scribe) trouble() bool {
	start := bulkStart.Add(8*24*time.Hour + 17*time.Hour)
	return !s.at.Before(start) && s.at.Before(start.Add(40*time.Minute))
}

// fails reports whether this time something fails: once in so many, and every fourth time while there is trouble.
func (s *scribe) fails(in int) bool { return s.in(in) || s.trouble() && s.in(4) }

func (s *scribe) status() int {
	switch n := s.IntN(1000); {
	case s.fails(250):
		return []int{500, 502, 503, 504}[s.IntN(4)]
	case n < 14:
		return 404
	case n < 22:
		return 401
	case n < 28:
		return 429
	case n < 45:
		return 400
	case n < 90:
		return 304
	case n < 180:
		return 201
	}
	return 200
}

func (s *scribe) method() string {
	return s.of("GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE")
}

func (s *scribe) path() string {
	switch s.IntN(10) {
	case 0:
		return "/api/v1/orders/" + s.order()
	case 1:
		return "/api/v1/orders/" + s.order() + "/items"
	case 2:
		return "/api/v1/users/" + s.user() + s.of("/cart", "/profile", "/addresses")
	case 3:
		return "/api/v2/search?q=" + s.of("red+shoes", "lamp", "winter+jacket", "usb+c+cable", "kettle", "desk",
			"gift+card") + "&page=" + strconv.Itoa(1+s.IntN(9))
	case 4:
		return "/static/js/app." + s.hex(8) + ".js"
	case 5:
		return "/images/products/" + s.sku() + s.of("-small", "-large", "-zoom") + ".webp"
	case 6:
		return "/api/v1/products/" + s.sku()
	case 7:
		return "/api/v1/checkout/" + s.uuid()
	case 8:
		return s.of("/", "/health", "/login", "/cart", "/favicon.ico")
	}
	return "/api/v1/products?category=" + s.of("shoes", "lighting", "outdoor", "kitchen", "toys", "books") +
		"&cursor=" + s.hex(16)
}

func (s *scribe) agent() string {
	switch s.IntN(7) {
	case 0:
		return fmt.Sprintf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "+
			"Chrome/%d.0.0.0 Safari/537.36", 118+s.IntN(28))
	case 1:
		return fmt.Sprintf("Mozilla/5.0 (iPhone; CPU iPhone OS %d_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, "+
			"like Gecko) Version/%d.0 Mobile/15E148 Safari/604.1", 16+s.IntN(3), s.IntN(7), 16+s.IntN(3))
	case 2:
		return fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; rv:%[1]d.0) Gecko/20100101 Firefox/%[1]d.0", 115+s.IntN(30))
	case 3:
		return fmt.Sprintf("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "+
			"Version/17.%d Safari/605.1.15", s.IntN(7))
	case 4:
		return fmt.Sprintf("okhttp/4.%d.%d", 9+s.IntN(4), s.IntN(4))
	case 5:
		return "ELB-HealthChecker/2.0"
	}
	return s.of("python-requests/2.31.0", "curl/8.5.0", "Amazon-Route53-Health-Check-Service (ref "+s.uuid()+")",
		"kube-probe/1.29")
}

// said is what an application says of its work, with its level.
func (s *scribe) said() (level, text string) {
	if s.fails(60) {
		return "ERROR", s.failure()
	}
	switch s.IntN(24) {
	case 0, 1:
		return "INFO", "order " + s.order() + " accepted"
	case 2:
		return "INFO", fmt.Sprintf("order %s priced at %d.%02d EUR for %d items", s.order(), s.IntN(900), s.IntN(100),
			1+s.IntN(12))
	case 3:
		return "INFO", "reserved " + strconv.Itoa(1+s.IntN(5)) + " of " + s.sku() + " in warehouse " +
			s.of("FRA1", "FRA2", "WAW3", "MAD1")
	case 4:
		return "DEBUG", fmt.Sprintf("cache %s for key product:%s ttl=%d", s.of("hit", "hit", "hit", "miss"), s.sku(),
			s.IntN(3600))
	case 5:
		return "INFO", fmt.Sprintf("payment %s authorised by %s, %d.%02d EUR", s.hex(12),
			s.of("adyen", "stripe", "paypal"), s.IntN(900), s.IntN(100))
	case 6:
		return "WARN", fmt.Sprintf("slow query took %d ms: SELECT * FROM orders WHERE customer_id = %d",
			800+s.millis()*9, s.IntN(1_000_000))
	case 7:
		return "WARN", fmt.Sprintf("retrying %s after %d ms (attempt %d of 5)",
			s.of("PutItem", "SendMessage", "UpdateItem", "GetObject"), 50<<s.IntN(5), 1+s.IntN(5))
	case 8:
		return "INFO", "session " + s.hex(20) + " started for " + s.user() + " from " + s.ip()
	case 9:
		return "DEBUG", fmt.Sprintf("connection pool: %d active, %d idle, %d waiting", s.IntN(40), s.IntN(20),
			s.IntN(4))
	case 10:
		return "INFO", "published OrderPlaced to arn:aws:sns:eu-central-1:111122223333:orders messageId=" + s.uuid()
	case 11:
		return "INFO", fmt.Sprintf("consumed %d messages from orders-queue, lag %d", 1+s.IntN(10), s.IntN(500))
	case 12:
		return "DEBUG", fmt.Sprintf("feature flag %s is %s for %s", s.of("new-checkout", "fast-search", "gift-wrap"),
			s.of("on", "off"), s.user())
	case 13:
		return "INFO", "rendered mail order-confirmation for " + s.user() + " in " + s.of("de", "en", "fr", "pl", "es")
	case 14:
		return "INFO", fmt.Sprintf("shipment %s handed to %s, %d g", s.hex(10), s.of("DHL", "DPD", "GLS", "UPS"),
			50+s.IntN(9000))
	}
	return "INFO", fmt.Sprintf("%s %s finished with %d", s.method(), s.path(), s.status())
}

// failure is what an application says when something fails.
func (s *scribe) failure() string {
	switch s.IntN(40) {
	case 0:
		return "java.lang.OutOfMemoryError: Java heap space"
	case 1:
		return fmt.Sprintf("deadlock detected: process %d waits for ShareLock on transaction %d", s.IntN(30000),
			s.IntN(9_000_000))
	case 2, 3, 4:
		return "AccessDenied: User: arn:aws:sts::111122223333:assumed-role/orders-task/" + s.hex(16) +
			" is not authorized to perform: dynamodb:UpdateItem"
	case 5, 6, 7, 8, 9, 10:
		return "ProvisionedThroughputExceededException: Rate exceeded for table orders (requestId " + s.uuid() + ")"
	case 11, 12, 13, 14:
		return "validation failed: field quantity must be at least 1, was " + strconv.Itoa(-s.IntN(5))
	case 15, 16, 17, 18, 19, 20:
		return "connection refused: " + s.inner() + ":5432"
	case 21, 22, 23:
		return "circuit breaker open for payments after " + strconv.Itoa(5+s.IntN(20)) + " failures"
	}
	return fmt.Sprintf("upstream timeout after %d ms calling %s", 1000*(1+s.IntN(30)),
		s.of("payments", "inventory", "orders-db", "search"))
}

// fields writes what most JSON lines share.
func (s *scribe) fields(level, request, trace, text string) {
	status := s.status()
	switch s.service {
	case "payments":
		s.f(`{"timestamp":%q,"severity":%q,"logger":"payments.%s","message":%q,"trace_id":%q,"span_id":%q,"user":%q,`+
			`"http":{"method":%q,"path":%q,"status":%d},"durationMs":%d}`,
			s.iso(), level, s.of("charge", "refund", "webhook", "ledger"), text, trace, s.hex(16), s.user(), s.method(),
			s.path(), status, s.millis())
	case "orders-api":
		s.f(`{"level":%q,"ts":%q,"service":"orders-api","msg":%q,"requestId":%q,"traceId":%q,`+
			`"method":%q,"path":%q,"status":%d,"durationMs":%d.%02d,"user":%q}`,
			level, s.iso(), text, request, trace, s.method(), s.path(), status, s.millis(), s.IntN(100), s.user())
	default:
		s.f(`{"level":%q,"timestamp":%q,"service":%q,"message":%q,"requestId":%q,"xray_trace_id":%q,`+
			`"cold_start":%t,"durationMs":%d,"user":%q}`,
			level, s.iso(), s.service, text, request, trace, s.cold, s.millis(), s.user())
	}
}

func (s *scribe) json() {
	level, text := s.said()
	s.fields(level, s.uuid(), s.xray(), text)
}

func (s *scribe) jsonW3C() {
	level, text := s.said()
	s.fields(level, "", s.w3c(), text)
}

// lambda writes an invocation's START, what the function logs as JSON, END and REPORT.
func (s *scribe) lambda() {
	s.invocation(func(level, text string) { s.fields(level, s.request, s.trace, text) })
}

// lambdaText does with lines between tabs, as the runtimes of Node.js and Python write them.
func (s *scribe) lambdaText() {
	s.invocation(func(level, text string) { s.f("%s\t%s\t%s\t%s", s.iso(), s.request, level, text) })
}

func (s *scribe) invocation(log func(level, text string)) {
	if s.request == "" {
		s.request, s.trace, s.left, s.cold = s.uuid(), s.xray(), 3+s.IntN(6), s.in(40)
		s.f("START RequestId: %s Version: %s\n", s.request, s.of("$LATEST", "41", "42"))
		return
	}
	s.left--
	switch s.left {
	case 1:
		s.f("END RequestId: %s\n", s.request)
	case 0:
		ms := s.millis() * 3
		s.f("REPORT RequestId: %s\tDuration: %d.%02d ms\tBilled Duration: %d ms\tMemory Size: 512 MB\tMax Memory "+
			"Used: %d MB\t", s.request, ms, s.IntN(100), ms+1, 90+s.IntN(200))
		if s.cold {
			s.f("Init Duration: %d.%02d ms\t", 300+s.IntN(900), s.IntN(100))
		}
		s.f("\nXRAY TraceId: %s\tSegmentId: %s\tSampled: true\t\n", s.trace, s.hex(16))
		s.request = ""
	default:
		if s.fails(900) {
			s.f("%s %s Task timed out after %d.00 seconds\n\n", s.iso(), s.request, 3*(1+s.IntN(10)))
			return
		}
		log(s.said())
	}
}

func (s *scribe) logfmt() {
	level, text := s.said()
	s.f("time=%s level=%s service=search component=%s request_id=%s trace_id=%s user=%s status=%d took_ms=%d "+
		"shard=%d hits=%d msg=%q",
		s.iso(), strings.ToLower(level), s.of("query", "indexer", "suggest", "ranker"), s.uuid(), s.w3c(), s.user(),
		s.status(), s.millis(),
		s.IntN(12), s.IntN(40_000), text)
}

func (s *scribe) java() {
	level, text := s.said()
	class := s.of("web.ProductController", "service.PriceService", "repo.ProductRepository", "cache.RedisCache",
		"events.CatalogListener")
	s.f("%s %-5s %d --- [%s-%d] com.shop.catalog.%s : [%s,%s] %s", s.at.Format("2006-01-02 15:04:05.000"), level, 1,
		s.of("http-nio-8080-exec", "scheduling", "kafka-consumer"),
		1+s.IntN(20), class, s.w3c(), s.hex(16), text)
	if level == "ERROR" {
		s.f("\n%s: %s", s.of("java.net.SocketTimeoutException", "java.lang.IllegalStateException",
			"org.springframework.dao.QueryTimeoutException", "java.lang.NullPointerException"), s.failure())
		for range 6 + s.IntN(12) {
			s.f("\n\tat %s.%s(%s.java:%d)", s.of("com.shop.catalog.service.PriceService",
				"org.springframework.web.servlet.FrameworkServlet", "com.zaxxer.hikari.pool.HikariPool",
				"java.base/java.lang.Thread", "org.apache.catalina.core.ApplicationFilterChain"),
				s.of("doFilter", "getConnection", "invoke", "priceOf", "run", "service"),
				s.of("PriceService", "FrameworkServlet", "HikariPool", "Thread", "ApplicationFilterChain"),
				20+s.IntN(900))
		}
	}
}

func (s *scribe) python() {
	level, text := s.said()
	s.f("[%s] [%s] mailer.%s: %s user=%s id=%s", s.at.Format("2006-01-02 15:04:05,000"), level,
		s.of("worker", "smtp", "template", "queue"), text, s.user(), s.uuid())
	if level == "ERROR" {
		s.f("\nTraceback (most recent call last):")
		for range 2 + s.IntN(4) {
			s.f("\n  File \"/app/mailer/%s.py\", line %d, in %s\n    %s", s.of("worker", "smtp", "template"),
				10+s.IntN(400), s.of("run", "send", "render", "connect"),
				s.of("self.send(message)", "return self.client.publish(event)",
					"response = session.post(url, json=body, timeout=5)", "raise MailError(reason) from e"))
		}
		s.f("\n%s: %s", s.of("smtplib.SMTPServerDisconnected", "TimeoutError", "KeyError",
			"requests.exceptions.ConnectionError"), s.failure())
	}
}

func (s *scribe) nginx() {
	s.f(`%s - %s [%s] "%s %s HTTP/%s" %d %d "%s" "%s" %d.%03d`, s.ip(), s.of("-", "-", "-", s.user()),
		s.at.Format("02/Jan/2006:15:04:05 -0700"), s.method(), s.path(),
		s.of("1.1", "2.0"), s.status(), s.bytes(), s.of("-", "https://shop.example"+s.path()), s.agent(),
		s.millis()/1000, s.millis()%1000)
}

func (s *scribe) alb() {
	status := s.status()
	s.f(`https %s app/shop-alb/50dc6c495c0c9188 %s:%d %s:8080 0.00%d 0.%03d 0.000 %d %d %d %d "%s `+
		`https://shop.example:443%s HTTP/2.0" "%s" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 `+
		`arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/%s "Root=%s" "shop.example" "-" 0 %s `+
		`"forward" "-" "-" "%s:8080" "%d" "-" "-"`,
		s.at.Format("2006-01-02T15:04:05.000000Z"), s.ip(), 1024+s.IntN(60000), s.inner(), s.IntN(10), s.millis()%1000,
		status, status, 100+s.IntN(2000), s.bytes(), s.method(), s.path(), s.agent(),
		s.of("orders/73e2d6bc24d8a067", "search/943f017f100becff"), s.xray(), s.iso(), s.inner(), status)
}

func (s *scribe) auth() {
	host, pid := s.of("bastion-1", "bastion-2", "build-7", "db-jump"), 400+s.IntN(32000)
	s.f("%s %s sshd[%d]: ", s.at.Format("Jan _2 15:04:05"), host, pid)
	switch s.IntN(6) {
	case 0:
		s.f("Failed password for %s from %s port %d ssh2",
			s.of("root", "admin", "invalid user oracle", "invalid user test", "ubuntu"), s.ip(), 1024+s.IntN(60000))
	case 1:
		s.f("Accepted publickey for deploy from %s port %d ssh2: ED25519 SHA256:%s", s.inner(), 1024+s.IntN(60000),
			s.hex(43))
	case 2:
		s.f("pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=%s user=root",
			s.ip())
	case 3:
		s.f("Received disconnect from %s port %d:11: Bye Bye [preauth]", s.ip(), 1024+s.IntN(60000))
	case 4:
		s.f("Connection closed by %s [preauth]", s.ip())
	default:
		s.f("Invalid user %s from %s", s.of("guest", "postgres", "git", "admin", "pi")+strconv.Itoa(s.IntN(100)),
			s.ip())
	}
}

func (s *scribe) gateway() {
	s.f(`{"requestId":%q,"extendedRequestId":"%s=","ip":%q,"caller":"-","user":%q,"requestTime":%q,`+
		`"httpMethod":%q,"resourcePath":%q,"status":"%d","protocol":"HTTP/1.1","responseLength":"%d","xrayTraceId":%q}`,
		s.uuid(), s.hex(14), s.ip(), s.user(), s.at.Format("02/Jan/2006:15:04:05 -0700"), s.method(), s.path(),
		s.status(), s.bytes(), s.xray())
}
