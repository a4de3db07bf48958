package kg

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
)

// ID names a record for good: a class, '_' and 16 bytes in lower-case base32hex (RFC 4648 section 7, no padding),
// whose text order is the order of the bytes. It is the same in every store.
type ID string

// Class is what kind of record an id names. It never changes, while an entity's type may.
type Class string

// The classes, as they stand in ids.
const (
	EntityClass       Class = "ent"
	RelationshipClass Class = "rel"
	StatementClass    Class = "sta"
	SourceClass       Class = "src"
	MentionClass      Class = "men"
	DatasetClass      Class = "dat"
)

// Classes are all classes, in the order in which an empty store is filled: what is referred to comes first, save
// for references within a class.
var Classes = []Class{DatasetClass, SourceClass, EntityClass, RelationshipClass, StatementClass, MentionClass}

// idLen is the length of every id: a class of 3 letters, '_', 26 digits.
const idLen = 30

var idDigits = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// NewID makes the id of a hand-made record from the 16 bytes of a UUIDv7.
func NewID(class Class, uuid [16]byte) ID {
	return ID(string(class) + "_" + idDigits.EncodeToString(uuid[:]))
}

// KeyID makes the id of a record that came with a key of its own in a dataset: the first 16 bytes of the SHA-256 of
// the dataset's name, a NUL and the key. The same record of the same dataset has the same id wherever it is loaded.
func KeyID(class Class, dataset, key string) ID {
	sum := sha256.Sum256([]byte(dataset + "\x00" + key))
	return NewID(class, [16]byte(sum[:16]))
}

// DatasetID is the id of the dataset of this name.
func DatasetID(name string) ID { return KeyID(DatasetClass, name, "") }

// ParseID reads an id. It fails with BAD_USER_INPUT on anything that NewID cannot have made.
func ParseID(s string) (ID, error) {
	if len(s) == idLen && s[3] == '_' {
		switch class := Class(s[:3]); class {
		case EntityClass, RelationshipClass, StatementClass, SourceClass, MentionClass, DatasetClass:
			raw, err := idDigits.DecodeString(s[4:])
			// the decoder leaves out line breaks, so that 26 characters can be fewer than 16 bytes
			if err == nil && len(raw) == 16 && string(NewID(class, [16]byte(raw))) == s {
				return ID(s), nil
			}
		}
	}
	return "", Errorf(BadUserInput, "%s is not an id", clip(s, 40))
}

// Class gives the class of a well-formed id.
func (id ID) Class() Class {
	if len(id) != idLen {
		return ""
	}
	return Class(id[:3])
}

// Hash is a number for a well-formed id made from a key: of a million such ids, two have the same once in 37 million times.
func (id ID) Hash() uint64 {
	var raw [16]byte
	_, _ = idDigits.Decode(raw[:], []byte(id[4:])) // which was checked
	return binary.BigEndian.Uint64(raw[:]) ^ uint64(slices.Index(Classes, id.Class()))
}

// MarshalGQL writes the id as a GraphQL ID.
func (id ID) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(id))) }

// UnmarshalGQL reads the id as a client gives it; whether it is well formed is for ParseID to say.
func (id *ID) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return Errorf(BadUserInput, "an id is a string")
	}
	*id = ID(s)
	return nil
}

// clip quotes a client's text for a message: at most limit bytes of it, control characters escaped.
func clip(s string, limit int) string {
	if len(s) > limit {
		s = s[:limit] + "…"
	}
	return strconv.QuoteToGraphic(s)
}
