// Package model holds what GraphQL needs beside the domain: connections, scalars, and what gqlgen generates.
package model

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
	"time"

	"dramatis/kg"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalString writes a text, and null for an empty one: what is empty in the domain is unknown. Where the schema has
// no null, the domain has no empty text (kg.Check).
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

// MarshalFloat writes a number.
func MarshalFloat(f float64) graphql.Marshaler { return graphql.MarshalFloat(f) }

// UnmarshalFloat reads a finite number; texts are none.
func UnmarshalFloat(v any) (float64, error) {
	f := math.NaN()
	switch v := v.(type) {
	case float64:
		f = v
	case int64:
		f = float64(v)
	case int:
		f = float64(v)
	case json.Number:
		if n, err := v.Float64(); err == nil {
			f = n
		}
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, kg.Errorf(kg.BadUserInput, "a number is wanted here")
	}
	return f, nil
}

// MarshalDateTime writes a moment in UTC, and null for none.
func MarshalDateTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t.UTC()) }

// UnmarshalDateTime reads a moment, RFC 3339, of the years 1 to 9999 in UTC.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, s)
	if t = t.UTC(); err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, kg.Errorf(kg.BadUserInput, "a moment is wanted here: 2022-01-11T18:00:00Z")
	}
	return t, nil
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
