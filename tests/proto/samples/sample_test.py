"""A sample of proto/samples, run against a simulated desk: every turn that a visit takes.

usage: sample_test.py LANGUAGE PROGRAMS BUILD-TREE [UNITTEST OPTION...]
"""
import functools
import json
import os
import pathlib
import secrets
import socket
import sys
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[2] / "tools")]
import languages  # noqa: E402
import page  # noqa: E402
from lan import Desk, Gateway  # noqa: E402
from line import Line  # noqa: E402
from sample import Sample  # noqa: E402
from simulated_desk import AUDIENCE, STAFF, until  # noqa: E402

LANGUAGE, PROGRAMS, BUILD = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
VERIFIED, NOT_VERIFIED, UNDECIDED, USAGE, UNREACHABLE, RESULT_INVALID, REFUSED = range(7)


@functools.cache
def desk():
    made = Desk(PROGRAMS)
    unittest.addModuleCleanup(made.close)
    return made


@functools.cache
def browser():
    opened = page.open_browser(desk().folder / "browser")
    unittest.addModuleCleanup(opened.quit)
    return opened


class Case(unittest.TestCase):
    def setUp(self):
        self.tries = self.desk.tries()

    def tearDown(self):
        self.assertEqual(self.desk.tries(), self.tries, "a try was spent")

    def run_there(self, *options):
        if LANGUAGE == "page":
            sample = page.Page(browser(), options)
        else:
            environment = {**os.environ, "LANG": "C.UTF-8", "NODE_PATH": "/usr/share/nodejs"}  # Debian's
            sample = Sample([str(word) for word in [*self.command, *options]], environment)
        self.addCleanup(sample.close)
        return sample


