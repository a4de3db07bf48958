package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxDiscarded is how much of a request that is too large is still taken from the line.
const maxDiscarded = 16 << 20

// transport is GraphQL over HTTP (graphql.github.io/graphql-over-http): it answers POST with a JSON body, and GET for
// queries, each within a time limit. An answer to a request that was never executed has no data.
type transport struct {
	Options
	gate *gate
}

// Report is what became of a request.
type Report struct {
	// Operation is its name, letters, digits and '_', at most 100 of them; Kind query or mutation, Document the id of its
	// document; empty where it was not understood.
	Operation, Kind, Document string
	// Cost is what it could have cost at most.
	Cost int
	// Codes are those of its errors, none twice.
	Codes  []string
	Status int
	Took   time.Duration
	Actor  kg.Actor
}

var _ graphql.Transport = transport{}

func (transport) Supports(*http.Request) bool { return true }

// The media types of answers. By the first, which a client must ask for, the status says whether the request was
// executed; by the second, which all know, that it was understood.
const (
	responseJSON = "application/graphql-response+json"
	plainJSON    = "application/json"
)

func (t transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	began := time.Now()
	kind := answerType(r.Header.Values("Accept"))
	w.Header().Set("Content-Type", cmp.Or(kind, plainJSON)+"; charset=utf-8")
	w.Header().Add("Vary", "Accept")
	x := &exchange{transport: t, w: w, r: r, exec: exec, report: Report{Status: http.StatusOK, Actor: kg.ActorOf(r.Context())}}
	defer func() {
		x.report.Took = time.Since(began)
		t.Report(r.Context(), x.report)
	}()
	if kind == "" {
		x.refuse(r.Context(), http.StatusNotAcceptable, gqlerror.Wrap(kg.Errorf(kg.BadUserInput, "answers are %s or %s", responseJSON, plainJSON)))
		return
	}
	// of what was understood and not executed
	refused := http.StatusOK
	if kind == responseJSON {
		refused = http.StatusBadRequest
	}
	x.serve(refused)
}

// exchange is one request and its answer.
type exchange struct {
	transport
	w      http.ResponseWriter
	r      *http.Request
	exec   graphql.GraphExecutor
	report Report
}

// serve reads the request, and answers it; refused is the status of what was understood and not executed.
func (x *exchange) serve(refused int) {
	ctx := x.r.Context()
	asked, status, err := x.read(x.w, x.r)
	if err != nil {
		x.refuse(ctx, status, gqlerror.Wrap(err))
		return
	}
	text, remember, err := x.Documents.find(ctx, asked)
	if err != nil {
		x.refuse(ctx, cmp.Or(statusOf(err), refused), gqlerror.Wrap(err))
		return
	}
	op, errs := x.exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query: text, OperationName: asked.OperationName, Variables: asked.Variables, Extensions: asked.Extensions, Headers: x.r.Header,
		ReadTime: graphql.TraceTiming{Start: graphql.GetStartTime(ctx), End: graphql.Now()},
	})
	x.report.Document = DocumentID(text)
	if op.Operation != nil {
		x.report.Kind, x.report.Operation = string(op.Operation.Operation), op.Operation.Name[:min(len(op.Operation.Name), maxName)]
	}
	if cost, ok := op.Stats.GetExtension(costExtension).(int); ok {
		x.report.Cost = cost
		x.w.Header().Set("Dramatis-Cost", fmt.Sprintf("requested=%d, max=%d", cost, x.Limits.Cost))
	}
	ctx = graphql.WithOperationContext(ctx, op)
	if errs != nil {
		if after, ok := errs[0].Extensions["retryAfterMs"].(int64); ok {
			x.w.Header().Set("Retry-After", strconv.FormatInt((after+999)/1000, 10))
			refused = http.StatusTooManyRequests
		}
		x.refuse(ctx, refused, errs...)
		return
	}
	if remember {
		x.Documents.sent.Add(ctx, DocumentID(text), text)
	}
	if x.r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
		x.w.Header().Set("Allow", http.MethodPost)
		x.refuse(ctx, http.StatusMethodNotAllowed, gqlerror.Wrap(kg.Errorf(kg.BadUserInput, "GET is for queries only")))
		return
	}
	leave, err := x.gate.enter(ctx)
	if err != nil {
		x.w.Header().Set("Retry-After", "1")
		x.refuse(ctx, http.StatusServiceUnavailable, gqlerror.Wrap(err))
		return
	}
	defer leave()
	x.answer(x.r.Context(), op)
}

// refuse answers a request that was not executed.
func (x *exchange) refuse(ctx context.Context, status int, errs ...*gqlerror.Error) {
	resp := x.exec.DispatchError(ctx, errs)
	x.report.Status, x.report.Codes = status, codesOf(resp.Errors)
	x.w.WriteHeader(status)
	_ = json.NewEncoder(x.w).Encode(struct {
		Errors gqlerror.List `json:"errors"`
	}{shown(resp.Errors)}) // who asked may have gone
}

