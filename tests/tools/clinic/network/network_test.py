"""kaomon-clinic network against real servers from Debian, in network namespaces, with every fault made once.

usage: network_test.py KAOMON-CLINIC EXPECTATIONS.TOML
Two namespaces joined by a veth pair: `line` with dnsmasq, chrony, tinyproxy and a listener, `clinic` with the program.
Nothing leaves them. Needs root (namespaces); without it the test fails and says so.
"""
import json
import pathlib
import sys
import tomllib
import unittest

from line import EXPECT, LineTest
from line_servers import CLINIC, LINE, SERVER4, SERVER6, inside

CTL, EXPECTATIONS = sys.argv[1:3]


def ping_without_privileges(groups):
    """Who may. Containers mount /proc/sys read-only; the mounts of `ip netns exec` are its own."""
    inside(CLINIC, "sh", "-c", f"mount -o remount,rw,bind /proc/sys 2>/dev/null; sysctl -qw 'net.ipv4.ping_group_range={groups}'")


class Line(LineTest):
    def test_a_line_as_it_should_be(self):
        checks = self.check(code=0)
        self.assertEqual({check["state"] for check in checks}, {"good"}, checks)
        self.assertEqual([check["check"] for check in checks],
                         ["link", "ipv4", "ipv6", "dns", "dns", "name", "name", "host", "proxy", "clock", "mtu"])
        page = (self.folder / "clinic/network.html").read_text()
        self.assertIn("試験の回線", page)

    def test_every_built_in_line_as_it_should_be(self):
        for name, line in tomllib.loads(pathlib.Path(EXPECTATIONS).read_text()).items():
            with self.subTest(line=name):
                self.clinic_addresses(ipv4="ipv4" in line["families"], ipv6="ipv6" in line["families"])
                for server in line["dns"]:  # the carrier's own, on this side of the line
                    inside(LINE, "ip", "address", "add", f"{server}/128", "dev", "down0", "nodad", check=False)
                self.servers.dns(f"--address=/#/{SERVER4}", f"--address=/#/{SERVER6}",
                                 *[f"--listen-address={server}" for server in line["dns"]])
                self.servers.proxy(port=int(line["proxy"].split()[1]))
                ended = inside(CLINIC, CTL, "--folder", str(self.folder / "clinic"), "network", "--line", name, "--json",
                               "--patience", "400", check=False)
                self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
                seen = [check["name"] for check in json.loads(ended.stdout)["checks"]]
                for told in (*line["names"], *line["hosts"]):
                    self.assertIn(told, seen)

    def test_no_link(self):
        inside(LINE, "ip", "link", "set", "down0", "down")
        try:
            self.wait_for_link("DOWN")
            checks = self.check()
        finally:
            inside(LINE, "ip", "link", "set", "down0", "up")
            inside(LINE, "ip", "address", "add", f"{SERVER6}/64", "dev", "down0", "nodad", check=False)
        self.assertEqual(self.states(checks, "link"), ["failed"])
        self.assertIn("つながっていません: up0", checks[0]["seen"])

    def test_no_address_at_all(self):
        self.clinic_addresses(ipv4=False, ipv6=False)
        checks = self.check()
        self.assertEqual(self.states(checks, "link"), ["good"])
        self.assertEqual(self.states(checks, "ipv4") + self.states(checks, "ipv6"), ["failed", "failed"])

    def test_one_family_is_missing(self):
        self.clinic_addresses(ipv6=False)
        bad = self.only_bad(self.check(), "ipv6", "dns")
        self.assertIn("IPoE", bad[0]["ask"])
        self.assertEqual([check["name"] for check in bad[1:]], ["DNSサーバー fd77::1"])

    def test_no_default_route(self):
        inside(CLINIC, "ip", "route", "delete", "default")
        bad = self.only_bad(self.check(), "ipv4")
        self.assertEqual(bad[0]["state"], "attention")

    def test_dns_is_dead(self):
        self.servers.stop("dns")
        checks = self.check()
        self.assertEqual(set(self.states(checks, "dns")), {"failed"})
        self.assertIn("相手が断りました", checks[3]["seen"])
        self.assertEqual(set(self.states(checks, "name")), {"failed"})

    def test_dns_is_filtered(self):
        self.drop("udp dport 53 drop")
        self.assertIn("返事がありません", self.check()[3]["seen"])

    def test_a_closed_network_is_not_called_failed_from_outside(self):
        self.drop("udp dport 53 drop")
        checks = self.check(expect=EXPECT + "closed = true\n")
        for word in ("dns", "name", "host", "proxy", "clock", "mtu"):
            self.assertEqual(set(self.states(checks, word)), {"not_checkable"}, word)

    def test_a_computer_that_knows_none_of_the_closed_networks_names_is_outside_it(self):
        closed = EXPECT.replace('dns = ["fd77::1", "10.77.0.1"]', "dns = []").replace(".line.test", ".elsewhere.test") + "closed = true\n"
        checks = self.check(expect=closed)
        for word in ("name", "host", "proxy", "clock", "mtu"):
            self.assertEqual(set(self.states(checks, word)), {"not_checkable"}, word)
        self.assertEqual(self.states(checks, "dns"), ["good"])
        self.assertEqual([check["ask"] for check in checks if check["ask"]], [], "nothing to reproach the carrier with")
        one_known = closed.replace("hweb.elsewhere.test\", \"web6", "hweb.line.test\", \"web6")
        self.assertEqual(self.states(self.check(expect=one_known), "name"), ["good", "failed"])

    def test_dns_refuses(self):
        self.servers.stop("dns")
        self.servers.start("dns", "dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=",
                           "--user=root", f"--listen-address={SERVER4},{SERVER6}", "--bind-interfaces",
                           ready=lambda: self.servers.listens("u", 53))
        checks = self.check()
        self.assertEqual({check["seen"] for check in checks if check["check"] == "dns"}, {"断られました"})

    def odd_dns(self, mode, address=SERVER4):
        self.servers.stop("dns")
        self.servers.start("dns", "/usr/bin/python3", "-B", str(pathlib.Path(__file__).with_name("odd_dns.py")), address, mode, SERVER4,
                           ready=lambda: self.servers.listens("u", 53))

    ODD = EXPECT.replace('["fd77::1", "10.77.0.1"]', '["10.77.0.1"]').replace(', "web6.line.test"', "").replace("answer_limit = 500",
                                                                                                       "answer_limit = 2000")

    def test_a_dns_server_without_edns_is_good(self):
        ping_without_privileges("1 0")
        for mode in ("formerr", "header", "notimp", "servfail", "refused", "badvers", "drop", "ignore"):
            with self.subTest(mode=mode):
                self.odd_dns(mode)
                checks = self.check(expect=self.ODD)  # 7: the packet size was not looked at
                by = {check["check"]: check for check in checks}
                self.assertEqual(by["dns"]["state"], "good", by["dns"])
                self.assertIn("EDNSなし", by["dns"]["seen"])
                self.assertEqual((by["name"]["state"], by["name"]["seen"]), ("good", SERVER4))
                self.assertEqual(by["mtu"]["state"], "not_checkable", by["mtu"])
                self.assertEqual([check["ask"] for check in checks if check["ask"]], [], "nothing to reproach anybody with")

    def test_a_cut_answer_comes_over_tcp(self):
        self.odd_dns("cut")
        by = {check["check"]: check for check in self.check(expect=self.ODD)}
        self.assertEqual((by["dns"]["state"], by["name"]["seen"]), ("good", SERVER4))
        self.odd_dns("cut-only")
        by = {check["check"]: check for check in self.check(expect=self.ODD)}
        self.assertIn("TCP", by["dns"]["ask"])

    def test_a_dns_server_that_fails_is_not_said_to_refuse(self):
        self.odd_dns("broken")
        by = {check["check"]: check for check in self.check(expect=self.ODD)}
        self.assertEqual(by["dns"]["state"], "failed")
        self.assertIn("SERVFAIL", by["dns"]["seen"])
        self.assertNotIn("最新ですか", by["name"]["ask"])

    def test_a_link_local_dns_server_is_asked_through_its_interface(self):
        inside(LINE, "ip", "address", "replace", "fe80::53/64", "dev", "down0", "nodad")
        inside(CLINIC, "ip", "address", "replace", "fe80::2/64", "dev", "up0", "nodad")
        self.odd_dns("ignore", "fe80::53%down0")
        for server, state in (("fe80::53%up0", "good"), ("fe80::53%lo", "failed"), ("fe80::53%nothere0", "failed"), ("fe80::53", "failed")):
            checks = self.check(expect=self.ODD.replace("10.77.0.1", server))
            seen = [check for check in checks if check["check"] == "dns"][0]
            self.assertEqual(seen["state"], state, (server, seen))
            self.assertNotIn("送れません", seen["seen"])

    def test_a_name_is_missing(self):
        self.servers.dns(names=("proxy.line.test", "ntp.line.test", "other.line.test"))
        checks = self.check()
        name = [check for check in checks if check["check"] == "name"][0]
        self.assertEqual((name["state"], name["seen"]), ("failed", "この名前はないと言われました"))
        self.assertEqual(self.states(checks, "host"), ["failed"])

    def test_a_name_of_the_wrong_family(self):
        checks = self.check(expect=EXPECT.replace('"ipv4", "ipv6"', '"ipv4"'))
        wrong = [check for check in checks if check["name"] == "web6.line.test"][0]
        self.assertEqual(wrong["state"], "failed")
        self.assertIn("使えない種類", wrong["seen"])

    def test_a_port_is_closed(self):
        self.servers.stop("web")
        bad = self.only_bad(self.check(), "host", "proxy")
        self.assertIn("相手が断りました", bad[0]["seen"])

    def test_a_port_is_filtered(self):
        self.drop("tcp dport 443 iifname down0 drop")
        bad = self.only_bad(self.check(), "host")
        self.assertIn("返事がありません", bad[0]["seen"])

    def test_the_proxy_is_dead(self):
        self.servers.stop("proxy")
        self.assertIn("相手が断りました", self.only_bad(self.check(), "proxy")[0]["seen"])

    def test_the_proxy_refuses(self):
        self.servers.proxy("Allow 127.0.0.1")
        bad = self.only_bad(self.check(), "proxy")
        self.assertIn("403", bad[0]["seen"])
        self.servers.proxy("BasicAuth desk secret")
        bad = self.only_bad(self.check(), "proxy")
        self.assertIn("407", bad[0]["seen"])
        self.assertIn("認証", bad[0]["ask"])

    def test_something_else_stands_at_the_proxys_port(self):
        self.servers.stop("proxy")
        self.servers.start("proxy", "/usr/bin/python3", "-c",
                           "import socket\ns = socket.create_server(('::', 8888), family=socket.AF_INET6, dualstack_ipv6=True)\n"
                           "while True:\n c = s.accept()[0]; c.sendall(b'SSH-2.0-x\\r\\n'); c.close()",
                           ready=lambda: self.servers.listens("t", 8888))
        self.assertEqual(self.states(self.check(), "proxy"), ["failed"])

    def test_the_clock_is_a_year_off(self):
        self.servers.ntp(fake="+366d")
        bad = self.only_bad(self.check(), "clock")
        self.assertRegex(bad[0]["seen"], "36[56]日遅れています")
        self.assertIn("時計を合わせて", bad[0]["ask"])

    def test_the_time_server_is_dead(self):
        self.servers.stop("ntp")
        self.assertIn("相手が断りました", self.only_bad(self.check(), "clock")[0]["seen"])

    def test_large_packets_vanish(self):
        self.drop("meta length > 1300 drop")
        self.assertIn("MSS", self.only_bad(self.check(), "mtu")[0]["ask"])

    def test_a_dns_server_that_takes_short_questions_only_is_no_fault_of_the_line(self):
        self.servers.dns(longest=1232)
        bad = self.only_bad(self.check(), "mtu")
        self.assertEqual(bad[0]["state"], "attention")
        ping_without_privileges("0 0")  # as on most desktops
        try:
            self.assertIn("1500", self.check(code=0)[-1]["seen"])
            self.drop("meta length > 1300 drop")
            self.assertEqual(self.only_bad(self.check(), "mtu")[0]["state"], "failed")
        finally:
            ping_without_privileges("1 0")

    def test_the_largest_packet_is_found(self):
        self.drop("meta length > 1454 drop")
        size = int(self.check(code=0)[-1]["seen"].split("バイト")[0])
        self.assertEqual(size, 1454)
        self.drop("meta length > 1430 drop")
        size = int(self.check(code=0)[-1]["seen"].split("バイト")[0])
        self.assertTrue(1414 <= size <= 1430, size)

    def test_answers_are_slow(self):
        self.servers.stop("dns")
        # a relay that waits before it hands a question on to the DNS server
        self.servers.start("dns", "/usr/bin/python3", "-c", f"""
import socket, subprocess, time
subprocess.Popen(['dnsmasq', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--port=5353',
                  '--keep-in-foreground', '--listen-address=127.0.0.1', '--bind-interfaces', '--local=/test/',
                  '--host-record=hweb.line.test,{SERVER4}', '--host-record=web6.line.test,{SERVER6}',
                  '--host-record=proxy.line.test,{SERVER4}', '--host-record=ntp.line.test,{SERVER4}'])
time.sleep(0.5)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('{SERVER4}', 53))
while True:
    data, who = s.recvfrom(5000)
    up = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); up.sendto(data, ('127.0.0.1', 5353)); up.settimeout(2)
    answer = up.recv(5000); time.sleep(0.12); s.sendto(answer, who)
""", ready=lambda: self.servers.listens("u", 53))
        slow = EXPECT.replace("answer_limit = 500", "answer_limit = 100").replace('"fd77::1", ', "")
        checks = self.check(expect=slow)
        self.assertEqual(self.states(checks, "dns"), ["attention"])

    def test_bad_words_end_in_a_sentence(self):
        for expect, word in (("x", "期待値のファイルを読めません"), ("[a]\ndns = [\"nowhere\"]\n", "is no address")):
            (self.folder / "bad.toml").write_text(expect)
            ended = inside(CLINIC, CTL, "--folder", str(self.folder / "clinic"), "network", "--expect", str(self.folder / "bad.toml"), check=False)
            self.assertEqual(ended.returncode, 3)
            self.assertIn(word, ended.stderr)
        ended = inside(CLINIC, CTL, "--folder", str(self.folder / "new"), "network", check=False)
        self.assertEqual(ended.returncode, 3)
        self.assertIn("--line で選んでください", ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