@unittest.skipIf(languages.missing(LANGUAGE), languages.missing(LANGUAGE))
class Visit(Case):
    @classmethod
    def setUpClass(cls):
        cls.desk, cls.command = desk(), getattr(languages, LANGUAGE)(desk().folder, BUILD)

    def run_sample(self, methods, *options, keys=None, audience=AUDIENCE, through=None, simulated=True):
        """`keys`: the file of those that were kept; None: the desk's, "": none were."""
        keys = self.desk.keys if keys is None else keys
        return self.run_there("--socket", through or self.desk.socket, "--methods", methods, "--staff", STAFF, *options,
                              *(["--keys", keys] if keys else []), "--audience", audience, *(["--allow-simulated"] * simulated))

    def line(self, **how):
        line = Line(self.desk.folder / "line.sock", self.desk.socket, **how)
        self.addCleanup(line.close)
        return line

    def test_the_face_with_the_number_of_a_file(self):
        file = self.desk.folder / "number"
        file.write_text(self.desk.number + "\n")
        sample = self.run_sample("face", "--number-from", file)
        sample.says("capturing_face")
        sample.ends(VERIFIED, r"^verified match [\w-]{22}$")

    def test_a_wrong_number_over_a_broken_connection_is_one_try_and_the_right_one_verifies(self):
        line = self.line(cut=lambda method, reply: method == "Provide")
        sample = self.run_sample("face", through=line.path)
        sample.says("waiting_access_number access_number_missing 10 ")
        sample.key_in(self.desk.number[:-1] + str((int(self.desk.number[-1]) + 1) % 10))
        sample.says("the same once more")
        sample.says("repeated: true")
        sample.says("waiting_access_number access_number_wrong 9 ")
        self.assertEqual(self.desk.tries(), (9, 3))
        sample.key_in(self.desk.number)
        sample.says("card_lift_first")
        self.desk.lift_card()
        sample.ends(VERIFIED, "^verified match ")

    def test_a_number_that_contradicts_the_card_costs_nothing_and_cancel_ends_it(self):
        sample = self.run_sample("face")
        sample.says("waiting_access_number access_number_missing 10 ")
        sample.key_in(self.desk.number[:9] + str((int(self.desk.number[9]) + 1) % 10) + self.desk.number[10:])  # the card's last year
        sample.says("waiting_access_number access_number_contradicts_card 10 ")
        sample.key_in("")
        sample.ends(UNDECIDED, "^undecided access_number_")

    def test_pin(self):
        sample = self.run_sample("pin")
        sample.says("waiting_method method_missing ")
        sample.key_in(self.desk.pin)
        sample.ends(VERIFIED, "^verified pin_accepted ")

    def test_a_wrong_pin_shows_what_is_left(self):
        sample = self.run_sample("pin")
        sample.says("waiting_method method_missing ")
        sample.key_in(str((int(self.desk.pin) + 1) % 10000).zfill(4))
        sample.says("waiting_method pin_wrong 10 2 ")
        sample.key_in(self.desk.pin)
        sample.says("card_lift_first")
        self.desk.lift_card()
        sample.ends(VERIFIED, "^verified pin_accepted ")

    def test_a_visit_that_breaks_after_the_pin_was_tried_spends_no_second_try(self):
        line = self.line(cut=lambda method, reply: reply["parameters"].get("state") == "concluded")
        sample = self.run_sample("pin", through=line.path)
        sample.says("waiting_method method_missing ")
        sample.key_in(self.desk.pin)
        sample.says("connection lost: another visit")
        sample.says("waiting_method idempotency_key_used ")
        sample.key_in(self.desk.pin)  # a person pressed the button again
        sample.ends(VERIFIED, "^verified pin_accepted ")

    def test_visual_check(self):
        for answer, code, said in (("yes", VERIFIED, "verified staff_confirmed"), ("no", NOT_VERIFIED, "not_verified staff_denied")):
            sample = self.run_sample("visual_check")
            sample.says("waiting_method method_missing ")
            sample.key_in(answer)
            sample.ends(code, said)

    def test_whoever_leaves_ends_the_visit(self):
        sample = self.run_sample("pin")
        sample.says("waiting_method ")
        sample.close()
        until("the visit's end", lambda: self.desk.status()["state"] == "idle")

    def test_cancel(self):
        sample = self.run_sample("pin", keys="")  # the device's, asked for beforehand
        sample.says("waiting_method ")
        sample.key_in("")
        sample.ends(UNDECIDED, "^undecided cancelled")

    def test_it_waits_for_its_turn(self):
        with socket.socket(socket.AF_UNIX) as other:
            other.connect(str(self.desk.socket))
            parameters = {"nonce": secrets.token_urlsafe(18), "methods": ["pin"]}
            other.sendall(json.dumps({"method": "org.kaomon.Verification.Verify", "more": True, "parameters": parameters}).encode() + b"\0")
            other.recv(65536)
            began = time.monotonic()
            sample = self.run_sample("visual_check")
            sample.says("^busy, place 1$")
            time.sleep(1)
            asked = str(sample).count("busy, place 1")
            self.assertLess(asked, (time.monotonic() - began) / 0.3 + 2, "it does not wait as long as it was told: 500 ms")
        sample.says("waiting_method method_missing ")
        sample.key_in("yes")
        sample.ends(VERIFIED, "^verified staff_confirmed ")

    def result_of_a_visual_check(self, **how):
        options = {name: how.pop(name) for name in ("keys", "audience", "simulated") if name in how}
        line = Line(self.desk.folder / "lying.sock", self.desk.socket, **how)
        try:
            sample = self.run_sample("visual_check", through=line.path, **options)
            sample.says("waiting_method ")
            sample.key_in("yes")
            sample.ends(RESULT_INVALID, "^not to be trusted: ")
            return str(sample)
        finally:
            line.close()

    def test_a_result_of_another_visit_is_refused(self):
        results = []

        def replayed(reply):
            if result := reply["parameters"].get("result"):
                results.append(result)
                reply["parameters"]["result"] = results[0]
            return reply

        line = self.line(change=replayed)
        for code, said in ((VERIFIED, "^verified "), (RESULT_INVALID, "^not to be trusted: .*of another visit")):
            sample = self.run_sample("visual_check", through=line.path)
            sample.says("waiting_method ")
            sample.key_in("yes")
            sample.ends(code, said)

    def test_a_result_signed_by_another_key_is_refused(self):
        keys = json.loads(self.desk.keys.read_text())
        other = self.desk.folder / "other_keys.json"
        keys["keys"][0]["x"] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"  # of RFC 8037, A.2
        other.write_text(json.dumps(keys))
        self.result_of_a_visual_check(keys=other)
        keys["keys"][0]["kid"] = "another"
        other.write_text(json.dumps(keys))
        self.result_of_a_visual_check(keys=other)

    def test_a_result_that_was_changed_is_refused(self):
        def changed(reply):
            if result := reply["parameters"].get("result"):
                header, claims, signature = result.split(".")
                self.assertNotIn("A" * 4, signature)
                reply["parameters"]["result"] = f"{header}.{claims}.{'AAAA' + signature[4:]}"
            return reply
        self.result_of_a_visual_check(change=changed)

    def test_what_is_made_for_another_system_or_simulated_is_refused(self):
        self.assertIn("another system", self.result_of_a_visual_check(audience="another"))
        self.assertIn("simulated", self.result_of_a_visual_check(simulated=False))

    def test_without_a_device(self):
        self.run_sample("pin", keys="", through=self.desk.folder / "nobody").ends(UNREACHABLE, "^no result: ")

    def test_a_refused_call(self):
        self.run_sample("face,nonsense").ends(REFUSED, "^no result: ")


