package customer

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
)

func TestAddressesOfOnePersonAreOne(t *testing.T) {
	for in, want := range map[string]string{
		" Émilie@Example.COM ": "émilie@example.com", "e\u0301milie@example.com": "émilie@example.com", "a+b@x.co": "a+b@x.co",
		"nobody": "", "a@b": "", "a@b.": "", "": "", "A <a@example.com>": "", "a@example.com\nb@example.com": "", strings.Repeat("a", 250) + "@example.com": "",
	} {
		got, err := ParseEmail(in)
		if string(got) != want || (want == "") != errors.Is(err, ErrEmail) {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestPasswordsAreJudged(t *testing.T) {
	for in, want := range map[string]error{
		"neufchars": ErrShort, "": ErrShort, "chateau d’yquem 1811": nil, strings.Repeat("é", 64): ErrCommon, strings.Repeat("ab", 65): ErrLong, "Passwort123": ErrCommon,
		"emilie.dupont@example.com": ErrCommon, "emilie.dupont": ErrCommon, "dixdixdixd": nil, "oooooooooo": ErrCommon, "cafe\u0301cafe\u0301": nil,
	} {
		if err := CheckPassword(in, "emilie.dupont@example.com"); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", in, err, want)
		}
	}
}

// The vectors come from elsewhere than the code: OpenSSL's digests, libcrypt's bcrypt and libsodium's crypto_pwhash, called as
// Magento calls them through PHP. The first is from a database that OpenMage has filled.
var vectors = map[string]struct{ password, hash string }{
	"OpenMage 20.10.2 itself":        {"Passw0rd-long-enough", "54c0f5996a046e8416504636274fc789203966c2bd8a9da0180059e0b8cf57de:Xu2SsbnNPJOBVQZAU83iOCufXEtbMf0i"},
	"Magento 1 sha256":               {" Château d’Yquem 1811 ", "59b15b97eb16e8a88233c74dcd4e461a4e1ae5b8fb470325a45bff8fca2fc951:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D"},
	"Magento 1 sha512":               {"Château d’Yquem 1811", "31084ed40fb1073e71e5ac942b30128469969e01e05abe4ddf85ad605d0105d3da58711c04a39e1e1ce1ccb02b3fdcac9455aa26b0cf5d001480cba0225e8ff6:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D"},
	"Magento 1 md5":                  {"Château d’Yquem 1811", "f367952c7f59ce35801d338a5c9ce774:xY"},
	"Magento 1 md5 without salt":     {"Château d’Yquem 1811", "5783fde996c57e73080dab257728f924"},
	"Magento 1 sha512 without salt":  {"Château d’Yquem 1811", "9f148476c9e97561a564a978eed1fdbd3efc5a9aa72672ece06ee84ae3017d88acf1461e05009b8ad255dd70106a47ae2086caf2e5f71ad162243c021721773e"},
	"Magento 1 bcrypt":               {"Château d’Yquem 1811", "$2y$10$abcdefghijklmnopqrstuubuhf4.5SYg7wgOXWVg.NRGyfakkWrvy"},
	"Magento 2 sha256":               {"Château d’Yquem 1811", "59b15b97eb16e8a88233c74dcd4e461a4e1ae5b8fb470325a45bff8fca2fc951:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D:1"},
	"Magento 2 md5, then sha256":     {"Château d’Yquem 1811", "2a20f4f1cae7f548effcfac2b0b11c116eed619b266055835fb2c4ab03324ea0:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D:0:1"},
	"Magento 2 argon":                {"Château d’Yquem 1811", "31bf3bf4169664a3c60d6efd7fba9ec9e6e6407e158f148803c8b2f531961dab:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D:2"},
	"Magento 2 sha256, then argon":   {"Château d’Yquem 1811", "67f1059c32469825c75aff04a637ea7eeff3e6f3aaec92c1099ae3c6fb9b9a5f:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D:1:2"},
	"Magento 2 argon with its costs": {"Château d’Yquem 1811", "31bf3bf4169664a3c60d6efd7fba9ec9e6e6407e158f148803c8b2f531961dab:Zp3kQ9w7Xs1LmN0bVc4Rt6Yu8Io2Pa5D:3_32_2_67108864"},
}

func TestMagentosHashesAreVerifiedAndOutdated(t *testing.T) {
	h := hasher(t)
	for name, v := range vectors {
		wrapped, err := Wrap(v.hash)
		if err != nil {
			t.Errorf("%s: wrap: %v", name, err)
		}
		for form, hash := range map[string]string{"bare": v.hash, "wrapped": wrapped} {
			if outdated, err := h.Verify(t.Context(), v.password, hash); err != nil || !outdated {
				t.Errorf("%s, %s: outdated %v, %v", name, form, outdated, err)
			}
			if _, err := h.Verify(t.Context(), v.password+"x", hash); !errors.Is(err, ErrLogin) {
				t.Errorf("%s, %s: a wrong password: %v", name, form, err)
			}
		}
		fast := !strings.Contains(name, "argon") && !strings.Contains(name, "bcrypt")
		if fast && (strings.Contains(wrapped, strings.Split(v.hash, ":")[0]) || !strings.Contains(wrapped, "$argon2id$")) {
			t.Errorf("%s is not wrapped: %s", name, wrapped)
		}
	}
}

func TestOursIsVerifiedAndKept(t *testing.T) {
	h := hasher(t)
	hash, err := h.Hash(t.Context(), "caf\u00e9 au lait, s'il vous plait")
	if err != nil {
		t.Fatal(err)
	}
	if outdated, err := h.Verify(t.Context(), "cafe\u0301 au lait, s'il vous plait", hash); err != nil || outdated {
		t.Errorf("the same letters in another form: %v, %v", outdated, err)
	}
	if _, err := h.Verify(t.Context(), "cafe au lait, s'il vous plait", hash); !errors.Is(err, ErrLogin) {
		t.Errorf("another password: %v", err)
	}
}

func TestWhatIsNoHashOpensNothing(t *testing.T) {
	h := hasher(t)
	for _, hash := range []string{
		"x", "::", "abcd", strings.Repeat("z", 64), strings.Repeat("a", 64) + ":s:9", strings.Repeat("a", 64) + "::2", "$2y$", "m1:rot13:s:$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5",
		"$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5", "$argon2id$v=19$m=19456,t=0,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5",
		strings.Repeat("a", 64) + ":salt:3_32_2_4294967295", strings.Repeat("a", 32) + ":" + strings.Repeat("s", 65),
	} {
		if _, err := h.Verify(t.Context(), "", hash); err == nil {
			t.Errorf("%q is opened", hash)
		}
	}
}

// An account that does not exist costs what one does that does.
func TestNobodysPasswordIsAsMuchWork(t *testing.T) {
	h := hasher(t)
	hash, err := h.Hash(t.Context(), "a password of some length")
	if err != nil {
		t.Fatal(err)
	}
	cost := func(hash string) int64 {
		before := h.Work()
		if _, err := h.Verify(t.Context(), "wrong", hash); !errors.Is(err, ErrLogin) {
			t.Errorf("%v", err)
		}
		return h.Work() - before
	}
	wrapped, err := Wrap(vectors["Magento 1 sha256"].hash)
	if err != nil {
		t.Fatal(err)
	}
	known, unknown, came := cost(hash), cost(""), cost(wrapped)
	if known != unknown || known != came || known < 2*19<<10 {
		t.Errorf("known %d, unknown %d, from Magento %d KiB passed over", known, unknown, came)
	}
	if _, err := h.Verify(t.Context(), "nobody's password", ""); !errors.Is(err, ErrLogin) {
		t.Errorf("nobody's password opens nobody's account: %v", err)
	}
}

// More than the memory allows wait, and no longer than they may.
func TestHashingStaysWithinItsMemory(t *testing.T) {
	h := hasher(t)
	if err := h.memory.Acquire(t.Context(), hashBudget-hashMemory+1); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "x"); !errors.Is(err, ErrBusy) {
		t.Errorf("without room: %v", err)
	}
	if _, err := h.Verify(ctx, "x", ""); !errors.Is(err, ErrBusy) {
		t.Errorf("without room: %v", err)
	}
	h.memory.Release(hashBudget - hashMemory + 1)
	if _, err := h.Hash(t.Context(), "x"); err != nil {
		t.Error(err)
	}
}

func TestTicketsAndTokensAreReadBack(t *testing.T) {
	id, err := NewID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := NewTicket(rand.Reader, id)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := ParseTicket(ticket.String()); err != nil || back != ticket {
		t.Errorf("%v, %v", back, err)
	}
	if strings.Contains(ticket.String(), ticket.Hash()) || len(ticket.Hash()) != 64 {
		t.Error("the hash gives the ticket away")
	}
	for _, bad := range []string{"", ".", "1", strings.Repeat("A", 22), strings.Repeat("A", 22) + ".0", strings.Repeat("A", 22) + ".-1", strings.Repeat("A", 22) + ".01", strings.Repeat("A", 21) + ".1"} {
		if _, err := ParseTicket(bad); !errors.Is(err, ErrNoSession) {
			t.Errorf("%q is a ticket: %v", bad, err)
		}
	}
	token, err := NewToken(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := ParseToken(token.String()); err != nil || back != token {
		t.Errorf("%v, %v", back, err)
	}
	if _, err := ParseToken("x"); !errors.Is(err, ErrToken) {
		t.Error(err)
	}
}

func hasher(t *testing.T) *Hasher {
	t.Helper()
	h, err := NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	return h
}
