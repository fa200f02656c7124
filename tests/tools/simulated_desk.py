"""A whole simulated desk: pcscd with a virtual reader, a simulated card, a camera of stills, kaomond."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import virtual_reader

SOURCE = pathlib.Path(__file__).resolve().parents[2]

WAIT = 60  # seconds, generous: the machine may be busy
STAFF, AUDIENCE = "hanako.s", "mihon-reception"


def until(what, condition):
    end = time.monotonic() + WAIT
    while not (found := condition()):
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.02)
    return found


class Desk:
    screen = ("screen", "headless", "--no-light", "--person")  # who tells the person before the camera what is asked

    def __init__(self, programs):
        self.programs = pathlib.Path(programs)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kaomon-desk-"))
        self.socket = self.folder / "kaomon.sock"
        self.processes = []
        try:
            self.begin()
        except BaseException:
            self.close()
            raise

    def begin(self):
        os.umask(0o22)  # what others can change the daemon does not take
        port = virtual_reader.free_port_pair()
        self.environment = {**os.environ, "PCSCLITE_CSOCK_NAME": str(self.folder / "pcscd.comm")}
        self.start("pcscd", *virtual_reader.pcscd(self.folder, "Desk PCD", port))
        photos = SOURCE / "models/demo"
        said = subprocess.run([self.programs / "kaomon-simcard", "issue", "--portrait", photos / "obama.jpg", "--out",
                               self.folder / "card", "--json"], check=True, capture_output=True, timeout=WAIT).stdout
        card = json.loads(said)
        self.number, self.pin = card["access_number"], card["pin"]
        (self.folder / "trust.d").mkdir()
        shutil.copy(card["trust"], self.folder / "trust.d/card.toml")
        shutil.copy(card["jpki_ca"], self.folder / "trust.d/card.pem")
        self.configure()
        self.start("kaomond", self.programs / "kaomond", "--config", self.folder / "kaomond.toml")
        until("kaomond", self.answers)
        # Whoever is before the camera does what the patient's screen asks for.
        self.start("screen", self.programs / "kaomonctl", "--socket", self.socket, *self.screen, self.folder / "camera.fault")
        self.start("card", self.programs / "kaomon-simcard", "serve", "--card", self.folder / "card", "--port", str(port),
                   "--fault", self.folder / "card.fault")
        until("the card", self.card_lies_there)

    def configure(self):
        self.keys = self.folder / "keys.json"
        (self.folder / "kaomond.toml").write_text(f"""
[socket]
path = "{self.socket}"
staff_users = ["{os.geteuid()}:{STAFF}"]
audiences = ["{os.geteuid()}:{AUDIENCE}"]
[card]
trust_store = "{self.folder}/trust.d"
[camera]
source = "simulated"
stills = ["{SOURCE}/models/demo/obama2.jpg#eyes=251,370,374,384"]
presentation = "live"
fault = "{self.folder}/camera.fault"
[face]
models = "{SOURCE}/models"
[photo]
worker = "{self.programs}/kaomon-photo"
budget_ms = 2000
[result]
key = "{self.folder}/key.pem"
[audit]
file = "{self.folder}/audit.jsonl"
""", encoding="utf-8")

    def start(self, name, *command):
        with open(self.folder / f"{name}.log", "wb") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment))

    def call(self, method, parameters=None):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(WAIT)
            connection.connect(str(self.socket))
            connection.sendall(json.dumps({"method": method, "parameters": parameters or {}}).encode() + b"\0")
            received = b""
            while not received.endswith(b"\0"):
                received += connection.recv(65536) or b"\0"
        return json.loads(received.strip(b"\0"))

    def answers(self):
        try:
            self.keys.write_text(json.dumps(self.call("org.kaomon.Device.GetKeys")["parameters"]))
            return True
        except OSError:
            if self.processes[-1].poll() is not None:
                raise RuntimeError((self.folder / "kaomond.log").read_text()) from None
            return False

    def status(self):
        return self.call("org.kaomon.Device.Watch")["parameters"]["status"]

    def card_lies_there(self):
        return self.status()["card_present"]

    def lift_card(self):
        """Lifted, and put down again."""
        for line in ("pull", "insert"):
            (self.folder / "card.fault").write_text(line + "\n", encoding="ascii")
            until(line, lambda: self.card_lies_there() == (line == "insert"))

    def tries(self):
        """Left of verification number B and of the PIN, as the card itself has them."""
        said = subprocess.run([self.programs / "kaomon-simcard", "show", "--card", self.folder / "card", "--json"], check=True,
                              capture_output=True, timeout=WAIT).stdout
        secrets = json.loads(said)["secrets"]
        return secrets["access_number"]["tries_left"], secrets["sign_in_pin"]["tries_left"]

    def close(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
