package kg

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an Error is. The set is closed: these are the codes a client can meet in
// extensions.code, the same from every store.
type Code string

// The codes that the domain and the stores give. The transport adds those of GraphQL itself.
const (
	BadUserInput              Code = "BAD_USER_INPUT"
	BadCursor                 Code = "BAD_CURSOR"
	NotFound                  Code = "NOT_FOUND"
	Conflict                  Code = "CONFLICT"
	Unauthenticated           Code = "UNAUTHENTICATED"
	Forbidden                 Code = "FORBIDDEN"
	RateLimited               Code = "RATE_LIMITED"
	PersistedDocumentNotFound Code = "PERSISTED_DOCUMENT_NOT_FOUND"
	Unavailable               Code = "UNAVAILABLE"
	Timeout                   Code = "TIMEOUT"
	CommitUnknown             Code = "COMMIT_UNKNOWN"
	Internal                  Code = "INTERNAL"
)

// Error is a failure that may be shown to whoever asked. Message never holds anything internal; Err, which does,
// is for the log only.
type Error struct {
	Code    Code
	Message string
	// IDs are the records at fault, where the failure is about records: at most 100 of them.
	IDs []ID
	Err error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message)
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of a code; the message is shown to the client.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// CodeOf gives the code of err, INTERNAL for an error that has none and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// errorOfIDs names the records at fault, the first hundred of them.
func errorOfIDs(code Code, ids []ID, format string, args ...any) *Error {
	e := Errorf(code, format, args...)
	e.IDs = ids[:min(len(ids), 100)]
	return e
}
