"""kaomon-gateway itself before a desk, open to the LAN, and computers that are paired with it as the samples' README.md says."""
import contextlib
import functools
import json
import os
import re
import shutil
import socket
import subprocess
import threading

import simulated_desk
import virtual_reader
from languages import SAMPLES
from simulated_desk import WAIT, until

PAIRING, FOR_MONO = (re.search(f"```\n({first}.*?)```", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.S)[1]
                     for first in ("gateway=", "openssl pkcs12"))


class Desk(simulated_desk.Desk):
    """One that lets a gateway in."""

    def configure(self):
        super().configure()
        file = self.folder / "kaomond.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("[card]", f'gateway_user = "{os.geteuid()}"\n[card]', 1), encoding="utf-8")


class Relay:
    """What comes to a port of 127.0.0.1 goes to the same of 127.0.0.2, until the connections are cut."""

    def __init__(self, port):
        self.port, self.open = port, []
        self.server = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                near, _ = self.server.accept()
                threading.Thread(target=self.join, args=(near,), daemon=True).start()

    def join(self, near):
        with near, socket.create_connection(("127.0.0.2", self.port)) as far:
            self.open += [near, far]
            back = threading.Thread(target=self.carry, args=(far, near), daemon=True)
            back.start()
            self.carry(near, far)
            back.join()

    @staticmethod
    def carry(source, to):
        with contextlib.suppress(OSError):
            while some := source.recv(65536):
                to.sendall(some)
        with contextlib.suppress(OSError):
            to.shutdown(socket.SHUT_RDWR)

    def cut(self):
        for one in self.open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.cut()


class Gateway:
    """Computers of the LAN find it at `address`, pages of this computer at `page`; kaomond is at `to`."""

    def __init__(self, desk, to, tls12):
        self.desk, self.folder = desk, desk.folder / "gateway"
        self.folder.mkdir(mode=0o700)
        port = virtual_reader.free_port_pair()
        self.address, self.page = f"127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        pages = self.folder / "pages"
        shutil.copytree(SAMPLES.parents[1] / "daemon/gateway/pages", pages)
        for file in ("verify.html", "verify_page.mjs"):
            shutil.copy(SAMPLES / file, pages / "assets")
        self.configuration = self.folder / "gateway.toml"
        self.configuration.write_text(f"""
port = {port + 1}
lan_listen = "127.0.0.2:{port}"
lan_names = ["127.0.0.1"]
tls12 = {str(tls12).lower()}
socket = "{to}"
pages = "{pages}"
state = "{self.folder}"
run = "{self.folder}"
""", encoding="utf-8")
        desk.start("gateway", desk.programs / "kaomon-gateway", "--config", self.configuration)
        process = desk.processes[-1]
        until("kaomon-gateway", lambda: self.listens(port) or process.poll() is not None)
        if process.poll() is not None:
            raise RuntimeError((desk.folder / "gateway.log").read_text())
        self.relay = Relay(port)
        self.close = self.relay.close

    @staticmethod
    def listens(port):
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.2", port)) == 0

    def token(self):
        return (self.folder / "staff.token").read_text(encoding="ascii").strip()

    def ask(self, *words):
        return subprocess.run([self.desk.programs / "kaomonctl", "gateway", *words, "--gateway-config", self.configuration, "--json"],
                              check=True, capture_output=True, timeout=WAIT).stdout

    @functools.cache
    def pair(self, name):
        """The folder where authority.pem, certificate.pem and key.pem of that computer are; certificate.p12 for Mono."""
        folder = self.desk.folder / name
        folder.mkdir()
        code = json.loads(self.ask("pair", "--name", name, "--no-service"))["code"]
        commands = re.sub("^gateway=.*", f"gateway={self.address}", PAIRING)
        self.run(commands + FOR_MONO, folder, code + "\n")
        return folder

    @staticmethod
    def run(commands, folder, typed=""):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], input=typed, text=True, cwd=folder, timeout=WAIT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            raise RuntimeError(done.stdout)

    def revoke(self, name):
        self.ask("revoke", name)

    def unusable(self, name, how):
        """Such a folder, with a certificate that is made by openssl as told."""
        folder = self.desk.folder / name
        folder.mkdir()
        self.run(f"""openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 -keyout key.pem -out request.pem
openssl x509 -req -in request.pem {how} -out certificate.pem
cp certificate.pem authority.pem
{FOR_MONO}""", folder)
        return folder

    def strange(self):
        """Nobody here signed it."""
        return self.unusable("strange", "-key key.pem -days 30")

    def expired(self):
        return self.unusable("expired", f"-CA {self.folder}/authority.pem -CAkey {self.folder}/authority.key -days 0")
