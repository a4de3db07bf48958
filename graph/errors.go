package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"unicode/utf8"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxMessage is the most bytes of a message that a client is shown.
const maxMessage = 300

// presenter gives an error the form in which a client sees it: a message, a code, where in the answer, and the ids of
// the records at fault. What has no code is INTERNAL: it is logged, and the client learns nothing of it.
func (r *Resolver) presenter(ctx context.Context, err error) *gqlerror.Error {
	out := graphql.DefaultErrorPresenter(ctx, err)
	var known *kg.Error
	switch {
	case errors.As(err, &known):
		out.Message = known.Message
		out.Extensions = map[string]any{"code": string(known.Code)}
		if len(known.IDs) > 0 {
			out.Extensions["ids"] = known.IDs
		}
		if known.Err != nil && ctx.Err() == nil { // who has gone, or has had his time, is no failure of ours
			r.Log.LogAttrs(ctx, slog.LevelWarn, "operation failed", slog.String("request", kg.ActorOf(ctx).RequestID), slog.String("code", string(known.Code)), slog.Any("error", known.Err))
		}
	case out.Extensions["code"] != nil:
		// gqlgen's own: what cannot be parsed or validated
	case isOurs(err):
		out.Extensions = map[string]any{"code": string(kg.BadUserInput)}
	default:
		r.Log.LogAttrs(ctx, slog.LevelError, "operation failed", slog.String("request", kg.ActorOf(ctx).RequestID), slog.Any("error", err))
		out.Message = "something went wrong here; it was logged"
		out.Extensions = map[string]any{"code": string(kg.Internal)}
	}
	if id := kg.ActorOf(ctx).RequestID; id != "" && out.Extensions["code"] == string(kg.Internal) {
		out.Extensions["requestId"] = id
	}
	out.Message = clip(out.Message)
	out.Err = nil
	return out
}

// isOurs tells whether an error was made by gqlgen about the client's input, with nothing wrapped in it.
func isOurs(err error) bool {
	var e *gqlerror.Error
	return errors.As(err, &e) && e.Err == nil
}

func clip(s string) string {
	if len(s) <= maxMessage {
		return s
	}
	cut := maxMessage
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// recovered makes an error of a panic: the program goes on.
func (r *Resolver) recovered(ctx context.Context, panicked any) error {
	r.Log.LogAttrs(ctx, slog.LevelError, "panic", slog.String("request", kg.ActorOf(ctx).RequestID), slog.Any("panic", panicked), slog.String("stack", string(debug.Stack())))
	return &kg.Error{Code: kg.Internal, Message: "something went wrong here; it was logged", Err: fmt.Errorf("panic: %v", panicked)}
}
