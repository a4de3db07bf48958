package sqlitestore

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestReadOnlyFolder: a new file cannot be made there, and one that is there cannot be written.
func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "graph.db")
	filled(t, path)
	for p := dir; p != os.TempDir() && p != "/"; p = filepath.Dir(p) {
		mode := os.FileMode(0o755)
		if p == dir {
			mode = 0o555
		}
		if err := os.Chmod(p, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		// permissions do not bind root: this thread alone goes on as nobody
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := syscall.Setfsuid(65534); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = syscall.Setfsuid(0) }()
	}
	refuse(t, path, "not writable")
	_, _, err := Open(t.Context(), filepath.Join(dir, "new.db"), Options{})
	if err == nil || !strings.Contains(err.Error(), "cannot be opened or made here") {
		t.Errorf("a new file: %v", err)
	}
}
