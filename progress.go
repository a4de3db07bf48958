package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
)

// progress is how far long work is.
type progress struct {
	stage   string // what is done now
	records int64
	// done is how much of all is done, by whatever it is measured; all is 0 if that is not known.
	done, all int64
}

// How often long work tells how far it is: on a terminal by a line that it writes over, otherwise in the log.
const (
	tellEvery = 3 * time.Second
	drawEvery = 200 * time.Millisecond
)

// tell tells again and again how far work is, until the function that it gives is called.
func (p *program) tell(far func() progress) (stop func()) {
	began, done, told := time.Now(), make(chan struct{}), make(chan struct{})
	every, show := tellEvery, func(now progress, rate int, took time.Duration) {
		p.log.Info(now.stage, "records", now.records, "a second", rate, "for", took.Round(time.Second))
	}
	terminal := isatty.IsTerminal(os.Stderr.Fd())
	if terminal {
		every, show = drawEvery, draw
	}
	go func() {
		defer close(told)
		for {
			select {
			case <-done:
				if terminal {
					fmt.Fprint(os.Stderr, "\r\x1b[K")
				}
				return
			case <-time.After(every):
			}
			now, took := far(), time.Since(began)
			show(now, int(float64(now.records)/took.Seconds()), took)
		}
	}()
	return func() { close(done); <-told }
}

// draw writes a bar with how much is done, the rate and the time that the rest will take.
func draw(p progress, rate int, took time.Duration) {
	const width = 30
	bar, left := "", ""
	if p.done > 0 && p.done <= p.all {
		full := int(width * p.done / p.all)
		bar = fmt.Sprintf(" [%s%s] %d%%", strings.Repeat("=", full), strings.Repeat(" ", width-full), 100*p.done/p.all)
		if p.done < p.all {
			left = fmt.Sprintf(", %s left", time.Duration(float64(took)*float64(p.all-p.done)/float64(p.done)).Round(time.Second))
		}
	}
	fmt.Fprintf(os.Stderr, "\r%s%s %d records, %d a second%s\x1b[K", p.stage, bar, p.records, rate, left)
}