// codesOf are the codes of errors, none twice.
func codesOf(errs gqlerror.List) []string {
	var codes []string
	for _, e := range errs {
		if code, ok := e.Extensions["code"].(string); ok && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// answer executes an operation.
func (x *exchange) answer(ctx context.Context, op *graphql.OperationContext) {
	timeout := x.Timeout
	if op.Operation.Operation == ast.Mutation {
		timeout = max(timeout, WriteTimeout)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	responses, ctx := x.exec.DispatchOperation(ctx, op)
	response := responses(ctx)
	if response == nil { // the time was over before anything was read
		response = x.exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(kg.Errorf(kg.Timeout, "the time for this operation is over"))})
	}
	if n := len(response.Data); n > x.Limits.Answer {
		response = &graphql.Response{Data: json.RawMessage("null"), Errors: gqlerror.List{exceeds("bytes of answer", n, x.Limits.Answer)}}
	}
	x.report.Codes = codesOf(response.Errors)
	response.Errors = shown(response.Errors)
	answer := json.NewEncoder(x.w)
	if x.r.Method == http.MethodGet && strings.Contains(x.r.Header.Get("Accept"), "text/html") {
		answer.SetIndent("", "  ") // a person reads it in a browser
	}
	_ = answer.Encode(response) // who asked may have gone
}

// shown are the errors that a client is told of: in an order of their own, for fields run beside each other and fail in
// any, and not more than a person reads.
func shown(errs gqlerror.List) gqlerror.List {
	slices.SortStableFunc(errs, func(a, b *gqlerror.Error) int {
		return cmp.Or(strings.Compare(a.Path.String(), b.Path.String()), strings.Compare(a.Message, b.Message))
	})
	return errs[:min(len(errs), maxErrors)]
}

// maxName is how much of an operation's name is told of.
const maxName = 100

// maxErrors is how many errors an answer has at most.
const maxErrors = 20

// statusOf is the status that the code of an error asks for, whatever the media type; 0 if that decides.
func statusOf(err error) int {
	switch kg.CodeOf(err) {
	case kg.Forbidden:
		return http.StatusForbidden
	case kg.BadUserInput:
		return http.StatusBadRequest
	}
	return 0
}

// answerType chooses the media type of the answer from Accept headers: "" if there is none.
func answerType(accept []string) string {
	if len(accept) == 0 {
		return plainJSON
	}
	best, most := "", 0.0
	for _, entry := range strings.Split(strings.Join(accept, ","), ",") {
		kind, params, err := mime.ParseMediaType(entry)
		if err != nil {
			continue
		}
		q := 1.0
		if text, given := params["q"]; given {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		switch kind {
		case responseJSON, plainJSON:
		case "*/*", "application/*":
			kind = plainJSON
		default:
			continue
		}
		if q > most || q == most && q > 0 && kind == responseJSON {
			best, most = kind, q
		}
	}
	return best
}

// read reads what is asked for, and gives an HTTP status if it cannot be read.
func (t transport) read(w http.ResponseWriter, r *http.Request) (*request, int, error) {
	asked := &request{}
	switch r.Method {
	case http.MethodGet:
		q := r.URL.Query()
		asked.Query, asked.OperationName, asked.DocumentID = q.Get("query"), q.Get("operationName"), q.Get("documentId")
		for name, into := range map[string]*map[string]any{"variables": &asked.Variables, "extensions": &asked.Extensions} {
			if v := q.Get(name); v != "" {
				if err := decode([]byte(v), into); err != nil {
					return nil, http.StatusBadRequest, kg.Errorf(kg.BadUserInput, "%s is not a JSON object", name)
				}
			}
		}
		return asked, 0, nil
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, POST")
		return nil, http.StatusMethodNotAllowed, kg.Errorf(kg.BadUserInput, "only GET and POST are answered here")
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || kind != plainJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, http.StatusUnsupportedMediaType, kg.Errorf(kg.BadUserInput, "Content-Type must be application/json, in UTF-8")
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(t.Limits.Body)+1))
	switch {
	case len(body) > t.Limits.Body:
		// most clients look for an answer only when they have sent all they have
		_, _ = io.CopyN(io.Discard, r.Body, maxDiscarded)
		return nil, http.StatusRequestEntityTooLarge, kg.Errorf(kg.BadUserInput, "the request is larger than %d bytes", t.Limits.Body)
	case err != nil:
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadUserInput, "the request could not be read to its end")
	}
	if err := decode(body, asked); err != nil {
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadUserInput, "the request is not a JSON object with query, variables and operationName")
	}
	return asked, 0, nil
}

// decode reads one JSON value and keeps numbers as they are written.
func decode(body []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands behind the value")
	}
	return nil
}
