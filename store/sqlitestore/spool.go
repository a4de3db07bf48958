package sqlitestore

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// A spool puts any number of pairs of texts in order: as many as fit into memory are sorted and written to a file, one
// run behind the other, and in the end the runs are merged. No first text has a NUL in it.
type spool struct {
	file   *os.File
	named  bool
	pairs  []byte // of the run that is being filled, each with a NUL between its texts
	places []place
	end    int64 // of the file
	runs   [][2]int64
	sorted chan error // of the run that is being written
}

// place is where a pair is.
type place struct{ start, size uint32 }

// runSize is how many bytes of pairs are sorted at a time.
const runSize = 32 << 20

// newSpool makes a spool whose file is in a folder. It has no name any more, where files may be without.
func newSpool(folder string) (*spool, error) {
	f, err := os.CreateTemp(folder, "load-*.tmp")
	if err != nil {
		return nil, err
	}
	return &spool{file: f, named: os.Remove(f.Name()) != nil}, nil
}

func (s *spool) close() error {
	err := errors.Join(s.wait(), s.file.Close())
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

// add puts in a pair.
func (s *spool) add(a, b string) error {
	start := len(s.pairs)
	s.pairs = append(s.pairs, a...)
	s.pairs = append(s.pairs, 0)
	s.pairs = append(s.pairs, b...)
	s.places = append(s.places, place{uint32(start), uint32(len(s.pairs) - start)})
	if len(s.pairs) < runSize {
		return nil
	}
	return s.flush()
}

// wait waits for the run that is being written.
func (s *spool) wait() error {
	if s.sorted == nil {
		return nil
	}
	err := <-s.sorted
	s.sorted = nil
	return err
}

// flush begins to write a run, and lets the next be filled.
func (s *spool) flush() error {
	if err := s.wait(); err != nil {
		return err
	}
	pairs, places := s.pairs, s.places
	s.pairs, s.places = make([]byte, 0, runSize+runSize/16), make([]place, 0, len(places)+len(places)/16)
	s.sorted = make(chan error, 1)
	go func() { s.sorted <- s.write(pairs, places) }()
	return nil
}

func (s *spool) write(pairs []byte, places []place) error {
	slices.SortFunc(places, func(a, b place) int {
		return bytes.Compare(pairs[a.start:a.start+a.size], pairs[b.start:b.start+b.size])
	})
	start := s.end
	w := bufio.NewWriterSize(io.NewOffsetWriter(s.file, start), 1<<18)
	var head [binary.MaxVarintLen32]byte
	for _, p := range places {
		n := binary.PutUvarint(head[:], uint64(p.size))
		_, _ = w.Write(head[:n]) // Flush tells of what failed
		_, _ = w.Write(pairs[p.start : p.start+p.size])
		s.end += int64(n) + int64(p.size)
	}
	s.runs = append(s.runs, [2]int64{start, s.end})
	return w.Flush()
}

// each gives all pairs in order, none twice. They are of the spool and hold until the next.
func (s *spool) each(yield func(a, b []byte) error) error {
	if err := s.flush(); err != nil {
		return err
	}
	if err := s.wait(); err != nil {
		return err
	}
	s.pairs, s.places = nil, nil
	var m merge
	for _, r := range s.runs {
		run := &pairRun{r: bufio.NewReaderSize(io.NewSectionReader(s.file, r[0], r[1]-r[0]), 1<<18)}
		if more, err := run.next(); err != nil {
			return err
		} else if more {
			m = append(m, run)
		}
	}
	heap.Init(&m)
	var last []byte
	for len(m) > 0 {
		first := m[0]
		if !bytes.Equal(last, first.pair) {
			last = append(last[:0], first.pair...)
			a, b, _ := bytes.Cut(last, []byte{0})
			if err := yield(a, b); err != nil {
				return err
			}
		}
		more, err := first.next()
		if err != nil {
			return err
		}
		if more {
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
		}
	}
	return nil
}

// pairRun is a run that is being read.
type pairRun struct {
	r    *bufio.Reader
	pair []byte
}

// next reads the next pair, if there is one.
func (r *pairRun) next() (bool, error) {
	size, err := binary.ReadUvarint(r.r)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.pair = slices.Grow(r.pair[:0], int(size))[:size]
	_, err = io.ReadFull(r.r, r.pair)
	return true, err
}

// merge has the runs in the order of their next pairs.
type merge []*pairRun

func (m merge) Len() int           { return len(m) }
func (m merge) Less(i, j int) bool { return bytes.Compare(m[i].pair, m[j].pair) < 0 }
func (m merge) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merge) Push(x any)        { *m = append(*m, x.(*pairRun)) }
func (m *merge) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}
