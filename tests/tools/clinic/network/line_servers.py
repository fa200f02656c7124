"""Two network namespaces, and real servers in the one of the line. Names end with this process's id; nothing leaves them."""
import os
import pathlib
import signal
import subprocess
import time

LINE, CLINIC = f"kmn-line-{os.getpid()}", f"kmn-clinic-{os.getpid()}"
SERVER4, SERVER6 = "10.77.0.1", "fd77::1"


def run(*command, check=True, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()}")
    return done


def inside(namespace, *command, **options):
    return run("ip", "netns", "exec", namespace, *command, **options)


class Servers:
    """What runs in the namespace `line`; each can be stopped and started with other settings."""

    def __init__(self, folder):
        self.folder, self.running = folder, {}

    def start(self, name, *command, ready=None):
        with open(self.folder / f"{name}.log", "w") as log:
            self.running[name] = subprocess.Popen(["ip", "netns", "exec", LINE, *command], stdout=log, stderr=log,
                                                  start_new_session=True)
        until = time.time() + 20
        while ready is not None and not ready():
            if time.time() > until or self.running[name].poll() is not None:
                raise RuntimeError(f"{name} does not start: {(self.folder / f'{name}.log').read_text()}")
            time.sleep(0.05)

    def stop(self, name):
        process = self.running.pop(name, None)
        if process is not None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # ended by itself
            process.wait()

    def listens(self, protocol, port):
        return f":{port} " in inside(LINE, "ss", f"-Hl{protocol}n").stdout

    def dns(self, *options, longest=4096, names=("hweb.line.test", "proxy.line.test", "ntp.line.test")):
        self.stop("dns")
        records = [f"--host-record={name},{SERVER4},{SERVER6}" for name in names]
        self.start("dns", "dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=",
                   "--user=root", f"--edns-packet-max={longest}", f"--listen-address={SERVER4},{SERVER6}", "--bind-interfaces", "--local=/test/",
                   f"--host-record=web6.line.test,{SERVER6}", *records, *options, ready=lambda: self.listens("u", 53))

    def ntp(self, fake=None):
        self.stop("ntp")
        (self.folder / "chrony.pid").unlink(missing_ok=True)
        (self.folder / "chrony.conf").write_text(
            f"local stratum 3\nallow all\ncmdport 0\nbindcmdaddress /\npidfile {self.folder}/chrony.pid\n")
        command = ["chronyd", "-x", "-d", "-u", "root", "-f", str(self.folder / "chrony.conf")]
        fakes = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
        shifted = ["env", f"LD_PRELOAD={fakes}", f"FAKETIME={fake}"] if fake else []
        self.start("ntp", *shifted, *command, ready=lambda: self.listens("u", 123))

    def proxy(self, *lines, port=8888):
        self.stop("proxy")
        (self.folder / "tinyproxy.conf").write_text("\n".join([f"Port {port}", "Timeout 5", "MaxClients 10", "ConnectPort 443", *lines]) + "\n")
        self.start("proxy", "tinyproxy", "-d", "-c", str(self.folder / "tinyproxy.conf"), ready=lambda: self.listens("t", port))

    def web(self):
        self.stop("web")
        self.start("web", "/usr/bin/python3", "-c",
                   "import socket\ns = socket.create_server(('::', 443), family=socket.AF_INET6, dualstack_ipv6=True)\n"
                   "while True: s.accept()", ready=lambda: self.listens("t", 443))
