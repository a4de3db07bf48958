// Package neo4jstore keeps a graph in Neo4j, version 5.26 or newer: the store for graphs that other tools look at too.
package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"dramatis/kg"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"
)

const (
	// connections is how many there are at most, and so how many sessions at a time.
	connections = 32
	// readTime is how long Neo4j works on a read at most, writeTime on a batch, checkTime on reading everything.
	readTime  = 4 * time.Second
	writeTime = 60 * time.Second
	checkTime = time.Hour
	// downTime is how long a database that does not answer is tried again, busyTime one whose transactions stand in
	// each other's way.
	downTime = time.Second
	busyTime = 10 * time.Second
	// closeTime is how long it may take to give a connection back.
	closeTime = time.Second
)

// within gives an operation its time, the caller's if that is less: Neo4j then stops working on it, and if even that
// cannot be heard, the caller is not kept for ever.
func within(ctx context.Context, most time.Duration) (context.Context, context.CancelFunc, func(*neo4j.TransactionConfig)) {
	if deadline, ok := ctx.Deadline(); ok {
		most = max(min(most, time.Until(deadline)), time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(ctx, most+closeTime)
	return ctx, cancel, neo4j.WithTxTimeout(most)
}

// Store is a graph in Neo4j. Its reads and writes share bookmarks, so that in a cluster too each sees what was
// acknowledged before it.
type Store struct {
	name      string
	driver    neo4j.DriverWithContext
	database  string
	bookmarks neo4j.BookmarkManager
	onQuery   func(cypher string)
	places    chan struct{} // one for each session in use
}

var _ kg.Store = (*Store)(nil)

// Options are what a caller may set.
type Options struct {
	User, Password string
	// Database is the name of the database in the server; "" is the user's own.
	Database string
	// Unfinished: a graph is opened though a load into it was not finished, to be loaded anew.
	Unfinished bool
	// Wait is how long to wait for a server that does not answer yet.
	Wait time.Duration
	// OnQuery is called with each statement that is sent to the database: tests count round trips by it.
	OnQuery func(cypher string)
	// Log is told of what takes long, and what the driver warns of.
	Log *slog.Logger
}

// Open opens the graph in the Neo4j at uri (neo4j://host, bolt://host, with +s for TLS); fresh tells whether there is
// no record in it. A database that holds other data, or that of a newer version, is refused and left as it is.
func Open(ctx context.Context, uri string, o Options) (s *Store, fresh bool, err error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, false, errors.New("the address of Neo4j is no URL") // its text could hold a password
	}
	if u.User != nil {
		return nil, false, errors.New("the address of Neo4j holds a user or a password: give these by themselves")
	}
	s = &Store{name: u.Scheme + "://" + u.Host, database: o.Database, onQuery: o.OnQuery,
		bookmarks: neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{}), places: make(chan struct{}, connections)}
	if s.database != "" {
		s.name += " " + s.database
	}
	if s.onQuery == nil {
		s.onQuery = func(string) {}
	}
	auth := neo4j.NoAuth()
	if o.User != "" || o.Password != "" {
		auth = neo4j.BasicAuth(o.User, o.Password, "")
	}
	s.driver, err = neo4j.NewDriverWithContext(uri, auth, func(c *config.Config) { configure(c, o.Log) })
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", s.name, err)
	}
	if err := s.prepare(ctx, u, auth, o); err != nil {
		return nil, false, errors.Join(fmt.Errorf("%s: %w", s.name, err), s.driver.Close(ctx))
	}
	if fresh, err = s.migrate(ctx, o); err != nil {
		return nil, false, errors.Join(fmt.Errorf("%s: %w", s.name, err), s.driver.Close(ctx))
	}
	return s, fresh, nil
}

// configure sets limits on all waiting: by itself the driver keeps a caller for a minute and more.
func configure(c *config.Config, log *slog.Logger) {
	c.MaxConnectionPoolSize = connections
	// the driver waits this long for a server that refuses, too: it must be less than the 2 s in which a caller is told
	c.ConnectionAcquisitionTimeout = 1500 * time.Millisecond
	c.SocketConnectTimeout = 1500 * time.Millisecond
	c.ConnectionLivenessCheckTimeout = 5 * time.Second
	c.MaxTransactionRetryTime = 2 * time.Second
	c.UserAgent = "dramatis"
	c.TelemetryDisabled = true
	// hints to whoever writes a query would travel with each answer
	c.NotificationsMinSeverity = notifications.DisabledLevel
	if log != nil {
		c.Log = driverLog{log}
	}
}

