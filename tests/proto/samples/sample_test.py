"""A sample of proto/samples, run against a simulated desk: every turn that a visit takes.

usage: sample_test.py LANGUAGE PROGRAMS BUILD-TREE [UNITTEST OPTION...]
"""
import itertools
import json
import os
import pathlib
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[2] / "tools")]
import languages  # noqa: E402
import page  # noqa: E402
from simulated_desk import AUDIENCE, STAFF, WAIT, Desk, until  # noqa: E402
from line import Line  # noqa: E402

LANGUAGE, PROGRAMS, BUILD = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
VERIFIED, NOT_VERIFIED, UNDECIDED, USAGE, UNREACHABLE, RESULT_INVALID, REFUSED = range(7)


class Sample:
    """One that runs, with a person at its keyboard."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, env=environment)
        self.said, self.awaited, self.changed = [], set(), threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in itertools.chain(self.process.stdout, [None]):
            with self.changed:
                self.said.append(line)
                self.changed.notify()

    def find(self, pattern):
        """Of the lines that were not awaited before: what two threads say has no order."""
        for number, line in enumerate(self.said):
            if line and number not in self.awaited and re.search(pattern, line, re.I):
                self.awaited.add(number)
                return True
        return False

    def says(self, pattern):
        """Waits for a line like that."""
        end = time.monotonic() + WAIT
        with self.changed:
            while not self.find(pattern):
                if None in self.said or not self.changed.wait(end - time.monotonic()):
                    raise AssertionError(f"never said {pattern!r}, but:\n{self}")

    def __str__(self):
        return "".join(filter(None, self.said))

    def key_in(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ends(self, code, pattern):
        """Ends with that code, after a line like that."""
        self.says(pattern)
        if self.process.wait(WAIT) != code:
            raise AssertionError(f"ended with {self.process.returncode} instead of {code}:\n{self}")

    def close(self):
        if self.process.stdin.closed:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@unittest.skipIf(languages.missing(LANGUAGE), languages.missing(LANGUAGE))
class Visit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(PROGRAMS)
        cls.addClassCleanup(cls.desk.close)
        cls.command = getattr(languages, LANGUAGE)(cls.desk.folder, BUILD)
        if LANGUAGE == "page":
            cls.browser = page.open_browser(cls.desk.folder / "browser")
            cls.addClassCleanup(cls.browser.quit)

    def setUp(self):
        self.tries = self.desk.tries()

    def tearDown(self):
        self.assertEqual(self.desk.tries(), self.tries, "a try was spent")

    def run_sample(self, methods, *options, keys=None, audience=AUDIENCE, through=None, simulated=True):
        """`keys`: the file of those that were kept; None: the desk's, "": none were."""
        keys = self.desk.keys if keys is None else keys
        options = ["--socket", through or self.desk.socket, "--methods", methods, "--staff", STAFF, *options,
                   *(["--keys", keys] if keys else []), "--audience", audience, *(["--allow-simulated"] * simulated)]
        if LANGUAGE == "page":
            sample = page.Page(self.browser, options)
        else:
            sample = Sample([str(word) for word in [*self.command, *options]], {**os.environ, "LANG": "C.UTF-8"})
        self.addCleanup(sample.close)
        return sample

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


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
