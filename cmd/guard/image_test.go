package guard

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// binary builds caveau as the Dockerfile does, once, and returns its path.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "caveau-image-")
	if err != nil {
		return "", err
	}
	built := filepath.Join(dir, "caveau")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", built, "./cmd/caveau")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return dir, &exec.Error{Name: string(out), Err: err}
	}
	return built, os.Chmod(dir, 0o755) // another user is going to run it
})

func TestMain(m *testing.M) {
	status := m.Run()
	if built {
		if path, _ := binary(); path != "" {
			_ = os.RemoveAll(filepath.Dir(path))
		}
	}
	os.Exit(status)
}

// built says that a test asked for the binary.
var built bool

func image(t *testing.T) string {
	t.Helper()
	built = true
	path, err := binary()
	if err != nil {
		t.Fatal("build the binary:", err)
	}
	return path
}

// The final stage holds nothing but the binary, so it must need nothing else.
func TestBinaryIsStatic(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the image is built for Linux; here the system's libraries are always linked")
	}
	f, err := elf.Open(image(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the binary asks for a dynamic linker: %v", p.Type)
		}
	}
	if libraries, err := f.ImportedLibraries(); err == nil && len(libraries) > 0 {
		t.Errorf("the binary needs %v", libraries)
	}
}

// What go.mod asks for is what is in the binary.
func TestBinaryHoldsThePinnedVersions(t *testing.T) {
	info, err := buildinfo.ReadFile(image(t))
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, d := range info.Deps {
		versions[d.Path] = d.Version
	}
	for _, path := range []string{"github.com/valyala/fasthttp", "github.com/gofiber/fiber/v2"} {
		if pin := path + " " + versions[path]; pins[pin] == "" {
			t.Errorf("the binary holds %q, which is not pinned", pin)
		}
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if settings["CGO_ENABLED"] != "0" || settings["-trimpath"] != "true" {
		t.Errorf("built with CGO_ENABLED=%s, -trimpath=%s", settings["CGO_ENABLED"], settings["-trimpath"])
	}
}

// From an empty folder that it may not write to, without an environment, as a user without a name or home.
func TestBinaryRunsAloneAsNobody(t *testing.T) {
	out, status := nobody(t, []string{"--version"}, nil)
	if status != 0 || strings.TrimSpace(out) == "" {
		t.Errorf("--version: status %d, says %q", status, out)
	}
}

func TestWrongConfigurationIsRefusedAsAWhole(t *testing.T) {
	out, status := nobody(t, []string{"serve"}, []string{
		"CAVEAU_ADDR=nonsense", "CAVEAU_BASE=ftp://shop", "CAVEAU_PRIMARY_DSN=root:s3cret@nowhere", "CAVEAU_KEYS=short", "CAVEAU_CACHE_MB=0",
	})
	if status != 2 {
		t.Errorf("status %d", status)
	}
	for _, name := range []string{
		"CAVEAU_ADDR", "CAVEAU_BASE", "CAVEAU_PRIMARY_DSN", "CAVEAU_REPLICA_DSNS", "CAVEAU_REDIS_ADDR", "CAVEAU_KEYS", "CAVEAU_CACHE_MB",
	} {
		if !strings.Contains(out, name+":") {
			t.Errorf("%s is wrong or missing, and not named in:\n%s", name, out)
		}
	}
	if strings.Contains(out, "s3cret") {
		t.Errorf("a password is printed:\n%s", out)
	}
}

// nobody runs the binary from an empty folder and returns what it prints and its exit status.
func nobody(t *testing.T, args, env []string) (string, int) {
	t.Helper()
	cmd := exec.Command(image(t), args...)
	cmd.Dir = emptyFolder(t)
	cmd.Env = append([]string{}, env...)
	unprivileged(cmd)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(cmd.Dir); err != nil || len(left) > 0 {
		t.Errorf("it wrote %v (%v)", left, err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

// emptyFolder may be entered by everybody and written to by nobody; the folders of t.TempDir are their owner's alone.
func emptyFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "caveau-empty-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestDockerfileEndsWithTheBinaryAlone(t *testing.T) {
	stages := strings.Split("\n"+text(t, "Dockerfile"), "\nFROM ")
	build, last := stages[1], stages[len(stages)-1]
	if !strings.HasPrefix(last, "scratch\n") {
		t.Error("the final stage is not made from scratch")
	}
	if n := strings.Count(last, "\nCOPY "); n != 1 || !strings.Contains(last, "COPY --from=build /out/caveau /caveau\n") {
		t.Errorf("the final stage copies %d things, not the binary alone", n)
	}
	if !regexp.MustCompile(`\nUSER [1-9]\d+:[1-9]\d+\n`).MatchString(last) {
		t.Error("the final stage does not name a user by number, other than root")
	}
	if strings.Contains(last, "\nRUN ") || strings.Contains(last, "\nVOLUME ") {
		t.Error("the final stage runs or writes something")
	}
	version := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(text(t, "go.mod"))
	if version == nil || !strings.HasPrefix(build, "golang:"+version[1]+"-") {
		t.Errorf("the build stage is not pinned to the Go of go.mod, %v", version)
	}
	if !strings.Contains(build, "CGO_ENABLED=0 go build -trimpath") {
		t.Error("the build stage does not build a static binary")
	}
}
