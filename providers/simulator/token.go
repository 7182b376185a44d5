package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// cursor is where a listing goes on. What A and B count is each operation's own affair; they index what never changes,
// so a token stays good whatever becomes visible in the meantime.
type cursor struct {
	A, B  int64
	Empty uint8 // how many empty pages in a row led here
}

// tokenKey signs page tokens. It follows from the world's seed, so that a token outlives a restart of the simulator.
type tokenKey [sha256.Size]byte

func newTokenKey(seed uint64) tokenKey {
	return sha256.Sum256(fmt.Appendf(nil, "nephograph page token %d", seed))
}

const (
	tokenVersion = 1
	tokenMAC     = 12 // bytes: nobody guesses it, and the token stays short
)

// errToken is what every token error is to a caller: AWS says no more either.
var errToken = errors.New("the page token is not valid for this request")

// seal returns the token that leads to cur in the listing that question describes.
func (k tokenKey) seal(question []byte, cur cursor) string {
	plain := []byte{tokenVersion}
	plain = binary.AppendVarint(plain, cur.A)
	plain = binary.AppendVarint(plain, cur.B)
	plain = append(plain, cur.Empty)
	return base64.RawURLEncoding.EncodeToString(append(plain, k.sign(question, plain)...))
}

// open reads a token. It is an error to bring a token to another question than it was given for.
func (k tokenKey) open(question []byte, token string) (cursor, error) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) <= tokenMAC || b[0] != tokenVersion {
		return cursor{}, errToken
	}
	plain, mac := b[:len(b)-tokenMAC], b[len(b)-tokenMAC:]
	if subtle.ConstantTimeCompare(mac, k.sign(question, plain)) != 1 {
		return cursor{}, errToken
	}
	return readCursor(plain[1:])
}

func readCursor(b []byte) (cursor, error) {
	var cur cursor
	for _, field := range []*int64{&cur.A, &cur.B} {
		v, n := binary.Varint(b)
		if n <= 0 {
			return cursor{}, errToken
		}
		*field, b = v, b[n:]
	}
	if len(b) != 1 || cur.A < 0 {
		return cursor{}, errToken
	}
	cur.Empty = b[0]
	return cur, nil
}

func (k tokenKey) sign(question, plain []byte) []byte {
	mac := hmac.New(sha256.New, k[:])
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(question)))
	mac.Write(length[:]) // so that no byte can move from the question to the token
	mac.Write(question)
	mac.Write(plain)
	return mac.Sum(nil)[:tokenMAC]
}

// turn is one page of a listing: where it starts and how to say where the next one does.
type turn struct {
	cursor
	key      tokenKey
	question []byte
	// detour, if it is not empty, is the token to answer with, and no items: a page that AWS sends for no reason a
	// client could know.
	detour string
}

// listing is the input of an operation that answers page by page. Its check says what is wrong with it, or what it
// comes to: a page's size, a range.
type listing[S any] interface {
	check(*call) (S, error)
	token() *string
}

// begin reads and checks the input of a listing and opens the page that its token leads to.
func begin[S any](c *call, in listing[S]) (found S, t turn, err error) {
	if err := c.read(in); err != nil {
		return found, t, err
	}
	if found, err = in.check(c); err != nil {
		return found, t, err
	}
	token := *in.token()
	*in.token() = ""
	t, err = c.turn(token, in)
	return found, t, err
}

// next returns the token of the page that starts at (a, b).
func (t turn) next(a, b int) string { return t.key.seal(t.question, cursor{A: int64(a), B: int64(b)}) }

// maxEmpty is how many empty pages in a row a listing may have, so that a drill ends.
const maxEmpty = 2

// turn opens the page that token leads to; "" is the first. question is the call's parameters without the token.
func (c *call) turn(token string, question any) (turn, error) {
	asked, err := json.Marshal([]any{c.action(), c.scope, question})
	if err != nil { // such as a time beyond the year 9999
		return turn{}, c.service.unreadable.because("%v", err)
	}
	digest := sha256.Sum256(asked)
	t := turn{key: c.server.tokens, question: digest[:]}
	if token != "" {
		if t.cursor, err = t.key.open(t.question, token); err != nil {
			return turn{}, c.service.badToken.because("%s", c.service.badToken.message)
		}
	}
	switch {
	case c.mishap.repeat && token != "":
		t.detour = token
	case c.mishap.empty && t.Empty < maxEmpty:
		t.detour = t.key.seal(t.question, cursor{t.A, t.B, t.Empty + 1})
	}
	return t, nil
}
