package httpd

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"dramatis/formats"
	"dramatis/kg"
)

// files answers /import and /export.
type files struct {
	store     kg.Store
	log       *slog.Logger
	importing chan struct{} // has a place for one
	exporting chan struct{}
}

const (
	// maxExports is how many files are written at one time.
	maxExports = 4
	// filePatience is how long a file's next piece may take to come or to go.
	filePatience = 30 * time.Second
	// maxNotes is how many notes an import answers with.
	maxNotes = 1000
	// chargeEvery is for how many records an export is charged at a time: 1 each.
	chargeEvery = 1000
)

func newFiles(store kg.Store, log *slog.Logger) *files {
	return &files{store, log, make(chan struct{}, 1), make(chan struct{}, maxExports)}
}

// imported is the answer to an import.
type imported struct {
	DryRun    bool                     `json:"dryRun,omitempty"`
	Created   int                      `json:"created"`
	Changed   int                      `json:"changed"`
	Unchanged int                      `json:"unchanged"`
	Deleted   int                      `json:"deleted"`
	Noted     map[formats.NoteKind]int `json:"noted"`
	Notes     []formats.Note           `json:"notes"`
}

// load takes the body of a request as a file.
func (f *files) load(w http.ResponseWriter, r *http.Request) {
	q := query{values: r.URL.Query()}
	o, name, dryRun, strict := formats.Options{Format: q.text("format"), Dataset: q.text("dataset")}, q.text("file"), q.flag("dryRun"), q.flag("strict")
	mapping := q.text("mapping")
	err := q.end()
	if err == nil && mapping != "" {
		o.Mapping, err = formats.ParseMapping("mapping", []byte(mapping))
	}
	if err != nil {
		f.fail(w, r, err, nil)
		return
	}
	select {
	case f.importing <- struct{}{}:
		defer func() { <-f.importing }()
	default:
		w.Header().Set("Retry-After", "5")
		f.fail(w, r, kg.Errorf(kg.Unavailable, "another import is under way: send it again when that has ended"), nil)
		return
	}
	answer := imported{DryRun: dryRun, Notes: []formats.Note{}}
	i := formats.Import{Store: f.store, At: time.Now(), DryRun: dryRun, Strict: strict, Note: func(n formats.Note) error {
		if len(answer.Notes) < maxNotes {
			answer.Notes = append(answer.Notes, n)
		}
		return nil
	}}
	did, err := i.Run(r.Context(), func(yield func(*formats.File, error) bool) {
		yield(openUpload(name, o, &upload{r.Body, http.NewResponseController(w)}))
	})
	if err != nil {
		f.fail(w, r, err, answer.Notes)
		return
	}
	answer.Created, answer.Changed, answer.Unchanged, answer.Deleted, answer.Noted = did.Created, did.Changed, did.Unchanged, did.Deleted, did.Notes
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer) // who asked may have gone
}

// openUpload begins to read a file that was sent. It has to be said how the dataset is called that its records go to, unless they say so themselves.
func openUpload(name string, o formats.Options, body io.Reader) (*formats.File, error) {
	file, err := formats.Open(cmp.Or(name, o.Dataset), body, o)
	if err != nil {
		return nil, err
	}
	if file.Dataset == "" && file.Format.Name != "jsonl" {
		file.Close()
		return nil, kg.Errorf(kg.BadUserInput, "say in which dataset its records belong: ?dataset=NAME")
	}
	return file, nil
}

// upload is a body that may take any time to arrive, as long as something does.
type upload struct {
	body       io.Reader
	connection *http.ResponseController
}

func (u *upload) Read(p []byte) (int, error) {
	if err := u.connection.SetReadDeadline(time.Now().Add(filePatience)); err != nil {
		return 0, err
	}
	n, err := u.body.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return n, kg.Errorf(kg.Timeout, "nothing came for %s", filePatience)
	}
	if err == io.EOF { // from here on the server listens only for whether the client goes
		if err := u.connection.SetReadDeadline(time.Time{}); err != nil {
			return n, err
		}
	}
	return n, err
}