// prepare waits for the server, and finds out what it is.
func (s *Store) prepare(ctx context.Context, u *url.URL, auth neo4j.AuthToken, o Options) error {
	if err := s.connect(ctx, o.Wait, o.Log); err != nil {
		return err
	}
	rows, err := s.collect(ctx, `CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel'
		CALL db.info() YIELD name AS database RETURN versions[0], edition, database`, nil)
	if err != nil {
		return s.wrap(ctx, err)
	}
	if len(rows) != 1 {
		return nil
	}
	version, _ := rows[0].Values[0].(string)
	if !newEnough(version) {
		return fmt.Errorf("it is Neo4j %s, and 5.26 or newer is needed", version)
	}
	// to name it spares the driver asking for it
	s.database, _ = rows[0].Values[2].(string)
	if rows[0].Values[1] == "community" {
		return s.direct(ctx, u, auth, o.Log)
	}
	return nil
}

// direct talks to the one server there is without a routing table. A Community server is never one of several, and
// without the table a server that comes back is used at once. (The table of the driver, 5.28.4, also has a data race
// between reading it and striking out a server that went away.)
func (s *Store) direct(ctx context.Context, u *url.URL, auth neo4j.AuthToken, log *slog.Logger) error {
	security, routed := strings.CutPrefix(u.Scheme, "neo4j")
	if !routed {
		return nil
	}
	driver, err := neo4j.NewDriverWithContext("bolt"+security+"://"+u.Host, auth, func(c *config.Config) { configure(c, log) })
	if err != nil {
		return err
	}
	routing := s.driver
	s.driver = driver
	return routing.Close(ctx)
}

// newEnough: versions are 5.26.25, later 2025.01.0.
func newEnough(version string) bool {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		return false
	}
	return major > 5 || major == 5 && minor >= 26
}

// connect tries until the server answers, or the time is over.
func (s *Store) connect(ctx context.Context, wait time.Duration, log *slog.Logger) error {
	end := time.Now().Add(wait)
	for told := log == nil; ; {
		err := s.driver.VerifyConnectivity(ctx)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !neo4j.IsRetryable(err) || time.Now().After(end):
			return errors.New(describe(err))
		case !told:
			told = true
			log.Info("waiting for Neo4j", "server", s.name, "at most", wait)
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// String names the server and the database.
func (s *Store) String() string { return "Neo4j " + s.name }

// Close gives back all connections.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	return s.driver.Close(ctx)
}

// session waits for one of the places there are, as long as the caller may, and only then for a connection: who waits
// for one of the driver's is told after a second or two that the server cannot be reached, though it is only busy.
func (s *Store) session(ctx context.Context, mode neo4j.AccessMode, fetch int) (session neo4j.SessionWithContext, end func(), err error) {
	select {
	case s.places <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	session = s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: mode, DatabaseName: s.database, BookmarkManager: s.bookmarks, FetchSize: fetch,
	})
	return session, func() {
		// a caller whose time is over still gives the connection back in good order
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		_ = session.Close(ctx) // what was read is there, and a broken connection is dropped
		<-s.places
	}, nil
}

// collect sends a read and gives all its rows: one round trip, as a transaction that commits by itself. What fails for
// a passing reason, a connection that had died for one, is sent once more.
func (s *Store) collect(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error) {
	start := time.Now()
	rows, err := s.collectOnce(ctx, cypher, params)
	if err != nil && passing(err) && !over(ctx) && time.Since(start) < downTime/2 {
		rows, err = s.collectOnce(ctx, cypher, params)
	}
	return rows, err
}

