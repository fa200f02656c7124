"""Debian's own Prometheus and node exporter watch a real kaomond: its figures are collected, an alert fires when it is gone,
and no rule and no panel asks for a figure that there is not.

usage: monitoring_test.py PROGRAMS SOURCE-TREE FOLDER-FOR-DEBIAN-PACKAGES
The packages are unpacked there and never installed: they would start services on this machine.
"""
import fcntl
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

PROGRAMS, SOURCE, PLACE = map(pathlib.Path, sys.argv[1:4])
RULES = SOURCE / "packaging/monitoring/kaomon.rules.yml"
DASHBOARD = SOURCE / "packaging/monitoring/kaomon-dashboard.json"
# where a device has nothing to tell: no authority in its trust store, a clock that nobody can ask about
OPTIONAL = {"kaomon_trust_certificate_end_seconds", "kaomon_clock_synchronised"}


def unpacked(package, program):
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (PLACE / program).exists():
            subprocess.run(["apt-get", "-q", "download", package], cwd=PLACE, check=True, stdout=subprocess.DEVNULL)
            for deb in PLACE.glob(f"{package}_*.deb"):
                subprocess.run(["dpkg", "-x", deb, PLACE], check=True)
                deb.unlink()
    return PLACE / program


def promtool():
    """Debian 13 has it as a package of its own."""
    known = subprocess.run(["apt-cache", "show", "promtool"], capture_output=True).returncode == 0
    return unpacked("promtool" if known else "prometheus", "usr/bin/promtool")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def fetch(url):
    with urllib.request.urlopen(url, timeout=5) as reply:
        return reply.read().decode()


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := condition():
                return found
        except OSError:
            pass
        time.sleep(0.2)
    return None


def names_in(text):
    """The figures that a rule or a panel asks for, by their families: a histogram's parts are of one."""
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"\b((?:kaomon|process)_\w+)", text)}


class Rules(unittest.TestCase):
    def test_are_sound_and_fire_on_what_they_are_for(self):
        with tempfile.TemporaryDirectory() as folder:
            cases = pathlib.Path(folder) / "cases.yml"
            here = pathlib.Path(__file__).with_name("kaomon.rules.test.yml")
            cases.write_text(here.read_text().replace("RULES", str(RULES)))
            for command in (["check", "rules", RULES], ["test", "rules", cases]):
                done = subprocess.run([promtool(), *command], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_has_a_case(self):
        alerts = set(re.findall(r"alert: (\w+)", RULES.read_text()))
        cases = set(re.findall(r"alertname: (\w+)", pathlib.Path(__file__).with_name("kaomon.rules.test.yml").read_text()))
        self.assertEqual(alerts, cases)


class Watched(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory()
        self.addCleanup(self.held.cleanup)
        self.folder = pathlib.Path(self.held.name)
        (self.folder / "trust.d").mkdir()
        (self.folder / "textfiles").mkdir()
        self.socket = self.folder / "kaomon.sock"
        settings = self.folder / "kaomond.toml"
        settings.write_text(f"""
[socket]
path = "{self.socket}"
[card]
trust_store = "{self.folder}/trust.d"
[camera]
source = "simulated"
stills = ["{SOURCE}/models/demo/obama.jpg"]
[face]
models = "{SOURCE}/models"
[photo]
worker = "{PROGRAMS}/kaomon-photo"
[result]
key = "{self.folder}/key.pem"
issuer = "clinic \\"A\\""
[audit]
file = "{self.folder}/audit.jsonl"
""")
        os.chmod(settings, 0o600)
        os.umask(0o022)
        self.daemon = self.start(PROGRAMS / "kaomond", "--config", settings)
        self.assertTrue(until(lambda: self.ctl("status").returncode == 0), "kaomond does not come up")

    def start(self, *command):
        log = open(self.folder / (pathlib.Path(command[0]).name + ".log"), "w")
        self.addCleanup(log.close)
        process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)
        self.addCleanup(lambda: (process.kill(), process.wait()))
        return process

    def ctl(self, *command):
        return subprocess.run([PROGRAMS / "kaomonctl", "--socket", self.socket, *command], capture_output=True, text=True)

    def collect(self):
        return self.ctl("metrics", "--file", str(self.folder / "textfiles/kaomon.prom"))

    def test_figures_are_what_prometheus_calls_good(self):
        text = self.ctl("metrics").stdout
        self.assertIn('issuer="clinic \\"A\\""', text)
        checked = subprocess.run([promtool(), "check", "metrics"], input=text, capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_rules_and_panels_ask_for_what_there_is(self):
        there = set(re.findall(r"^# TYPE (\w+) ", self.ctl("metrics").stdout, re.M)) | OPTIONAL
        dashboard = json.loads(DASHBOARD.read_text())
        asked = "\n".join(target["expr"] for panel in dashboard["panels"] for target in panel["targets"])
        asked += "\n".join(re.findall(r"^ +(?:expr:|sum|>).*$", RULES.read_text(), re.M))
        self.assertEqual(names_in(asked) - there, set())

    def test_an_alert_fires_when_the_daemon_is_gone(self):
        exporter, server = free_port(), free_port()
        config = self.folder / "prometheus.yml"
        now = RULES.read_text().replace("for: 2m", "for: 1s")
        (self.folder / "rules.yml").write_text(now)
        config.write_text(f"""
global: {{ scrape_interval: 1s, evaluation_interval: 1s }}
rule_files: ["{self.folder}/rules.yml"]
scrape_configs:
  - job_name: desks
    static_configs: [{{ targets: ["127.0.0.1:{exporter}"] }}]
""")
        self.assertEqual(self.collect().returncode, 0)
        self.start(unpacked("prometheus-node-exporter", "usr/bin/prometheus-node-exporter"), f"--web.listen-address=127.0.0.1:{exporter}",
                   "--collector.disable-defaults", "--collector.textfile", f"--collector.textfile.directory={self.folder}/textfiles")
        self.start(unpacked("prometheus", "usr/bin/prometheus"), f"--config.file={config}",
                   f"--storage.tsdb.path={self.folder}/data", f"--web.listen-address=127.0.0.1:{server}")
        api = f"http://127.0.0.1:{server}/api/v1"

        def value():
            found = json.loads(fetch(f"{api}/query?query=kaomon_up"))["data"]["result"]
            return found and found[0]["value"][1]

        def firing():
            return {one["labels"]["alertname"] for one in json.loads(fetch(f"{api}/alerts"))["data"]["alerts"]
                    if one["state"] == "firing"}

        self.assertEqual(until(value), "1", "the figures of a daemon that runs arrive")
        self.assertNotIn("KaomonDown", firing())
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(10)
        gone = self.collect()
        self.assertEqual(gone.returncode, 4, gone.stderr)
        self.assertTrue(until(lambda: "KaomonDown" in firing()), "KaomonDown fires")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