@unittest.skipIf(languages.missing_for_gateway(LANGUAGE), languages.missing_for_gateway(LANGUAGE))
class FromAnotherComputer(Case):
    """Through kaomon-gateway itself. The line is between it and kaomond."""

    @classmethod
    def setUpClass(cls):
        cls.desk, cls.command = desk(), languages.with_gateway(LANGUAGE, desk().folder, BUILD)
        cls.line = Line(cls.desk.folder / "gateway.sock", cls.desk.socket, cut=lambda method, reply: cls.cuts and method == "Provide")
        cls.addClassCleanup(cls.line.close)
        cls.gateway = Gateway(cls.desk, cls.line.path, tls12=LANGUAGE == "csharp")
        cls.addClassCleanup(cls.gateway.close)
        cls.cuts = False

    def run_sample(self, *options, paired="reception1", **files):
        if LANGUAGE == "page":
            return self.run_there("--page", self.gateway.page, "--token", self.gateway.token(), "--allow-simulated", *options)
        return self.run_there("--gateway", "wss://" + self.gateway.address, "--allow-simulated",
                              *languages.files(LANGUAGE, self.gateway.pair(paired), **files), *options)

    def test_the_face_with_the_number_of_a_file(self):
        file = self.desk.folder / "number"
        file.write_text(self.desk.number + "\n")
        self.run_sample("--number-from", file).ends(VERIFIED, r"^verified match [\w-]{22}$")

    def test_a_number_over_broken_connections_is_one_try(self):
        type(self).cuts = True
        sample = self.run_sample()
        sample.says("waiting_access_number access_number_missing 10 ")
        sample.key_in(self.desk.number[:-1] + str((int(self.desk.number[-1]) + 1) % 10))
        sample.says("the same once more")
        sample.says("repeated: true")
        sample.says("waiting_access_number access_number_wrong 9 ")
        if LANGUAGE != "page":
            self.gateway.relay.cut()
            sample.says("connection lost: another visit")
            sample.says("waiting_access_number card_lift_first 9 ")
        self.desk.lift_card()
        if LANGUAGE != "page":
            sample.says("waiting_access_number idempotency_key_used ")
        self.assertEqual(self.desk.tries(), (9, 3))
        sample.key_in(self.desk.number)
        sample.ends(VERIFIED, "^verified match ")

    def test_a_certificate_that_one_side_refuses(self):
        expired = self.gateway.expired()
        for files in ({"authority": self.gateway.strange()}, {"certificate": expired, "key": expired}):
            self.run_sample(**files).ends(REFUSED, "^no result: .*CertificateRefused")
        sample = self.run_sample(paired="reception2")
        sample.says("waiting_access_number ")
        self.gateway.revoke("reception2")
        sample.ends(REFUSED, "^no result: .*CertificateRefused.*the gateway answers 403: see kaomonctl gateway list")

    if LANGUAGE == "page":  # the browser's own affair, and on the gateway's computer there is none
        del test_a_certificate_that_one_side_refuses


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
