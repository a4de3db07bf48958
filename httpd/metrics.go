package httpd

import (
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are figures of what the server does, in the form of Prometheus.
type Metrics struct {
	registry   *prometheus.Registry
	operations *prometheus.HistogramVec
	costs      prometheus.Histogram
	errors     *prometheus.CounterVec
	calls      *prometheus.HistogramVec
	failed     *prometheus.CounterVec
	trips      prometheus.Counter

	mu    sync.Mutex
	names map[string]bool
}

// maxNames is how many names of operations are told apart: clients give them.
const maxNames = 200

// NewMetrics makes figures that stand at nothing.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		operations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dramatis_operation_seconds", Help: "How long requests to /graphql took, by the operation's kind and name, and whether it was without errors.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"kind", "operation", "result"}),
		costs: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "dramatis_operation_cost", Help: "What operations could have cost at most.", Buckets: prometheus.ExponentialBuckets(1, 4, 10),
		}),
		errors: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dramatis_errors_total", Help: "Requests to /graphql by the codes of their errors."}, []string{"code"}),
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dramatis_store_seconds", Help: "How long calls of the store took.", Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5},
		}, []string{"call"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "dramatis_store_errors_total", Help: "Calls of the store that failed, by code."}, []string{"call", "code"}),
		trips:  prometheus.NewCounter(prometheus.CounterOpts{Name: "dramatis_round_trips_total", Help: "Statements sent to the database."}),
		names:  map[string]bool{},
	}
	m.registry.MustRegister(m.operations, m.costs, m.errors, m.calls, m.failed, m.trips,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Operation counts a request to /graphql.
func (m *Metrics) Operation(kind, name string, cost int, codes []string, took time.Duration) {
	result := "ok"
	if len(codes) > 0 {
		result = "error"
	}
	m.operations.WithLabelValues(kind, m.name(name), result).Observe(took.Seconds())
	m.costs.Observe(float64(cost))
	for _, code := range codes {
		m.errors.WithLabelValues(code).Inc()
	}
}

// name is that of an operation, or what all are called that have come since there are too many.
func (m *Metrics) name(name string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.names[name] {
		if len(m.names) == maxNames {
			return "(other)"
		}
		m.names[name] = true
	}
	return name
}

// StoreCall counts a call of the store; code is empty for one that did not fail.
func (m *Metrics) StoreCall(call, code string, took time.Duration) {
	m.calls.WithLabelValues(call).Observe(took.Seconds())
	if code != "" {
		m.failed.WithLabelValues(call, code).Inc()
	}
}

// RoundTrip counts a statement that is sent to the database.
func (m *Metrics) RoundTrip() { m.trips.Inc() }

// Gauge shows a number that is asked for when the figures are.
func (m *Metrics) Gauge(name, help string, ask func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(ask()) }))
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 5 * time.Second})
}
