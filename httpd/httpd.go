// Package httpd is the way in over HTTP: routes, who may write, and the start page. It is handed the GraphQL handler
// and knows nothing of GraphQL.
package httpd

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
	"time"

	"dramatis/kg"
)

// Options of the server.
type Options struct {
	// GraphQL answers /graphql.
	GraphQL http.Handler
	// Token, if not empty, is what a writer must bring: "Authorization: Bearer TOKEN". Without it, who comes from this
	// machine may write.
	Token string
	// Store is what the start page says that it shows.
	Store string
}

// NewServer makes the server, with time limits on whoever is slow to ask.
func NewServer(o Options) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("/graphql", actor(o.Token, o.GraphQL))
	mux.Handle("GET /{$}", startPage(o.Store))
	return &http.Server{
		Handler:           secured(http.NewCrossOriginProtection().Handler(mux)),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
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

// actor finds out who asks.
func actor(token string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := kg.Actor{MayWrite: fromThisMachine(r)}
		if token != "" {
			given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			a.MayWrite = ok && sameSecret(given, token)
		}
		next.ServeHTTP(w, r.WithContext(kg.WithActor(r.Context(), a)))
	})
}

// sameSecret takes as long for a wrong secret as for the right one.
func sameSecret(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// fromThisMachine tells whether a request comes over loopback and asks for it by a loopback name: a name that somebody
// else's DNS points here does not count, and a proxy on this machine, which forwards others' requests, neither.
func fromThisMachine(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	return isLoopback(r.RemoteAddr) && isLoopback(r.Host)
}

func isLoopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") || ip != nil && ip.IsLoopback()
}
