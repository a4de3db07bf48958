package httpd

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"sync"

	"dramatis/kg"
)

// requestIDHeader names a request: as the client or a proxy names it, or else as we do.
const requestIDHeader = "X-Request-Id"

// goodID is what a name of a request may look like: it is written to the log.
var goodID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestID gives every request a name, and says it in the answer.
func requestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !goodID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set(requestIDHeader, id)
		next.ServeHTTP(w, r.WithContext(kg.WithActor(r.Context(), kg.Actor{RequestID: id})))
	})
}

// scope lets those in who have a scope.
func scope(s kg.Scope, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !kg.ActorOf(r.Context()).May(s) {
			refuse(w, http.StatusForbidden, kg.Forbidden, "this needs the scope "+string(s))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Bodies of requests that are read at one time may have so many bytes together. Small ones are not counted: as many as
// there can be connections take less.
const (
	bodyBudget = 64 << 20
	smallBody  = 16 << 10
	largeBody  = 1 << 20
)

// bodies refuses a large request while too many others are being read: each may take its time to arrive.
func bodies(next http.Handler) http.Handler {
	var mu sync.Mutex
	left := bodyBudget
	take := func(n int) bool {
		mu.Lock()
		defer mu.Unlock()
		if left < n {
			return false
		}
		left -= n
		return true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength >= 0 && r.ContentLength <= smallBody {
			next.ServeHTTP(w, r)
			return
		}
		if !take(largeBody) {
			w.Header().Set("Retry-After", "5")
			refuse(w, http.StatusServiceUnavailable, kg.Unavailable, "too many large requests are being read: ask again in a moment")
			return
		}
		defer take(-largeBody)
		next.ServeHTTP(w, r)
	})
}
