"""How a sample of each language is built and run."""
import pathlib
import shutil
import subprocess

SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "proto/samples"


def python(folder, build):
    return ["/usr/bin/python3", "-B", SAMPLES / "verify.py"]


def node(folder, build):
    return ["node", SAMPLES / "verify.mjs"]


def java(folder, build):
    """As `java Verify.java`, compiled once for all cases."""
    subprocess.run(["javac", "-d", folder, SAMPLES / "Verify.java"], check=True, timeout=120)
    return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8", "-cp", folder, "Verify"]


def go(folder, build, files=("verify.go",)):
    """As `go run verify.go`, built once. The build cache stays in the build tree: the libraries of Go cost 20 s."""
    environment = {"GOCACHE": build / "go", "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod", "GO111MODULE": "off", "GOTOOLCHAIN": "local",
                   "GOPATH": "/usr/share/gocode", "HOME": folder, "PATH": "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin"}
    program = folder / pathlib.Path(files[-1]).stem
    subprocess.run(["go", "build", "-o", program, *(SAMPLES / file for file in files)], check=True, timeout=300, env=environment)
    return [program]


def csharp(folder, build):
    subprocess.run(["mcs", "-r:System.Web.Extensions", f"-out:{folder}/Verify.exe", SAMPLES / "Verify.cs", SAMPLES / "VerifyGateway.cs"],
                   check=True, timeout=120)
    return ["mono", folder / "Verify.exe"]


def page(folder, build):
    return []  # page.py opens it


def with_gateway(language, folder, build):
    return go(folder, build, ("verify.go", "verify_gateway.go")) if language == "go" else globals()[language](folder, build)


def files(language, folder, **elsewhere):
    """The options that tell where a paired computer has its files: in that folder, or one of them elsewhere."""
    kinds = {"authority": "pem", "certificate": "p12" if language == "csharp" else "pem", "key": "pem"}
    return [word for name, kind in kinds.items() for word in (f"--{name}", elsewhere.get(name, folder) / f"{name}.{kind}")]


# What it needs, by the programs' names, and the package that has them (packaging/packages.txt, section samples)
NEEDS = {"python": (["/usr/bin/python3"], "python3-cryptography"), "node": (["node"], "nodejs"),
         "java": (["java", "javac"], "default-jdk-headless"), "go": (["go"], "golang-go"), "csharp": (["mcs", "mono"], "mono-mcs"),
         "page": (["chromium", "chromedriver"], "chromium-driver")}
# What it needs besides to reach a gateway; PAIRING is what README.md pairs a computer with
PAIRING = ["curl", "jq", "openssl"]
LIBRARIES = {"python": ("/usr/lib/python3/dist-packages/websocket", "python3-websocket"), "node": ("/usr/share/nodejs/ws", "node-ws"),
             "go": ("/usr/share/gocode/src/github.com/gorilla/websocket", "golang-github-gorilla-websocket-dev")}


def missing(language):
    programs, package = NEEDS[language]
    return absent(programs, package)


def missing_for_gateway(language):
    library, package = LIBRARIES.get(language, ("/", ""))
    return missing(language) or absent(PAIRING, ", ".join(PAIRING)) or absent([library], package)


def absent(needed, package):
    """`needed`: programs, or absolute paths."""
    none = [one for one in needed if not pathlib.Path(one).is_dir() and shutil.which(one) is None]
    return f"no {' and no '.join(none)} on this machine (Debian: {package})" if none else None
