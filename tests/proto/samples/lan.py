"""kaomon-gateway itself before a desk, open to the LAN, and computers that are paired with it as README.md of the samples says."""
import json
import os
import pathlib
import re
import socket
import subprocess

import virtual_reader
from languages import SAMPLES
from simulated_desk import STAFF, WAIT, until


class Gateway:
    """Serves `desk` at `address`. Restarted it is found where it was."""

    def __init__(self, desk):
        self.desk, self.folder = desk, desk.folder / "gateway"
        self.folder.mkdir(mode=0o700)
        port = virtual_reader.free_port_pair()
        self.address, self.page = f"127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        self.configuration = self.folder / "gateway.toml"
        self.configuration.write_text(f"""
port = {port + 1}
lan_listen = "{self.address}"
socket = "{desk.socket}"
pages = "{SAMPLES.parents[1]}/daemon/gateway/pages"
state = "{self.folder}"
run = "{self.folder}"
""", encoding="utf-8")
        self.start()

    def start(self):
        self.desk.start("gateway", self.desk.programs / "kaomon-gateway", "--config", self.configuration)
        self.process = self.desk.processes[-1]
        until("kaomon-gateway", lambda: socket.socket().connect_ex(("127.0.0.1", int(self.address.split(":")[1]))) == 0)
