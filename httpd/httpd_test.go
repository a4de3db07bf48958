package httpd

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"dramatis/kg"
)

// TestWhoMayWrite: without a token, who comes from this machine and by its name.
func TestWhoMayWrite(t *testing.T) {
	for _, c := range []struct {
		from, host, header string
		may                bool
	}{
		{"127.0.0.1:4000", "localhost:8080", "", true},
		{"127.0.0.1:4000", "LOCALHOST.:8080", "", true},
		{"[::1]:4000", "[::1]:8080", "", true},
		{"[::1]:4000", "127.0.0.1", "", true},
		{"192.0.2.1:4000", "localhost:8080", "", false},
		{"127.0.0.1:4000", "evil.example:8080", "", false},
		{"127.0.0.1:4000", "localhost.evil.example", "", false},
		{"127.0.0.1:4000", "", "", false},
		{"127.0.0.1:4000", "localhost:8080", "X-Forwarded-For", false},
		{"127.0.0.1:4000", "localhost:8080", "Forwarded", false},
		{"127.0.0.1:4000", "localhost:8080", "Via", false},
		{"127.0.0.1:4000", "localhost:8080", "X-Real-IP", false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		r.RemoteAddr, r.Host = c.from, c.host
		if c.header != "" {
			r.Header.Set(c.header, "192.0.2.1")
		}
		var may bool
		actor("", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { may = kg.ActorOf(r.Context()).MayWrite })).ServeHTTP(httptest.NewRecorder(), r)
		if may != c.may {
			t.Errorf("%+v: may write: %t", c, may)
		}
	}
}
