package main

// allowed are the tests that may skip in CI, with the reason. Material that may not be shipped with the project lies beside
// its folder where there is any.
var allowed = map[string]string{
	"caveau/store/intake.TestRealList": "a merchant's list, not ours to ship",
	"caveau/i18n.TestFormatsEqualICU":  "ICU's table; a smaller one is in the project",
}
