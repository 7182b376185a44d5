package cache

import (
	"context"
	"database/sql"

	"github.com/nephograph/nephograph/app"
)

// KeepScope records under which profile a scope is reached and who the caller is there. Items from a scope that was not
// kept add it without a profile.
func (d *DB) KeepScope(ctx context.Context, s app.Scope, who app.Identity) error {
	_, err := d.write(ctx, "keep a scope", func(w *writeTx) (int, error) {
		id, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		if _, err := w.exec("scopes_keep", s.Profile, id); err != nil {
			return 0, err
		}
		return w.exec("scopes_identity_keep", id, who.Account, who.ARN, who.UserID)
	})
	return err
}

// scopeID returns the id of a scope, which is added if it is new.
func (w *writeTx) scopeID(s app.Scope) (int64, error) {
	s = s.Place()
	if id, ok := w.scopes[s]; ok {
		return id, nil
	}
	id, err := w.id("scopes_find", "scopes_add", s.Account, s.Region)
	w.scopes[s] = id
	return id, err
}

// Scopes returns the scopes that the cache knows, with their profiles, by account and Region.
func (d *DB) Scopes(ctx context.Context) ([]app.Scope, error) {
	var scopes []app.Scope
	err := d.read(ctx, "read the scopes", func(r *readTx) error {
		return r.eachScope(func(_ int64, s app.Scope) { scopes = append(scopes, s) })
	})
	return scopes, err
}

func (r *readTx) eachScope(f func(id int64, s app.Scope)) error {
	return r.each("scopes_list", func(rows *sql.Rows) error {
		var id int64
		var s app.Scope
		if err := rows.Scan(&id, &s.Account, &s.Region, &s.Profile); err != nil {
			return err
		}
		f(id, s)
		return nil
	})
}

// scopeSet is the scopes of a query.
type scopeSet struct {
	byID map[int64]app.Scope // all that the cache knows, without profiles
	// ids are those asked for, as a JSON array; nil if all are.
	ids any
}

// scopesOf looks up the scopes that a query names. Those that the cache does not know match nothing.
func (r *readTx) scopesOf(asked []app.Scope) (scopeSet, error) {
	wanted := map[app.Scope]bool{}
	for _, s := range asked {
		wanted[s.Place()] = true
	}
	p := scopeSet{byID: map[int64]app.Scope{}}
	ids := []int64{}
	err := r.eachScope(func(id int64, s app.Scope) {
		p.byID[id] = s.Place()
		if wanted[s.Place()] {
			ids = append(ids, id)
		}
	})
	if err == nil && len(asked) > 0 {
		p.ids, err = encodeJSON(ids)
	}
	return p, err
}

// scopeID returns the id of one scope; found is false if the cache does not know it.
func (r *readTx) scopeID(s app.Scope) (id int64, found bool, err error) {
	found, err = r.one("scopes_find", []any{&id}, s.Account, s.Region)
	return id, found, err
}

// Identities returns who AWS said the caller is, each identity once, by account.
func (d *DB) Identities(ctx context.Context) ([]app.Identity, error) {
	var identities []app.Identity
	err := d.read(ctx, "read the identities", func(r *readTx) error {
		return r.each("scopes_identities", func(rows *sql.Rows) error {
			var i app.Identity
			if err := rows.Scan(&i.Account, &i.ARN, &i.UserID); err != nil {
				return err
			}
			identities = append(identities, i)
			return nil
		})
	})
	return identities, err
}
