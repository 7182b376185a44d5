package simulator

import (
	"testing"

	"pgregory.net/rapid"
)

// TestTokens checks that a token leads back to its cursor for its question, and nowhere for any other or when changed.
func TestTokens(t *testing.T) {
	key := newTokenKey(7)
	rapid.Check(t, func(t *rapid.T) {
		cur := cursor{rapid.Int64Min(0).Draw(t, "a"), rapid.Int64().Draw(t, "b"), rapid.Uint8().Draw(t, "empty")}
		question := rapid.SliceOf(rapid.Byte()).Draw(t, "question")
		token := key.seal(question, cur)
		if got, err := key.open(question, token); err != nil || got != cur {
			t.Fatalf("%+v came back as %+v, %v", cur, got, err)
		}
		if _, err := key.open(append(question, 'x'), token); err == nil {
			t.Fatal("good for another question")
		}
		if _, err := newTokenKey(8).open(question, token); err == nil {
			t.Fatal("good in another world")
		}
		changed := []byte(token)
		changed[rapid.IntRange(0, len(token)-2).Draw(t, "at")] ^= 1 // the last character may hold unused bits
		if got, err := key.open(question, string(changed)); err == nil && got != cur {
			t.Fatalf("a changed token leads to %+v", got)
		}
	})
}

func FuzzToken(f *testing.F) {
	key := newTokenKey(7)
	f.Add("", key.seal(nil, cursor{1, 2, 3}))
	f.Add("question", "AAAA")
	f.Add("question", key.seal([]byte("question"), cursor{A: 1 << 40}))
	f.Fuzz(func(t *testing.T, question, token string) {
		cur, err := key.open([]byte(question), token)
		if err == nil && key.seal([]byte(question), cur) != token {
			t.Errorf("%q is accepted, but is not the token of %+v", token, cur)
		}
	})
}
