package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxDiscarded is how much of a request that is too large is still taken from the line.
const maxDiscarded = 16 << 20

// transport answers POST with a JSON body, and GET for queries, each within a time limit. An answer to a request that
// was never executed has no data.
type transport struct{ timeout time.Duration }

var _ graphql.Transport = transport{}

func (transport) Supports(*http.Request) bool { return true }

func (t transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := r.Context()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	params, status, err := readParams(w, r)
	if err != nil {
		refuse(ctx, w, exec, status, gqlerror.List{gqlerror.Wrap(err)})
		return
	}
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		refuse(graphql.WithOperationContext(ctx, op), w, exec, http.StatusBadRequest, errs)
		return
	}
	if r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
		w.Header().Set("Allow", http.MethodPost)
		refuse(ctx, w, exec, http.StatusMethodNotAllowed, gqlerror.List{gqlerror.Wrap(kg.Errorf(kg.BadUserInput, "GET is for queries only"))})
		return
	}
	timeout := t.timeout
	if op.Operation.Operation == ast.Mutation {
		timeout = max(timeout, WriteTimeout)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	responses, ctx := exec.DispatchOperation(ctx, op)
	response := responses(ctx)
	if response == nil { // the time was over before anything was read
		response = exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(kg.Errorf(kg.Timeout, "the time for this operation is over"))})
	}
	sortErrors(response.Errors)
	answer := json.NewEncoder(w)
	if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
		answer.SetIndent("", "  ") // a person reads it in a browser
	}
	_ = answer.Encode(response) // who asked may have gone
}

// readParams reads what is asked for, and gives an HTTP status if it cannot be read.
func readParams(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, int, error) {
	start := graphql.Now()
	params := &graphql.RawParams{Headers: r.Header}
	defer func() { params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()} }()
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.Header().Set("Allow", "GET, POST")
		return nil, http.StatusMethodNotAllowed, kg.Errorf(kg.BadUserInput, "only GET and POST are answered here")
	}
	if r.Method == http.MethodGet {
		q := r.URL.Query()
		params.Query, params.OperationName = q.Get("query"), q.Get("operationName")
		if v := q.Get("variables"); v != "" {
			if err := decode([]byte(v), &params.Variables); err != nil {
				return nil, http.StatusBadRequest, kg.Errorf(kg.BadUserInput, "variables is not a JSON object")
			}
		}
		return params, 0, nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, http.StatusUnsupportedMediaType, kg.Errorf(kg.BadUserInput, "Content-Type must be application/json")
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	switch {
	case len(body) > MaxBody:
		// most clients look for an answer only when they have sent all they have
		_, _ = io.CopyN(io.Discard, r.Body, maxDiscarded)
		return nil, http.StatusRequestEntityTooLarge, kg.Errorf(kg.BadUserInput, "the request is larger than %d bytes", MaxBody)
	case err != nil:
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadUserInput, "the request could not be read to its end")
	}
	if err := decode(body, params); err != nil {
		return nil, http.StatusBadRequest, kg.Errorf(kg.BadUserInput, "the request is not a JSON object with query, variables and operationName")
	}
	return params, 0, nil
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

// sortErrors puts errors into an order of their own: fields run beside each other and fail in any.
func sortErrors(errs gqlerror.List) {
	slices.SortStableFunc(errs, func(a, b *gqlerror.Error) int {
		return cmp.Or(strings.Compare(a.Path.String(), b.Path.String()), strings.Compare(a.Message, b.Message))
	})
}

// refuse answers a request that was not executed.
func refuse(ctx context.Context, w http.ResponseWriter, exec graphql.GraphExecutor, status int, errs gqlerror.List) {
	resp := exec.DispatchError(ctx, errs)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct {
		Errors gqlerror.List `json:"errors"`
	}{resp.Errors}) // who asked may have gone
}
