package main

import (
	"context"
	"net/http"
	"time"

	"dramatis/graph"
	"dramatis/kg"
	"dramatis/store"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// traces are spans of requests and of the calls of the store that they make, sent to a collector (OpenTelemetry, OTLP
// over HTTP). The zero traces make none.
type traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// newTraces sends traces to the collector at a URL; none for "".
func newTraces(ctx context.Context, url string) (*traces, error) {
	if url == "" {
		return &traces{}, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(url))
	if err != nil {
		return nil, err
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "dramatis"), attribute.String("service.version", version))))
	return &traces{provider, provider.Tracer("dramatis")}, nil
}

// handler begins a span for each request; a traceparent in its header makes it part of a longer trace.
func (t *traces) handler(next http.Handler) http.Handler {
	if t.provider == nil {
		return next
	}
	return otelhttp.NewHandler(next, "dramatis", otelhttp.WithTracerProvider(t.provider), otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method + " " + r.URL.Path }))
}

// operation tells the span of a request what was asked.
func (t *traces) operation(ctx context.Context, r graph.Report) {
	span := trace.SpanFromContext(ctx)
	span.SetAttributes(attribute.String("graphql.operation.name", r.Operation), attribute.String("graphql.operation.type", r.Kind),
		attribute.String("graphql.document", r.Document), attribute.Int("dramatis.cost", r.Cost), attribute.StringSlice("dramatis.codes", r.Codes))
}

// call makes a span of a call of the store that has ended.
func (t *traces) call(ctx context.Context, c store.Call) {
	if t.provider == nil {
		return
	}
	end := time.Now()
	_, span := t.tracer.Start(ctx, "store."+c.Name, trace.WithTimestamp(end.Add(-c.Took)), trace.WithSpanKind(trace.SpanKindClient))
	if c.Err != nil {
		span.SetStatus(codes.Error, string(kg.CodeOf(c.Err)))
	}
	span.End(trace.WithTimestamp(end))
}

// close sends what is left.
func (t *traces) close(ctx context.Context) error {
	if t.provider == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}
