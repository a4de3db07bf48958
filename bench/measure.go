package main

import (
	"context"
	"log"
	"sync"
	"sync/atomic"
	"time"
)

// turn is what was measured while one target was asked one question for a while.
type turn struct {
	millis        []float64 // of each request
	took          time.Duration
	cpu, database time.Duration
}

// turnKey says whose turn it was, at what, and how many were asking.
type turnKey struct {
	target   *target
	workload *workload
	clients  int
}

// clients are how many ask at a time.
var clients = []int{1, 16}

// variety is how many different parameters a question has: more than a turn is likely to need of most.
const variety = 2_000

// bodies makes the requests beforehand, so that making them takes no time from the targets.
func (b *bench) bodies(t *target, w *workload) func(n int) []byte {
	one := func(n int) []byte { return t.body(w, w.params(t.graph, b.random(t.graph, w, n), w.hubs)) }
	if w.fresh {
		return one
	}
	made := make([][]byte, variety)
	for n := range made {
		made[n] = one(n)
	}
	return func(n int) []byte { return made[n%variety] }
}

// turn asks a target one question after the other, by so many clients, for so long.
func (b *bench) turn(ctx context.Context, t *target, w *workload, body func(int) []byte, first, clients int, long time.Duration) (*turn, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	cpuBefore, err := cpu(t.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	databaseBefore := b.databaseCPU(t)
	lists := make([][]float64, clients)
	next := atomic.Int64{}
	next.Store(int64(first))
	begin := time.Now()
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			for time.Since(begin) < long && ctx.Err() == nil {
				content := body(int(next.Add(1)))
				sent := time.Now()
				if _, err := t.ask(ctx, w, content); err != nil {
					cancel(err)
					return
				}
				lists[i] = append(lists[i], float64(time.Since(sent))/1e6)
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	out := &turn{took: time.Since(begin)}
	for _, list := range lists {
		out.millis = append(out.millis, list...)
	}
	cpuAfter, err := cpu(t.cmd.Process.Pid)
	if err != nil {
		return nil, err
	}
	out.cpu, out.database = cpuAfter-cpuBefore, b.databaseCPU(t)-databaseBefore
	return out, nil
}

// databaseCPU is that of Neo4j; 0 for a target that has its database within.
func (b *bench) databaseCPU(t *target) time.Duration {
	if !t.neo4j {
		return 0
	}
	used, _ := cpu(b.neo4j)
	return used
}

// warmUp asks each target everything, by turns, until its code is compiled and its caches are full.
func (b *bench) warmUp(ctx context.Context) error {
	for _, t := range b.targets {
		log.Printf("warming %s", t.name)
		each := b.warm / time.Duration(4*len(b.workloads))
		for round := range 4 {
			for i := range b.workloads {
				w := &b.workloads[i]
				if _, err := b.turn(ctx, t, w, b.bodies(t, w), round*500, 8, each); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// measure gives all targets their turns, one after the other, so that what disturbs the machine for a while disturbs
// all alike.
func (b *bench) measure(ctx context.Context) error {
	for i := range b.workloads {
		w := &b.workloads[i]
		log.Printf("measuring %s", w.name)
		body := map[*target]func(int) []byte{}
		for _, t := range b.targets {
			body[t] = b.bodies(t, w)
		}
		for round := range b.rounds {
			for _, n := range clients {
				for _, t := range b.targets {
					got, err := b.turn(ctx, t, w, body[t], round*1000, n, b.slice)
					if err != nil {
						return err
					}
					key := turnKey{t, w, n}
					b.turns[key] = append(b.turns[key], got)
				}
			}
		}
	}
	return nil
}