// write answers with a file.
func (f *files) write(w http.ResponseWriter, r *http.Request) {
	q := query{values: r.URL.Query()}
	in := kg.SelectionInput{
		Datasets: q.list("dataset"), Entities: q.text("entities"), Relationships: q.text("relationships"), Statements: q.text("statements"),
		AsOf: q.text("asOf"), CertainOnly: q.flag("certainOnly"), Around: q.list("around"), Depth: q.number("depth", 1),
	}
	name, safe := cmp.Or(q.text("format"), "jsonl"), q.flag("safeCells")
	err := q.end()
	var sel kg.Selection
	if err == nil {
		sel, err = in.Parse()
	}
	var format *formats.Format
	if err == nil {
		format, err = formats.Written(name)
	}
	if err != nil {
		f.fail(w, r, err, nil)
		return
	}
	select {
	case f.exporting <- struct{}{}:
		defer func() { <-f.exporting }()
	default:
		w.Header().Set("Retry-After", "5")
		f.fail(w, r, kg.Errorf(kg.Unavailable, "%d files are being written: ask again in a moment", maxExports), nil)
		return
	}
	d := &download{w: w, connection: http.NewResponseController(w), begin: func() {
		w.Header().Set("Content-Type", format.MediaType+"; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="dramatis`+format.Extension+`"`)
	}}
	buffered := bufio.NewWriterSize(d, 64<<10)
	records := 0
	err = formats.Export(r.Context(), f.store, sel, format, buffered, formats.WriteOptions{SafeCells: safe}, func() error {
		if records++; records%chargeEvery == 0 {
			return waitFor(r.Context(), chargeEvery)
		}
		return nil
	})
	if err == nil {
		err = buffered.Flush()
	}
	switch {
	case err == nil:
	case d.begun:
		f.report(r, err)
		panic(http.ErrAbortHandler) // who reads it must see that it is not whole
	default:
		f.fail(w, r, err, nil)
	}
}

// waitFor takes a cost from what the actor may use, as soon as there is so much.
func waitFor(ctx context.Context, cost int) error {
	charge := kg.ActorOf(ctx).Charge
	for charge != nil {
		wait := charge(cost)
		if wait == 0 {
			return nil
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// download is an answer that begins with its first piece, and waits only so long for a piece to go.
type download struct {
	w          io.Writer
	connection *http.ResponseController
	begin      func()
	begun      bool
}

func (d *download) Write(p []byte) (int, error) {
	if !d.begun {
		d.begun = true
		d.begin()
	}
	if err := d.connection.SetWriteDeadline(time.Now().Add(filePatience)); err != nil {
		return 0, err
	}
	return d.w.Write(p)
}

// fail refuses a request with an error. What is not for whoever asked goes to the log only.
func (f *files) fail(w http.ResponseWriter, r *http.Request, err error, notes []formats.Note) {
	f.report(r, err)
	code := kg.CodeOf(err)
	message := "something went wrong here; it was logged"
	var known *kg.Error
	if errors.As(err, &known) && code != kg.Internal {
		message = known.Message
	}
	status, ok := statuses[code]
	if !ok {
		status = http.StatusInternalServerError
	}
	extensions := map[string]any{"code": code}
	if len(notes) > 0 {
		extensions["notes"] = notes
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{"message": message, "extensions": extensions}}}) // who asked may have gone
}

var statuses = map[kg.Code]int{
	kg.BadUserInput: http.StatusBadRequest, kg.NotFound: http.StatusNotFound, kg.Conflict: http.StatusConflict,
	kg.Unavailable: http.StatusServiceUnavailable, kg.Timeout: http.StatusGatewayTimeout,
}

func (f *files) report(r *http.Request, err error) {
	actor := kg.ActorOf(r.Context())
	f.log.LogAttrs(r.Context(), slog.LevelWarn, "request failed", slog.String("request", actor.RequestID), slog.String("actor", actor.Name),
		slog.String("path", r.URL.Path), slog.Any("error", err))
}

// query reads the parameters of a request, each once; end tells what is wrong with them.
type query struct {
	values url.Values
	err    error
}

func (q *query) list(name string) []string {
	list := q.values[name]
	delete(q.values, name)
	return list
}

func (q *query) text(name string) string {
	list := q.list(name)
	if len(list) > 1 {
		q.err = kg.Errorf(kg.BadUserInput, "%s is given twice", name)
	}
	return strings.Join(list, "")
}

func (q *query) flag(name string) bool {
	text := q.text(name)
	if text != "" && text != "true" && text != "false" {
		q.err = kg.Errorf(kg.BadUserInput, "%s is true or false", name)
	}
	return text == "true"
}

func (q *query) number(name string, otherwise int) int {
	text := q.text(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		q.err = kg.Errorf(kg.BadUserInput, "%s is a number", name)
	}
	return n
}

func (q *query) end() error {
	if q.err != nil {
		return q.err
	}
	var unknown []string
	for name := range q.values {
		unknown = append(unknown, strconv.Quote(name))
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return kg.Errorf(kg.BadUserInput, "there is no parameter %s here", strings.Join(unknown, ", "))
	}
	return nil
}
