// Package demo makes the demonstration catalogue: a wine shop's worth of real wines, with prices,
// scores and stock that are made up by a rule and marked so.
package demo
