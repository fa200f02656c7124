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


def go(folder, build):
    """As `go run verify.go`, built once. The build cache stays in the build tree: the libraries of Go cost 20 s."""
    environment = {"GOCACHE": build / "go", "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod", "GO111MODULE": "off", "GOTOOLCHAIN": "local",
                   "HOME": folder, "PATH": "/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin"}
    subprocess.run(["go", "build", "-o", folder / "verify", SAMPLES / "verify.go"], check=True, timeout=300, env=environment)
    return [folder / "verify"]


def csharp(folder, build):
    subprocess.run(["mcs", "-r:System.Web.Extensions", f"-out:{folder}/Verify.exe", SAMPLES / "Verify.cs"], check=True, timeout=120)
    return ["mono", folder / "Verify.exe"]


def page(folder, build):
    return []  # page.py opens it


# What it needs, by the programs' names, and the package that has them (packaging/packages.txt, section samples)
NEEDS = {"python": (["/usr/bin/python3"], "python3-cryptography"), "node": (["node"], "nodejs"),
         "java": (["java", "javac"], "default-jdk-headless"), "go": (["go"], "golang-go"), "csharp": (["mcs", "mono"], "mono-mcs"),
         "page": (["chromium", "chromedriver"], "chromium-driver")}


def missing(language):
    programs, package = NEEDS[language]
    absent = [program for program in programs if shutil.which(program) is None]
    return f"no {' and no '.join(absent)} on this machine (Debian: {package})" if absent else None
