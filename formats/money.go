package formats

import (
	"math"
	"strconv"
	"strings"

	"dramatis/kg"
)

// decimalsOf is how many digits a currency's smallest unit stands behind the point (ISO 4217).
func decimalsOf(currency string) int {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	}
	return 2
}

// decimalOf writes an amount in units of its currency, with a fraction only if it has one.
func decimalOf(a *kg.Amount) string {
	digits, sign := strconv.FormatInt(a.Minor, 10), ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		digits, sign = rest, "-"
	}
	n := decimalsOf(a.Currency)
	if short := n + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	whole, fraction := digits[:len(digits)-n], digits[len(digits)-n:]
	if strings.Trim(fraction, "0") == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

// amountOf reads a decimal number of units of a currency; false if it is none, or finer than the currency's smallest unit.
func amountOf(decimal, currency string) (*kg.Amount, bool) {
	whole, fraction, _ := strings.Cut(decimal, ".")
	n := decimalsOf(currency)
	for len(fraction) > n && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	digits := strings.TrimPrefix(whole, "-")
	if digits == "" || len(fraction) > n || strings.Trim(digits+fraction, "0123456789") != "" {
		return nil, false
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", n-len(fraction)), 10, 64)
	if err != nil || minor == math.MinInt64 || len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, false
	}
	return &kg.Amount{Minor: minor, Currency: currency}, true
}

// amountExtra keeps an amount where it has no place, in the words of FollowTheMoney.
func amountExtra(a *kg.Amount) []kg.Extra {
	value := []string{decimalOf(a)}
	switch a.Currency {
	case "EUR":
		return []kg.Extra{{Name: "amountEur", Values: value}}
	case "USD":
		return []kg.Extra{{Name: "amountUsd", Values: value}}
	}
	return []kg.Extra{{Name: "amount", Values: value}, {Name: "currency", Values: []string{a.Currency}}}
}
