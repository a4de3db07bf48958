package httpd

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dramatis/kg"
)

// TestThisMachine: without tokens, who comes from this machine and by its name may do everything.
func TestThisMachine(t *testing.T) {
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
		a := &access{tokens: &Tokens{}, rates: newRates(0)}
		actor, problem := a.actor(r)
		if actor.May(kg.WriteScope) != c.may || c.may != (problem == "") {
			t.Errorf("%+v: %v %q", c, actor, problem)
		}
	}
}

// server makes one whose GraphQL says who asks.
func server(t *testing.T, o Options) http.Handler {
	t.Helper()
	o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := kg.ActorOf(r.Context())
		_, _ = io.WriteString(w, a.Name+" "+a.RequestID)
		for _, s := range kg.Scopes {
			if a.May(s) {
				_, _ = io.WriteString(w, " "+string(s))
			}
		}
	})
	if o.Ready == nil {
		o.Ready = func(context.Context) error { return nil }
	}
	o.Metrics, o.Store = NewMetrics(), named{}
	s, err := NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler
}

// named is a store that has a name and no more.
type named struct{ kg.Store }

func (named) String() string { return "SQLite" }

func do(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func tokens(t *testing.T, name string, scopes ...kg.Scope) (*Tokens, string) {
	t.Helper()
	secret, line := NewToken(name, scopes)
	list, err := ReadTokens(strings.NewReader("# those who may\n\n" + line + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(line, secret) {
		t.Error("the secret stands in the file")
	}
	return list, secret
}

// TestTokens: a token has its scopes; without one, or with another, nobody gets in, not even from this machine.
func TestTokens(t *testing.T) {
	list, secret := tokens(t, "desk", kg.ReadScope, kg.WriteScope)
	for _, c := range []struct {
		authorization string
		public        bool
		status        int
		want          string
	}{
		{"Bearer " + secret, false, 200, "desk r1 read write"},
		{"Bearer " + secret, true, 200, "desk r1 read write"},
		{"", false, 401, "UNAUTHENTICATED"},
		{"", true, 200, "192.0.2.1 r1 read"},
		{"Bearer " + secret + "x", true, 401, "UNAUTHENTICATED"},
		{"Basic eDp5", true, 401, "UNAUTHENTICATED"},
		{"Bearer", false, 401, "UNAUTHENTICATED"},
	} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", nil)
		r.Header.Set("X-Request-Id", "r1")
		if c.authorization != "" {
			r.Header.Set("Authorization", c.authorization)
		}
		w := do(server(t, Options{Tokens: list, PublicRead: c.public}), r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) || w.Code == 401 && w.Header().Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%q, public %t: %d %s", c.authorization, c.public, w.Code, w.Body)
		}
	}
}

func TestReadTokensRefuses(t *testing.T) {
	for _, line := range []string{"sha256:00 read a", "x", "sha256:" + strings.Repeat("g", 64) + " read a", strings.Repeat("0", 64) + " read a",
		"sha256:" + strings.Repeat("0", 64) + " fly a", "sha256:" + strings.Repeat("0", 64) + " read", "sha256:" + strings.Repeat("0", 64) + " read a b"} {
		if _, err := ReadTokens(strings.NewReader("\n" + line)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// TestScopes: figures are for who has admin.
func TestScopes(t *testing.T) {
	reader, secret := tokens(t, "reader", kg.ReadScope)
	admin, master := tokens(t, "admin", kg.AdminScope)
	reader.list = append(reader.list, admin.list...)
	h := server(t, Options{Tokens: reader})
	for token, status := range map[string]int{secret: 403, master: 200} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/metrics", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		if w := do(h, r); w.Code != status || status == 200 && !strings.Contains(w.Body.String(), "dramatis_round_trips_total 0") {
			t.Errorf("%d, want %d: %.200s", w.Code, status, w.Body)
		}
	}
}

// TestRate: who uses more than is granted waits; another does not.
func TestRate(t *testing.T) {
	h := server(t, Options{PublicRead: true, Rate: 20})
	statuses := map[string]int{}
	for range burst*20/costOfRequest + 5 {
		r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", nil)
		r.RemoteAddr = "203.0.113.7:1"
		w := do(h, r)
		statuses[http.StatusText(w.Code)]++
		if w.Code == http.StatusTooManyRequests && (w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "RATE_LIMITED")) {
			t.Errorf("%v %s", w.Header(), w.Body)
		}
	}
	if statuses["OK"] < burst*20/costOfRequest || statuses["Too Many Requests"] < 3 {
		t.Errorf("%v", statuses)
	}
	r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", nil)
	r.RemoteAddr = "203.0.113.8:1"
	if w := do(h, r); w.Code != 200 {
		t.Errorf("another client: %d", w.Code)
	}
}

func TestClientOf(t *testing.T) {
	for address, want := range map[string]string{"203.0.113.7:1": "203.0.113.7", "[::ffff:203.0.113.7]:1": "203.0.113.7", "[2001:db8:1:2:3:4:5:6]:1": "2001:db8:1:2::/64", "odd": "odd"} {
		if got := clientOf(address); got != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
}

// TestHosts: a foreign name is refused, whatever is asked.
func TestHosts(t *testing.T) {
	h := server(t, Options{PublicRead: true, Hosts: []string{"graph.example"}})
	for host, status := range map[string]int{"localhost:8080": 200, "127.0.0.1": 200, "[::1]:80": 200, "192.0.2.3:80": 200, "graph.example": 200, "GRAPH.example.:443": 200,
		"evil.example": 421, "": 421, "localhost.evil.example": 421} {
		for _, path := range []string{"/graphql", "/", "/livez"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = host
			if w := do(h, r); w.Code != status {
				t.Errorf("%s%s: %d, want %d", host, path, w.Code, status)
			}
		}
	}
}

// TestOrigins: a page of another site is let in only if it was named.
func TestOrigins(t *testing.T) {
	for _, c := range []struct {
		origin  string
		trusted []string
		status  int
		allowed string
	}{
		{"https://page.example", nil, 403, ""},
		{"https://page.example", []string{"https://page.example"}, 200, "https://page.example"},
		{"https://other.example", []string{"https://page.example"}, 403, ""},
	} {
		h := server(t, Options{PublicRead: true, Origins: c.trusted})
		r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", nil)
		r.Header.Set("Origin", c.origin)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if w := do(h, r); w.Code != c.status || w.Header().Get("Access-Control-Allow-Origin") != c.allowed {
			t.Errorf("%+v: %d %v", c, w.Code, w.Header())
		}
	}
}

// TestRequestID: a name that could write to the log is not taken over.
func TestRequestID(t *testing.T) {
	h := server(t, Options{PublicRead: true})
	for given, kept := range map[string]bool{"abc-1.2_3": true, "": false, "a b": false, "a\nb": false, strings.Repeat("a", 65): false} {
		r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", nil)
		r.Header["X-Request-Id"] = []string{given}
		w := do(h, r)
		got := w.Header().Get("X-Request-Id")
		if (got == given) != kept || got == "" || !strings.Contains(w.Body.String(), got) {
			t.Errorf("%q became %q in %s", given, got, w.Body)
		}
	}
}

func TestHealth(t *testing.T) {
	for _, err := range []error{nil, errors.New("the password is secret")} {
		h := server(t, Options{Ready: func(context.Context) error { return err }})
		if w := do(h, httptest.NewRequest(http.MethodGet, "http://localhost/livez", nil)); w.Code != 200 {
			t.Errorf("live: %d", w.Code)
		}
		w := do(h, httptest.NewRequest(http.MethodGet, "http://localhost/readyz", nil))
		if (w.Code == 200) != (err == nil) || w.Code != 200 && w.Code != 503 || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%v: ready: %d %s", err, w.Code, w.Body)
		}
	}
	began := time.Now()
	h := server(t, Options{Ready: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }})
	if w := do(h, httptest.NewRequest(http.MethodGet, "http://localhost/readyz", nil)); w.Code != 503 || time.Since(began) > 2*readyTimeout {
		t.Errorf("a store that does not answer: %d after %s", w.Code, time.Since(began))
	}
}

