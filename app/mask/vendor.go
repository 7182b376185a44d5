package mask

import "strings"

// format is how a service's tokens look. To add one, add a line to formats; where its prefix ends in another
// character than a dash or an underscore, it needs a trigger of its own (scan.go).
type format struct {
	prefix  string // which stays: it says what was masked
	least   int    // characters behind it
	is      func(byte) bool
	digits  bool   // there are some among them: the prefix alone is no certain sign
	example string // made up, for the test
}

// formats are tokens that open something by themselves, wherever they stand, from the documentation of who gives them
// out.
var formats = []format{
	// GitHub, "About authentication to GitHub", token formats: personal, OAuth, user-to-server, server-to-server,
	// refresh.
	{"ghp_", 36, isAlnum, false, "ghp_16C7e42F292c6912E7710c838347Ae178B4a"},
	{"gho_", 36, isAlnum, false, "gho_16C7e42F292c6912E7710c838347Ae178B4a"},
	{"ghu_", 36, isAlnum, false, "ghu_16C7e42F292c6912E7710c838347Ae178B4a"},
	{"ghs_", 36, isAlnum, false, "ghs_16C7e42F292c6912E7710c838347Ae178B4a"},
	{"ghr_", 36, isAlnum, false, "ghr_1B4a2e77838347a7E420ce178F2E7c6912E169246c34E1ccbF66C46812d16D5B1A9Dc86A1498"},
	{"github_pat_", 40, isWordOnly, false, "github_pat_11ABCDEFG0abcdefghijkl_0123456789abcdefghijABCDEFGHIJ012345678"},
	// GitLab, "Token overview", token prefixes: personal, deploy, runner, trigger, OAuth, CI job, agent, feed,
	// incoming mail.
	{"glpat-", 20, isBase64URLDot, false, "glpat-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"gldt-", 20, isBase64URLDot, false, "gldt-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"glrt-", 20, isBase64URLDot, false, "glrt-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"glptt-", 20, isBase64URLDot, false, "glptt-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"gloas-", 20, isBase64URLDot, false, "gloas-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"glcbt-", 20, isBase64URLDot, false, "glcbt-64_Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"glagent-", 20, isBase64URLDot, false, "glagent-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	{"glft-", 20, isBase64URLDot, false, "glft-Ab1Cd2Ef3Gh4Ij5Kl6Mn"},
	// Slack, "Token types": bot, user, workspace, refresh, session; app-level; configuration.
	{"xoxb-", 20, isAlnumDash, true, "xoxb-123456789012-1234567890123-4mt0t4l1YDn0tAT0k3n4Uuu"},
	{"xoxp-", 20, isAlnumDash, true, "xoxp-123456789012-123456789012-123456789012-0123456789abcdef0123456789abcdef"},
	{"xoxa-", 20, isAlnumDash, true, "xoxa-2-123456789012-1234567890123-0123456789abcdef"},
	{"xoxr-", 20, isAlnumDash, true, "xoxr-123456789012-1234567890123-0123456789abcdef"},
	{"xoxs-", 20, isAlnumDash, true, "xoxs-123456789012-1234567890123-0123456789abcdef"},
	{"xoxe-", 20, isAlnumDash, true, "xoxe-1-My0xLTEyMzQ1Njc4OTAxMi0xMjM0NTY3ODkw"},
	{"xapp-", 20, isAlnumDash, true, "xapp-1-A0123456789-1234567890123-0123456789abcdef0123456789abcdef"},
	// Stripe, "API keys" and "Webhooks": secret and restricted keys; publishable ones (pk_) are none. Signing secrets.
	{"sk_live_", 16, isAlnum, false, "sk_live_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op"},
	{"sk_test_", 16, isAlnum, false, "sk_test_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op"},
	{"rk_live_", 16, isAlnum, false, "rk_live_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op"},
	{"rk_test_", 16, isAlnum, false, "rk_test_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op"},
	{"whsec_", 24, isBase64, false, "whsec_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0U"},
	// Google Identity, client secrets.
	{"GOCSPX-", 20, isBase64URL, false, "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"},
	// npm, "About access tokens"; PyPI, "API tokens"; Docker, "Personal access tokens".
	{"npm_", 36, isAlnum, false, "npm_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx"},
	{"pypi-", 50, isBase64URL, true, "pypi-AgEIcHlwaS5vcmcCJDAxMjM0NTY3LTg5YWItY2RlZi0wMTIzLTQ1Njc4OWFiY2RlZg"},
	{"dckr_pat_", 24, isBase64URL, false, "dckr_pat_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr"},
	// OpenAI, "API keys" (sk-, sk-proj-, sk-svcacct-), and Anthropic (sk-ant-).
	{"sk-", 32, isBase64URL, true, "sk-proj-0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3"},
	// Hugging Face, "User access tokens"; Shopify, "Access tokens"; DigitalOcean, "Personal access tokens".
	{"hf_", 30, isAlnum, true, "hf_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1"},
	{"shpat_", 32, isAlnum, false, "shpat_0123456789abcdef0123456789abcdef"},
	{"dop_v1_", 64, isAlnum, false, "dop_v1_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
}

// googleKey is that of Google Cloud ("API keys"), which has 39 characters.
var googleKey = []format{{"AIza", 35, isBase64URL, false, "AIzaSyA0123456789abcdefghijklmnopqrstuv"}}

// byEnd are the formats by the last three characters of their prefixes, of which a dash or an underscore is the last:
// most of these end none. Those of several ends share a place.
var byEnd = func() (by [256][]format) {
	for _, f := range formats {
		n := len(f.prefix)
		at := endOf(f.prefix[n-3], f.prefix[n-2], f.prefix[n-1])
		by[at] = append(by[at], f)
	}
	return by
}()

func endOf(a, b, c byte) byte { return a*31 + b*7 + c }

// mayEndPrefix reports whether the character at i, a dash or an underscore, may end the prefix of a format. A byte
// for each place is quicker to look up than what stands there.
func mayEndPrefix(text string, i int) bool {
	return i >= 2 && ends[endOf(text[i-2], text[i-1], text[i])]
}

var ends = func() (some [256]bool) {
	for i, of := range byEnd {
		some[i] = len(of) > 0
	}
	return some
}()

// vendorToken masks a token whose prefix ends with the character at i, of one of some formats.
func (s *scan) vendorToken(i int, of []format) int {
	if s.mask.skip[vendorTokens] {
		return 0
	}
	for k := range of {
		f := &of[k]
		from := i + 1 - len(f.prefix)
		if from < s.done || s.text[from:i+1] != f.prefix || !s.starts(from) {
			continue
		}
		const looked = 64 // characters that tell whether it is one, so that a text of prefixes is read once
		if f.digits && s.nextDigit(i+1) > i+looked {
			return 0
		}
		end := i + 1
		for end < len(s.text) && end <= i+looked && f.is(s.text[end]) {
			end++
		}
		if end-i-1 < f.least || f.digits && s.nextDigit(i+1) >= end {
			return 0
		}
		end = s.while(end, f.is)
		s.cover(i+1, end)
		return end
	}
	return 0
}

// ended masks a token whose prefix ends with the dash or underscore at i.
func (s *scan) ended(i int) int {
	if !mayEndPrefix(s.text, i) {
		return 0
	}
	return s.vendorToken(i, byEnd[endOf(s.text[i-2], s.text[i-1], s.text[i])])
}

// nextDigit returns where the next digit is at or after i, which grows from one question to the next.
func (s *scan) nextDigit(i int) int {
	for s.digitAt = max(s.digitAt, i); s.digitAt < len(s.text) && !isDigit(s.text[s.digitAt]); s.digitAt++ {
	}
	return s.digitAt
}

// webhooks are addresses at which who knows them may write (Slack, "Sending messages using incoming webhooks"; Discord,
// "Webhook resource"; Microsoft Teams, "Create incoming webhooks"). Their paths are the secret.
var webhooks = []string{"hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/",
	"discord.com/api/webhooks/", "discordapp.com/api/webhooks/"}

// webhook masks the path of a webhook whose address begins at i, behind the slashes of its scheme.
func (s *scan) webhook(i int) int {
	if s.mask.skip[vendorTokens] {
		return 0
	}
	for _, w := range webhooks {
		if !strings.HasPrefix(s.text[i:], w) {
			continue
		}
		from := i + len(w)
		end := s.while(from, func(c byte) bool { return isBase64(c) || c == '%' })
		s.coverOnly(from, end, func(c byte) bool { return c != '/' })
		return end
	}
	return 0
}

func isAlnum(c byte) bool { return isLetter(c) || isDigit(c) }

func isAlnumDash(c byte) bool { return isAlnum(c) || c == '-' }

func isWordOnly(c byte) bool { return isAlnum(c) || c == '_' }

func isBase64URLDot(c byte) bool { return isBase64URL(c) || c == '.' }
