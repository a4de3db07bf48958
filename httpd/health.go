package httpd

import (
	"context"
	"io"
	"net/http"
)

// live says that the program runs.
func live(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "alive\n") }

// ready says whether the store answers.
func ready(ask func(context.Context) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		if err := ask(ctx); err != nil {
			say(w, http.StatusServiceUnavailable, "the store does not answer\n") // why is in the log
			return
		}
		say(w, http.StatusOK, "ready\n")
	})
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // who asked may have gone
}