// TestBodies: large requests that arrive slowly keep other large ones out, not small ones.
func TestBodies(t *testing.T) {
	release := make(chan struct{})
	inside := make(chan struct{})
	h := bodies(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 1 {
			inside <- struct{}{}
			<-release
		}
	}))
	request := func(n int64) *http.Request {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		r.ContentLength = n
		return r
	}
	done := make(chan struct{})
	const most = bodyBudget / largeBody
	for i := range most {
		go func() {
			do(h, request([]int64{-1, largeBody}[i%2]))
			done <- struct{}{}
		}()
	}
	for range most {
		<-inside
	}
	if w := do(h, request(largeBody)); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("one more: %d", w.Code)
	}
	if w := do(h, request(1)); w.Code != http.StatusOK {
		t.Errorf("a small one: %d", w.Code)
	}
	close(release)
	for range most {
		<-done
	}
	go do(h, request(largeBody))
	<-inside
}

// TestNames: clients cannot make figures without end.
func TestNames(t *testing.T) {
	m := NewMetrics()
	for i := range 2 * maxNames {
		m.Operation("query", strings.Repeat("x", i), 1, []string{"TIMEOUT"}, time.Second)
	}
	w := do(m.handler(), httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if n := strings.Count(w.Body.String(), "dramatis_operation_seconds_count"); n != maxNames+1 {
		t.Errorf("%d names", n)
	}
	if !strings.Contains(w.Body.String(), `dramatis_errors_total{code="TIMEOUT"} 400`) {
		t.Errorf("%.2000s", w.Body)
	}
}
