package cache

import (
	"context"
	"database/sql"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// KeepLogGroups lists log groups of a scope and returns how many are new or changed. Groups that AWS no longer lists
// stay, with the events that are left of them.
func (d *DB) KeepLogGroups(ctx context.Context, s app.Scope, groups []app.LogGroup) (int, error) {
	return d.write(ctx, "keep log groups", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		changed := 0
		for _, g := range groups {
			n, err := w.exec("logs_group_keep", scope, g.Name, g.ARN, g.Retention, g.Stored, g.Created.UnixMilli(),
				g.Class)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, nil
	})
}

// LogGroups returns the log groups that were listed in some scopes, in all for none, by scope and name.
func (d *DB) LogGroups(ctx context.Context, scopes []app.Scope) ([]app.LogGroup, error) {
	var groups []app.LogGroup
	err := d.read(ctx, "read log groups", func(r *readTx) error {
		return r.eachGroup(scopes, func(_ int64, g app.LogGroup, listed bool) {
			if listed {
				groups = append(groups, g)
			}
		})
	})
	return groups, err
}

func (r *readTx) eachGroup(scopes []app.Scope, f func(id int64, g app.LogGroup, listed bool)) error {
	found, err := r.scopesOf(scopes)
	if err != nil {
		return err
	}
	return r.each("logs_groups", func(rows *sql.Rows) error {
		var id, scope, created int64
		var g app.LogGroup
		var listed bool
		if err := rows.Scan(&id, &scope, &g.Name, &g.ARN, &g.Retention, &g.Stored, &created, &g.Class,
			&listed); err != nil {
			return err
		}
		g.Scope, g.Created = found.byID[scope], milli(created)
		f(id, g, listed)
		return nil
	}, sql.Named("scopes", found.ids))
}

// groupName is what the id of a log group stands for.
type groupName struct {
	scope app.Scope
	name  string
}

func (w *writeTx) group(s app.Scope, name string) (int64, error) {
	key := groupName{s.Place(), name}
	if id, ok := w.groups[key]; ok {
		return id, nil
	}
	scope, err := w.scopeID(s)
	if err != nil {
		return 0, err
	}
	id, err := w.id("logs_group_find", "logs_group_add", scope, name)
	w.groups[key] = id
	return id, err
}

// groups are the log groups of a query.
type groups struct {
	byID map[int64]groupName
	ids  any // those asked for, as a JSON array; nil if all are
}

func (r *readTx) groupsOf(q app.LogQuery) (groups, error) {
	g := groups{byID: map[int64]groupName{}}
	ids := []int64{}
	of := resource.Read(q.Resource)
	err := r.eachGroup(q.Scopes, func(id int64, group app.LogGroup, _ bool) {
		if len(q.Groups) > 0 && !slices.Contains(q.Groups, group.Name) {
			return
		}
		if q.Resource != "" && !of.Logs(group.Name) {
			return
		}
		g.byID[id] = groupName{group.Scope, group.Name}
		ids = append(ids, id)
	})
	if err == nil && (len(q.Scopes) > 0 || len(q.Groups) > 0 || q.Resource != "") {
		g.ids, err = encodeJSON(ids)
	}
	return g, err
}
