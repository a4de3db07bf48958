// Command testreport makes the output of "go test -json" readable: one line for
// each package, the full output of what failed, and at the end a line of counts.
//
// Tests and their subtests are counted alike. A package that failed without a
// failing test (it did not build, or it timed out) counts as one failure, so
// that the counts never hide it. The exit status is 1 if anything failed or
// nothing ran.
//
//	go test -json ./... | testreport [-summary FILE]
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// event is one line of "go test -json"; see "go doc test2json" and "go help buildjson".
type event struct {
	Action, Package, Test, Output string
}

// name tells which test, or which package if Test is empty, an event is about.
type name struct{ pkg, test string }

type report struct {
	out    io.Writer
	output map[name]*strings.Builder // of what has not ended yet
	failed map[string]bool           // packages with a failed test
	// lines are the packages' own closing lines, in the order they came.
	lines                []string
	passes, fails, skips int
}

func main() {
	summary := flag.String("summary", "", "also write the package lines and the counts to this `file`")
	flag.Parse()
	r := &report{out: os.Stdout, output: map[name]*strings.Builder{}, failed: map[string]bool{}}
	if err := r.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		os.Exit(1)
	}
	fmt.Fprintln(r.out, r.counts())
	if *summary != "" {
		text := strings.Join(append(r.lines, r.counts()), "\n") + "\n"
		if err := os.WriteFile(*summary, []byte(text), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "testreport:", err)
			os.Exit(1)
		}
	}
	if r.fails > 0 || len(r.lines) == 0 {
		os.Exit(1)
	}
}

func (r *report) counts() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", r.passes, r.fails, r.skips)
}

func (r *report) read(in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil || e.Action == "" {
				fmt.Fprint(r.out, line) // go itself has something to say
			} else {
				r.add(e)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *report) add(e event) {
	about := name{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		if r.output[about] == nil {
			r.output[about] = &strings.Builder{}
		}
		r.output[about].WriteString(e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			r.endPackage(e)
		} else {
			r.endTest(e)
		}
	}
}

func (r *report) endTest(e event) {
	switch e.Action {
	case "pass":
		r.passes++
	case "skip":
		r.skips++
	case "fail":
		r.fails++
		r.failed[e.Package] = true
		r.print(name{e.Package, e.Test})
	}
	delete(r.output, name{e.Package, e.Test})
}

// endPackage prints the package's closing line. When it failed, it first prints
// what is left: the tests that had not ended, then what no test has said.
func (r *report) endPackage(e event) {
	about := name{e.Package, ""}
	said := r.output[about]
	delete(r.output, about)
	if said == nil {
		said = &strings.Builder{}
	}
	before, closing := cutLastLine(said.String())
	if closing == "" {
		closing = e.Action + "\t" + e.Package
	}
	if e.Action == "fail" {
		if !r.failed[e.Package] {
			r.fails++
		}
		for unfinished := range r.output {
			if unfinished.pkg == e.Package {
				r.print(unfinished)
				delete(r.output, unfinished)
			}
		}
		fmt.Fprint(r.out, before)
	}
	fmt.Fprintln(r.out, closing)
	r.lines = append(r.lines, closing)
}

func (r *report) print(about name) {
	if b := r.output[about]; b != nil {
		fmt.Fprint(r.out, b.String())
	}
}

// cutLastLine gives the text before the last line, and the last line without its end.
func cutLastLine(text string) (before, last string) {
	text = strings.TrimRight(text, "\n")
	i := strings.LastIndex(text, "\n") + 1
	return text[:i], text[i:]
}
