package providers

import (
	"bufio"
	"bytes"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"

	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// pageHead is how much of a web page is looked at, for its title.
const pageHead = 4 << 10

// pageWords is how many characters of a web page are repeated.
const pageWords = 80

// pageError is a web page that came instead of an answer.
type pageError struct {
	form   string // HTML or XML
	status int
	words  string // the first that a person would see of it
	guess  string // what it seems to be; may be empty
}

func (e *pageError) Error() string {
	text := fmt.Sprintf("instead of an answer came %s with the status %d",
		map[string]string{"HTML": "an HTML page", "XML": "XML"}[e.form], e.status)
	if e.words != "" {
		text += fmt.Sprintf(", “%s”", e.words)
	}
	if e.guess != "" {
		text += "; " + e.guess
	}
	return text
}

var (
	rootElement = regexp.MustCompile(`(?s)^(?:<\?.*?\?>|<!--.*?-->|\s)*<(!?[A-Za-z][\w:.-]*)`)
	titleOf     = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	unseen      = regexp.MustCompile(`(?is)<(script|style)\b.*?(?:</(script|style)>|$)|<!--.*?(?:-->|$)|<[^>]*(?:>|$)`)
)

// pageOf returns the web page that an answer is, or nil. Only STS answers in XML, in elements whose names end in
// Response; all other services answer in JSON or CBOR, in neither of which a less-than sign comes first.
func pageOf(body *bufio.Reader, service string, response *smithyhttp.Response) error {
	first, _ := body.Peek(1)
	if len(first) == 0 || first[0] != '<' && first[0] != 0xef && first[0] > ' ' {
		return nil
	}
	head, _ := body.Peek(pageHead) // as much as there is; an error comes again when the SDK reads
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	root := rootElement.FindSubmatch(head)
	if root == nil || service == "sts" && bytes.HasSuffix(root[1], []byte("Response")) {
		return nil
	}
	e := &pageError{form: "XML", status: response.StatusCode, words: wordsOf(head)}
	if name := strings.ToLower(string(root[1])); name == "html" || name == "!doctype" || name == "head" ||
		name == "body" {
		e.form = "HTML"
	}
	e.guess = guessPage(e, response.Header)
	return e
}

// wordsOf returns the title of a page, or else its first words, without what could be a secret.
func wordsOf(page []byte) string {
	text := string(unseen.ReplaceAll(page, []byte(" ")))
	if title := titleOf.FindSubmatch(page); title != nil && len(bytes.TrimSpace(title[1])) > 0 {
		text = string(title[1])
	}
	text = redact(strings.Join(strings.Fields(html.UnescapeString(strings.ToValidUTF8(text, "\ufffd"))), " "))
	if runes := []rune(text); len(runes) > pageWords {
		return string(runes[:pageWords]) + "…"
	}
	return text
}

// guessPage says where a page seems to come from. A page of a failing server says so itself: AWS's load balancers send
// one as well.
func guessPage(e *pageError, header http.Header) string {
	contains := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(strings.ToLower(e.words), w) {
				return true
			}
		}
		return false
	}
	switch {
	case e.status == http.StatusProxyAuthRequired || header.Get("Proxy-Authenticate") != "" ||
		contains("proxy", "blocked", "firewall"):
		return "it seems to be of a proxy"
	case e.status == http.StatusNetworkAuthenticationRequired ||
		contains("sign in", "sign-in", "signin", "log in", "login", "log on", "password", "portal", "wi-fi", "wifi"):
		return "it seems to be a sign-in page"
	case e.status >= http.StatusInternalServerError || e.status == http.StatusTooManyRequests:
		return ""
	}
	return "the endpoint seems to be none of AWS's"
}