func (s *Store) collectOnce(ctx context.Context, cypher string, params map[string]any) ([]*neo4j.Record, error) {
	ctx, cancel, limit := within(ctx, readTime)
	defer cancel()
	session, end, err := s.session(ctx, neo4j.AccessModeRead, neo4j.FetchAll)
	if err != nil {
		return nil, err
	}
	defer end()
	s.onQuery(cypher)
	var rows []*neo4j.Record
	result, err := session.Run(ctx, cypher, params, limit)
	if err == nil {
		rows, err = result.Collect(ctx)
	}
	if err != nil && ctx.Err() != nil {
		err = errors.Join(ctx.Err(), err) // what the driver says then is that the connection broke
	}
	return rows, err
}

// stream sends a read that may take long and gives its rows one after the other.
func (s *Store) stream(ctx context.Context, cypher string, limit time.Duration, each func(values []any) error) error {
	session, end, err := s.session(ctx, neo4j.AccessModeRead, 500)
	if err != nil {
		return s.wrap(ctx, err)
	}
	defer end()
	s.onQuery(cypher)
	result, err := session.Run(ctx, cypher, nil, neo4j.WithTxTimeout(limit))
	if err != nil {
		return s.wrap(ctx, err)
	}
	for result.Next(ctx) {
		if err := each(result.Record().Values); err != nil {
			return err
		}
	}
	return s.wrap(ctx, result.Err())
}

// driverLog tells what the driver warns of to whoever looks for it: what matters comes back as an error, too.
type driverLog struct{ log *slog.Logger }

func (l driverLog) Error(name, id string, err error) {
	l.log.Debug("neo4j driver", "part", name, "id", id, "error", err)
}

func (l driverLog) Warnf(name, id, format string, args ...any) {
	l.log.Debug("neo4j driver", "part", name, "id", id, "message", fmt.Sprintf(format, args...))
}
func (driverLog) Infof(string, string, string, ...any)  {}
func (driverLog) Debugf(string, string, string, ...any) {}

// passing tells whether what failed can succeed when it is tried again.
func passing(err error) bool {
	// a record that another transaction deletes while it is read
	return neo4j.IsRetryable(err) || codeOf(err) == "Neo.ClientError.Statement.EntityNotFound"
}

// codeOf is the server's code of an error; "" for an error that is not from the server.
func codeOf(err error) string {
	var e *neo4j.Neo4jError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// wrap gives a database error its code.
func (s *Store) wrap(ctx context.Context, err error) error {
	var known *kg.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	code, message, server := kg.Internal, "the store failed", codeOf(err)
	switch {
	case over(ctx), errors.Is(err, context.DeadlineExceeded), strings.Contains(server, ".Transaction.TransactionTimedOut"), strings.Contains(server, ".Transaction.LockAcquisitionTimeout"):
		code, message = kg.Timeout, "the time for this operation is over"
	case server == "Neo.ClientError.Schema.ConstraintValidationFailed":
		code, message = kg.Conflict, "the change would break a rule of the database"
	case neo4j.IsRetryable(err), isUnreachable(err), strings.HasPrefix(server, "Neo.TransientError."),
		strings.HasPrefix(server, "Neo.ClientError.Security."), strings.HasPrefix(server, "Neo.ClientError.Database."),
		strings.HasPrefix(server, "Neo.DatabaseError.Transaction."), strings.HasPrefix(server, "Neo.ClientError.Transaction.Terminated"):
		code, message = kg.Unavailable, describe(err)
	}
	return &kg.Error{Code: code, Message: message, Err: err}
}

// over tells whether the caller's time has run out. A connection has the same deadline and can notice it first.
func over(ctx context.Context) bool {
	deadline, ok := ctx.Deadline()
	return ctx.Err() != nil || ok && time.Until(deadline) < 5*time.Millisecond
}

func isUnreachable(err error) bool {
	var c *neo4j.ConnectivityError
	var t *neo4j.TransactionExecutionLimit
	return errors.As(err, &c) || errors.As(err, &t)
}

// describe says in plain words what commonly goes wrong with the server.
func describe(err error) string {
	server := codeOf(err)
	switch {
	case strings.HasPrefix(server, "Neo.ClientError.Security."):
		return "Neo4j refuses the user or the password"
	case server == "Neo.ClientError.Database.DatabaseNotFound":
		return "Neo4j has no database of this name"
	case server != "":
		return "Neo4j is busy or not ready"
	default:
		return "Neo4j cannot be reached"
	}
}
