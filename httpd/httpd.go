// Package httpd is the way in over HTTP: routes, who may do what, how much, health and figures, and the pages. It is
// handed the GraphQL handler and knows nothing of GraphQL.
package httpd

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"dramatis/kg"

	"github.com/klauspost/compress/gzhttp"
	"github.com/rs/cors"
)

// Options of the server.
type Options struct {
	// GraphQL answers /graphql.
	GraphQL http.Handler
	// Tokens by which clients are known. Without any, who comes from this machine may do everything.
	Tokens *Tokens
	// PublicRead lets everybody read.
	PublicRead bool
	// Hosts are the names of this server beside localhost and addresses.
	Hosts []string
	// Origins are the sites whose pages may ask from a browser; none if empty.
	Origins []string
	// Rate is what a client may use up in a second, in cost of operations, and tokenFactor times as much with a token; 0 is
	// no limit. Who is not asked for a token on
	// this machine has none.
	Rate int
	// Ready tells whether the store answers.
	Ready func(context.Context) error
	// Metrics are shown at /metrics.
	Metrics *Metrics
	// Store is what files are read into and written from.
	Store kg.Store
	// Log gets a line about each file that could not be read or written.
	Log *slog.Logger
}

// readyTimeout is how long the store may take to say that it is ready.
const readyTimeout = 2 * time.Second

// NewServer makes the server, with time limits on whoever is slow to ask.
func NewServer(o Options) (*http.Server, error) {
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1 << 10))
	if err != nil {
		return nil, err
	}
	if o.Tokens == nil {
		o.Tokens = &Tokens{}
	}
	a := &access{tokens: o.Tokens, publicRead: o.PublicRead, rates: newRates(o.Rate)}
	mux := http.NewServeMux()
	mux.Handle("/graphql", a.handler(scope("read", compress(bodies(o.GraphQL)))))
	f := newFiles(o.Store, o.Log)
	mux.Handle("POST /import", a.handler(scope(kg.ImportScope, http.HandlerFunc(f.load))))
	mux.Handle("GET /export", a.handler(scope(kg.ReadScope, compress(http.HandlerFunc(f.write)))))
	handlePages(mux)
	mux.Handle("GET /metrics", a.handler(scope("admin", o.Metrics.handler())))
	mux.Handle("GET /livez", http.HandlerFunc(live))
	mux.Handle("GET /readyz", ready(o.Ready))
	mux.Handle("GET /queries", startPage(o.Store.String()))
	protected := http.NewCrossOriginProtection()
	var crossing http.Handler
	if len(o.Origins) > 0 {
		for _, origin := range o.Origins {
			if err := protected.AddTrustedOrigin(origin); err != nil {
				return nil, err
			}
		}
		crossing = cors.New(cors.Options{
			AllowedOrigins: o.Origins, AllowedMethods: []string{http.MethodGet, http.MethodPost},
			AllowedHeaders: []string{"Authorization", "Content-Type", "Accept"}, ExposedHeaders: []string{"Dramatis-Cost", "Retry-After", requestIDHeader},
			MaxAge: 600,
		}).Handler(protected.Handler(mux))
	} else {
		crossing = protected.Handler(mux)
	}
	return &http.Server{
		Handler:           secured(requestID(hosts(o.Hosts, crossing))),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
	}, nil
}

// secured sets the headers by which a browser keeps what it is given to this site.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self' 'sha256-"+styleHash+"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		next.ServeHTTP(w, r)
	})
}
