// Package model holds what GraphQL needs beside the domain: connections, scalars, and what gqlgen generates.
package model

import (
	"encoding/json"
	"io"
	"math"
	"strconv"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalString writes a text, and null for an empty one: what is empty in the domain is unknown.
func MarshalString(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalString reads a text; numbers are none.
func UnmarshalString(v any) (string, error) {
	if s, ok := v.(string); ok {
		return s, nil
	}
	return "", kg.Errorf(kg.BadUserInput, "a text is wanted here")
}

// MarshalInt writes a whole number.
func MarshalInt(n int) graphql.Marshaler { return graphql.MarshalInt(n) }

// UnmarshalInt reads a whole number of 32 bits, which is all that GraphQL allows.
func UnmarshalInt(v any) (int, error) {
	n, err := wholeNumber(v)
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, kg.Errorf(kg.BadUserInput, "a whole number of 32 bits is wanted here")
	}
	return int(n), nil
}

func wholeNumber(v any) (int64, error) {
	switch v := v.(type) {
	case int64:
		return v, nil
	case int:
		return int64(v), nil
	case json.Number:
		return v.Int64()
	}
	return 0, strconv.ErrSyntax
}

// MarshalBigInt writes a 64-bit number as a decimal string, which no client rounds.
func MarshalBigInt(n int64) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"`+strconv.FormatInt(n, 10)+`"`) })
}

// UnmarshalBigInt reads a 64-bit number from a decimal string or a number.
func UnmarshalBigInt(v any) (int64, error) {
	n, err := wholeNumber(v)
	if s, ok := v.(string); ok {
		n, err = strconv.ParseInt(s, 10, 64)
	}
	if err != nil {
		return 0, kg.Errorf(kg.BadUserInput, "a whole number of 64 bits is wanted here, as a string")
	}
	return n, nil
}
