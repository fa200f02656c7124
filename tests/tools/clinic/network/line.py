"""The line of a clinic: two network namespaces joined by a veth pair, servers in one of them, kaomon-clinic in the other."""
import json
import os
import pathlib
import sys
import tempfile
import time
import unittest

from line_servers import CLINIC, LINE, SERVER4, SERVER6, Servers, inside, run

CTL = sys.argv[1]
EXPECT = """
[test]
name = "試験の回線"
families = ["ipv4", "ipv6"]
dns = ["fd77::1", "10.77.0.1"]
names = ["hweb.line.test", "web6.line.test"]
hosts = ["hweb.line.test 443"]
proxy = "proxy.line.test 8888"
proxy_target = "hweb.line.test 443"
ntp = "ntp.line.test"
clock_limit = 1
answer_limit = 500
mtu_limit = 1400
source = "試験"
seen = 2026-11-24
"""


class LineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise RuntimeError("network namespaces need root: run the tests as root")
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        (cls.folder / "expect.toml").write_text(EXPECT)
        for namespace in (LINE, CLINIC):
            run("ip", "netns", "add", namespace)
            inside(namespace, "ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "up0", "netns", CLINIC, "type", "veth", "peer", "name", "down0", "netns", LINE)
        inside(LINE, "ip", "link", "set", "down0", "up")
        inside(LINE, "ip", "address", "add", f"{SERVER4}/24", "dev", "down0")
        inside(LINE, "ip", "address", "add", f"{SERVER6}/64", "dev", "down0", "nodad")
        # chrony answers over both families; names of the proxy resolve in its own namespace
        for namespace in (LINE, CLINIC):
            os.makedirs(f"/etc/netns/{namespace}", exist_ok=True)
            pathlib.Path(f"/etc/netns/{namespace}/resolv.conf").write_text(f"nameserver {SERVER4}\n")
        cls.servers = Servers(cls.folder)

    @classmethod
    def tearDownClass(cls):
        for name in list(cls.servers.running):
            cls.servers.stop(name)
        for namespace in (LINE, CLINIC):
            run("ip", "netns", "delete", namespace, check=False)
            run("rm", "-rf", f"/etc/netns/{namespace}")
        cls.place.cleanup()

    def setUp(self):
        """The line as it should be."""
        inside(CLINIC, "nft", "flush", "ruleset")
        inside(LINE, "nft", "flush", "ruleset")
        self.clinic_addresses()
        for server in (self.servers.dns, self.servers.ntp, self.servers.proxy, self.servers.web):
            server()

    def clinic_addresses(self, ipv4=True, ipv6=True):
        inside(CLINIC, "ip", "link", "set", "up0", "down")
        inside(CLINIC, "ip", "address", "flush", "dev", "up0")
        inside(CLINIC, "ip", "link", "set", "up0", "up")
        self.wait_for_link("UP")
        if ipv4:
            inside(CLINIC, "ip", "address", "add", "10.77.0.2/24", "dev", "up0")
            inside(CLINIC, "ip", "route", "replace", "default", "via", SERVER4)
        if ipv6:
            inside(CLINIC, "ip", "address", "add", "fd77::2/64", "dev", "up0", "nodad")
            inside(CLINIC, "ip", "-6", "route", "replace", "default", "via", SERVER6)

    def wait_for_link(self, state):
        until = time.time() + 10  # the kernel tells of a carrier up to a second later
        while "up0@" not in (told := inside(CLINIC, "ip", "-br", "link", "show", "up0").stdout) or told.split()[1] != state:
            self.assertLess(time.time(), until, told)
            time.sleep(0.05)

    def drop(self, rule):
        inside(LINE, "nft", "add table inet fault; add chain inet fault in { type filter hook input priority 0; }; "
                           f"add rule inet fault in {rule}")

    def check(self, code=7, expect=None):
        if expect is not None:
            (self.folder / "expect.toml").write_text(expect)
        ended = inside(CLINIC, CTL, "--folder", str(self.folder / "clinic"), "network", "--json", "--patience", "1000",
                       "--expect", str(self.folder / "expect.toml"), check=False)
        (self.folder / "expect.toml").write_text(EXPECT)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return json.loads(ended.stdout)["checks"]

    def states(self, checks, word):
        return [check["state"] for check in checks if check["check"] == word]

    def only_bad(self, checks, *words):
        """Everything but these is good, and every one of these is told with what to ask."""
        for check in checks:
            if check["check"] in words:
                continue
            self.assertEqual(check["state"], "good", check)
        bad = [check for check in checks if check["state"] != "good"]
        self.assertTrue(bad)
        for check in bad:
            self.assertTrue(check["ask"], check)
        return bad
