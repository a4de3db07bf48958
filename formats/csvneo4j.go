package formats

import "dramatis/kg"

// adminReader reads tables whose header says by itself what they hold.
type adminReader struct{}

func isAdminHeader(cells []string) bool { return false }

func adminOf(*File, *Target, *csvTable) (*adminReader, error) {
	return nil, kg.Errorf(kg.BadUserInput, "a table needs a mapping (--mapping FILE), which says what its columns are")
}

func (*adminReader) take([]string) error { return nil }
