package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// result is all turns of one target at one question together.
type result struct {
	p50, p99, rps, cpu, database float64
	rounds                       []float64 // p50 of each round
}

func (b *bench) result(t *target, w *workload, clients int) result {
	var all []float64
	var took, cpu, database time.Duration
	var r result
	for _, turn := range b.turns[turnKey{t, w, clients}] {
		slices.Sort(turn.millis)
		all = append(all, turn.millis...)
		took, cpu, database = took+turn.took, cpu+turn.cpu, database+turn.database
		r.rounds = append(r.rounds, quantile(turn.millis, 0.5))
	}
	slices.Sort(all)
	n := float64(len(all))
	r.p50, r.p99, r.rps = quantile(all, 0.5), quantile(all, 0.99), n/took.Seconds()
	r.cpu, r.database = cpu.Seconds()*1000/n, database.Seconds()*1000/n
	return r
}

func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// find gives the target of a kind; nil if it is not measured.
func (b *bench) find(k kind) *target {
	for _, t := range b.targets {
		if t.kind == k {
			return t
		}
	}
	return nil
}

func (b *bench) report(w io.Writer) {
	p := func(format string, args ...any) { fmt.Fprintf(w, format, args...) }
	g := b.targets[0].graph
	p("## %d entities, %d relationships, %d statements\n\n", g.N, g.Relationships(), g.Statements())
	p("%s, %d processors (%s); %d rounds of %v, each target warmed for %v.\n\n", time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), processor(), b.rounds, b.slice, b.warm)
	for _, n := range clients {
		b.reportTimes(p, n)
	}
	p("### Memory, start, load\n\n| | peak resident, MiB | start to first right answer, ms: median (least–most) |\n| --- | --: | --: |\n")
	for _, t := range b.targets {
		t.note()
		s := slices.Sorted(slices.Values(b.started[t]))
		p("| %s | %d | %.0f (%.0f–%.0f) |\n", t.name, t.peak/1024, s[len(s)/2], s[0], s[len(s)-1])
	}
	p("\n| load | records | s | records/s |\n| --- | --: | --: | --: |\n")
	for _, l := range b.loads {
		p("| %s | %d | %.1f | %.0f |\n", l.name, l.records, l.took.Seconds(), float64(l.records)/l.took.Seconds())
	}
	p("\n### What was compared\n\nBefore measuring, %d answers of each target to each question. All of an answer had to be the same, except:\n\n", b.checks)
	for _, w := range b.workloads {
		if w.note != "" {
			p("- %s: %s\n", w.name, w.note)
		}
		if n := b.unsure[w.name]; n > 0 {
			p("- %s: %d answers said that they may not be whole; of %d of them the number was another\n", w.name, n, b.greater[w.name])
		}
	}
}

// beside are the targets that others are compared with: limit and peer or, of several sizes, the last.
func (b *bench) beside() []*target {
	var list []*target
	for _, t := range []*target{b.find(limit), b.find(peer)} {
		if t != nil {
			list = append(list, t)
		}
	}
	if len(list) == 0 && len(b.sizes) > 1 {
		list = append(list, b.targets[len(b.targets)-1])
	}
	return list
}

func (b *bench) reportTimes(p func(string, ...any), clients int) {
	if clients == 1 {
		p("### One client\n\nTimes are in ms, CPU that of one request. The last columns tell how many times less than that of another target p50 is (in brackets the least and the most of a round).\n\n")
	} else {
		p("### %d clients\n\nThe last columns tell how many times those of another target the requests a second are.\n\n", clients)
	}
	p("| | | p50 | p99 | requests/s | CPU | CPU of Neo4j |")
	for _, other := range b.beside() {
		p(" to %s |", other.name)
	}
	p("\n| --- | --- | --: | --: | --: | --: | --: |%s\n", strings.Repeat(" --: |", len(b.beside())))
	for i := range b.workloads {
		w := &b.workloads[i]
		for _, t := range b.targets {
			r, database := b.result(t, w, clients), ""
			if t.neo4j {
				database = fmt.Sprintf("%.2f", r.database)
			}
			p("| %s | %s | %.2f | %.2f | %.0f | %.2f | %s |", w.name, t.name, r.p50, r.p99, r.rps, r.cpu, database)
			for _, other := range b.beside() {
				switch o := b.result(other, w, clients); {
				case t == other:
					p(" |")
				case clients == 1:
					p(" %.2f (%s) |", o.p50/r.p50, spread(o.rounds, r.rounds))
				default:
					p(" %.2f |", r.rps/o.rps)
				}
			}
			p("\n")
		}
	}
	p("\n")
}

// spread is the least and the most of the ratios of the rounds.
func spread(a, b []float64) string {
	var ratios []float64
	for i := range a {
		ratios = append(ratios, a[i]/b[i])
	}
	return fmt.Sprintf("%.2f–%.2f", slices.Min(ratios), slices.Max(ratios))
}

func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
