package httpd

import (
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"dramatis/kg"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// access decides who may do what.
type access struct {
	tokens     *Tokens
	publicRead bool
	rates      *rates
}

// handler finds out who asks, refuses whom it does not know, and lets nobody ask too often.
func (a *access) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		actor, problem := a.actor(r)
		actor.RequestID = kg.ActorOf(r.Context()).RequestID
		if problem != "" {
			w.Header().Set("WWW-Authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized, kg.Unauthenticated, problem)
			return
		}
		if actor.Charge != nil {
			if wait := actor.Charge(costOf(r)); wait > 0 {
				w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
				refuse(w, http.StatusTooManyRequests, kg.RateLimited, "too much was asked for: wait a little")
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(kg.WithActor(r.Context(), actor)))
	})
}

// costOf is what a request costs, whatever becomes of it: to be read, and to be answered at all.
func costOf(r *http.Request) int {
	bytes := r.ContentLength
	if bytes < 0 { // it does not say
		bytes = largeBody
	}
	return costOfRequest + int(min(bytes, largeBody)>>10)
}

const costOfRequest = 10

// actor is who asks; or what is wrong with how he shows that.
func (a *access) actor(r *http.Request) (actor kg.Actor, problem string) {
	if given := r.Header.Get("Authorization"); given != "" {
		secret, ok := strings.CutPrefix(given, "Bearer ")
		if !ok {
			return actor, "Authorization must be: Bearer TOKEN"
		}
		t := a.tokens.find(secret)
		if t == nil {
			return actor, "the token is not known here"
		}
		return kg.Actor{Name: t.name, Scopes: t.scopes, Charge: a.rates.of("token "+t.name, tokenFactor)}, ""
	}
	if !a.tokens.Any() && fromThisMachine(r) {
		return kg.Actor{Name: "this machine", Scopes: kg.Scopes}, ""
	}
	if !a.publicRead {
		return actor, "a token is needed: Authorization: Bearer TOKEN"
	}
	from := clientOf(r.RemoteAddr)
	return kg.Actor{Name: from, Scopes: []kg.Scope{kg.ReadScope}, Charge: a.rates.of(from, 1)}, ""
}

// clientOf is what an address is known by: of IPv6, where one client has many, its network.
func clientOf(address string) string {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return address
	}
	ip := at.Addr().Unmap()
	if ip.Is6() {
		return netip.PrefixFrom(ip, 64).Masked().String()
	}
	return ip.String()
}

// rates limit what each client may use.
type rates struct {
	mu      sync.Mutex
	clients *simplelru.LRU[string, *rate.Limiter]
	per     int // cost a second; 0 is no limit
}

// maxClients is how many clients are remembered: who is forgotten begins anew.
const maxClients = 10_000

// tokenFactor is how many times as much who brings a token may use as who does not.
const tokenFactor = 10

// burst is for how many seconds a client may save.
const burst = 5

func newRates(perSecond int) *rates {
	clients, _ := simplelru.NewLRU[string, *rate.Limiter](maxClients, nil) // fails for 0 only
	return &rates{clients: clients, per: perSecond}
}

// of gives what charges a client, who may use a number of times what is granted.
func (r *rates) of(client string, factor int) func(int) time.Duration {
	if r.per == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	limiter, known := r.clients.Get(client)
	if !known {
		limiter = rate.NewLimiter(rate.Limit(r.per*factor), burst*r.per*factor)
		r.clients.Add(client, limiter)
	}
	return func(cost int) time.Duration {
		now := time.Now()
		reservation := limiter.ReserveN(now, min(cost, limiter.Burst()))
		if wait := reservation.DelayFrom(now); wait > 0 {
			reservation.CancelAt(now)
			return wait
		}
		return 0
	}
}

// hosts lets only those requests in that ask for this server by a name of its own: a name that somebody else's DNS points
// here is not one (DNS rebinding). An address is none that DNS could give away.
func hosts(names []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostOf(r.Host)
		if net.ParseIP(host) == nil && !strings.EqualFold(host, "localhost") &&
			!slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(host, n) }) {
			refuse(w, http.StatusMisdirectedRequest, kg.Forbidden, "this server does not go by that name; --host adds one")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostOf(hostport string) string {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	return strings.TrimSuffix(host, ".")
}

// fromThisMachine tells whether a request comes over loopback and asks for it by a loopback name: a name that somebody
// else's DNS points here does not count, and a proxy on this machine, which forwards others' requests, neither.
func fromThisMachine(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	return IsLoopback(r.RemoteAddr) && IsLoopback(r.Host)
}

// IsLoopback tells whether an address, with a port or without, can only be reached from this machine.
func IsLoopback(hostport string) bool {
	host := hostOf(hostport)
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// refuse answers a request that goes no further, in the form of a GraphQL answer.
func refuse(w http.ResponseWriter, status int, code kg.Code, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{ // who asked may have gone
		map[string]any{"message": message, "extensions": map[string]any{"code": code}},
	}})
}
