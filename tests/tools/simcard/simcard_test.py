"""kaomon-simcard as a user meets it: issue, show, serve, and OpenSC's own tools at a real pcscd.

usage: simcard_test.py KAOMON-SIMCARD SIMCARD_PORTRAIT
Everything happens in a temporary folder with a pcscd of its own (socket-activated, its own port pair).
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
import virtual_reader  # noqa: E402

SIMCARD, PORTRAIT = sys.argv[1:3]
WAIT = 20  # seconds, generous: the machine may be busy


def run(*command, env=None, data=None):
    return subprocess.run(command, env=env, input=data, capture_output=True, timeout=240, check=False)


class Desk:
    """A folder with an issued card, and processes that end with it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kaomon-simcard-"))
        self.portrait = self.folder / "portrait.jpg"
        assert run(PORTRAIT, str(self.portrait)).returncode == 0
        self.processes = []
        self.env = dict(os.environ, PCSCLITE_CSOCK_NAME=str(self.folder / "pcscd.comm"),
                        OPENSC_CONF=str(self.folder / "opensc.conf"))
        # The card goes back to nothing verified between two tools; OpenSC alone would leave it verified, and cannot
        # bind to a verified JPKI application.
        (self.folder / "opensc.conf").write_text("app default { reader_driver pcsc { disconnect_action = reset; } }\n")

    def start(self, *command, log):
        with open(self.folder / log, "wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, env=self.env)
        self.processes.append(process)
        return process

    def end(self, process):
        process.send_signal(signal.SIGTERM)
        code = process.wait(WAIT)
        self.processes.remove(process)
        return code

    def close(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        shutil.rmtree(self.folder)

    def issue(self, *options, out="card"):
        result = run(SIMCARD, "issue", "--portrait", str(self.portrait), "--out", str(self.folder / out), "--json", *options)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def show(self, card="card"):
        result = run(SIMCARD, "show", "--card", str(self.folder / card), "--json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def start_pcscd(self, port):
        return self.start(*virtual_reader.pcscd(self.folder, "Test PCD", port), log="pcscd.log")

    def serve(self, port, card="card"):
        return self.start(SIMCARD, "serve", "--card", str(self.folder / card), "--port", str(port), "--fault",
                          str(self.folder / "fault"), "--verbose", log="serve.log")

    def fault(self, line):
        with open(self.folder / "fault", "w", encoding="ascii") as fifo:
            fifo.write(line + "\n")

    def card_is(self, present):
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            readers = run("opensc-tool", "-l", env=self.env).stdout.decode()
            if (" Yes " in readers) == present and "Test PCD" in readers:
                return True
            time.sleep(0.1)
        return False


class IssueAndShow(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def test_what_is_issued_is_told_and_shown(self):
        (self.desk.folder / "holder.toml").write_text(
            'birth_date = 1980-02-17\ncard_expiry = 2035-02-17\nsecurity_code = "2285"\nsign_in_pin = "4649"\n')
        facts = self.desk.issue("--holder", str(self.desk.folder / "holder.toml"))
        self.assertEqual(facts["access_number"], "55021720352285")
        self.assertEqual((facts["era_year"], facts["security_code"], facts["pin"]), ("55", "2285", "4649"))
        self.assertLessEqual(facts["photo_bytes"], 7000)
        self.assertIn('id = "39303030303233', pathlib.Path(facts["trust"]).read_text())
        shown = self.desk.show()
        self.assertEqual((shown["medium"], shown["card_expiry"], shown["simulated"]), ("JPKIAPICCTOKEN2", "20350217", True))
        self.assertEqual(shown["secrets"]["access_number"], {"tries_left": 10, "tries": 10, "locked": False, "file": "photo-0012"})
        text = run(SIMCARD, "show", "--card", str(self.desk.folder / "card")).stdout.decode()
        self.assertIn("access_number       10 of 10", text)

    def test_a_seed_repeats_the_whole_card(self):
        one, two = (self.desk.issue("--seed", "7", "--date", "2026-11-23", out=out) for out in ("a", "b"))
        self.assertEqual(one["access_number"], two["access_number"])
        files = sorted(path.relative_to(one["card"]) for path in pathlib.Path(one["card"]).rglob("*") if path.is_file())
        self.assertGreater(len(files), 20)
        for file in files:
            self.assertEqual((pathlib.Path(one["card"]) / file).read_bytes(), (pathlib.Path(two["card"]) / file).read_bytes(), file)
        fresh = [self.desk.issue(out=out) for out in ("c", "d")]
        self.assertNotEqual(*(pathlib.Path(card["trust"]).read_text() for card in fresh))

    def test_every_kind_has_a_sentence_and_can_be_issued_recorded_and_replayed(self):
        kinds = json.loads(run(SIMCARD, "issue", "--kind", "list", "--json").stdout)
        self.assertGreaterEqual(len(kinds), 28)
        self.assertIn("顔認証マイナンバーカード", run(SIMCARD, "issue", "--kind", "list").stdout.decode())
        usage = run(SIMCARD, "issue", "--help").stdout.decode()
        for kind in kinds:
            self.assertIn(kind["kind"], usage)
            self.assertTrue(kind["ja"] and kind["en"])
        for kind in ("infant", "two-bytes-first"):
            facts = self.desk.issue("--kind", kind, out=kind)
            self.assertEqual(facts["kind"], kind)
            shown = json.loads(run(SIMCARD, "show", "--card", facts["card"], "--json").stdout)
            self.assertEqual(shown["kind"], kind)
            log = str(self.desk.folder / (kind + ".trace"))
            recorded = run(SIMCARD, "record", "--kind", kind, "--out", log)
            self.assertEqual(recorded.returncode, 0, recorded.stderr)
            replayed = run(SIMCARD, "replay", log, "--json")
            self.assertEqual(replayed.returncode, 0, replayed.stderr)
            self.assertEqual(json.loads(replayed.stdout)["reading"], recorded.stdout.decode().strip())
        other = pathlib.Path(self.desk.folder / "infant.trace")
        other.write_text(other.read_text().replace("# reading: ", "# reading: not "))
        self.assertEqual(run(SIMCARD, "replay", str(other)).returncode, 1)

    def test_variants(self):
        for forged in ("signature", "chip", "certificate"):
            self.assertEqual(self.desk.issue("--kind", "forged-" + forged, out=forged)["forged"], forged)
        self.assertLess(self.desk.issue("--kind", "expired", out="old")["card_expiry"], time.strftime("%Y%m%d"))
        self.assertEqual(self.desk.issue("--kind", "infant", out="infant")["photo_bytes"], 0)
        self.assertEqual(self.desk.issue("--kind", "locked", out="locked")["kind"], "locked")
        self.assertTrue(self.desk.show("locked")["secrets"]["access_number"]["locked"])
        self.desk.issue("--crop", "100,100,320,400", out="crop")

    def test_errors_say_what_and_where(self):
        card, portrait = str(self.desk.folder / "card"), str(self.desk.portrait)
        (self.desk.folder / "bad.toml").write_text('\npin = "1"\n')
        for code, said, command in (
                (1, "cannot be read", ["issue", "--portrait", "/nowhere.jpg", "--out", card]),
                (1, "not a JPEG", ["issue", "--portrait", str(self.desk.folder / "bad.toml"), "--out", card]),
                (1, "bad.toml:2: pin: no such key", ["issue", "--portrait", portrait, "--out", card, "--holder", str(self.desk.folder / "bad.toml")]),
                (1, "--crop takes four", ["issue", "--portrait", portrait, "--out", card, "--crop", "1,2,3"]),
                (1, "640 x 800", ["issue", "--portrait", portrait, "--out", card, "--crop", "0,0,641,800"]),
                (1, "card.toml: cannot be read", ["show", "--card", card]),
                (1, "no card there", ["serve", "--card", card]),
                (1, "IPv4", ["serve", "--card", card, "--host", "localhost"]),
                (2, "--kind list tells them", ["issue", "--out", card, "--kind", "everything"]),
                (2, "--out", ["issue", "--portrait", portrait]),
                (1, "YYYY-MM-DD", ["issue", "--out", card, "--date", "tomorrow"]),
                (1, "cannot be read", ["replay", "/nowhere.trace"]),
                (1, "line 1 of the card trace", ["replay", str(self.desk.folder / "bad.toml")]),
                (2, "--port", ["serve", "--card", card, "--port", "70000"]),
                (2, "required", ["show"]),
                (2, "subcommand", [])):
            result = run(SIMCARD, *command)
            self.assertEqual(result.returncode, code, command)
            self.assertIn(said, result.stderr.decode() + result.stdout.decode(), command)
        self.desk.issue()
        again = run(SIMCARD, "issue", "--portrait", portrait, "--out", card)
        self.assertEqual(again.returncode, 1)
        self.assertIn("holds a card already", again.stderr.decode())
        for command in ([], ["issue"], ["serve"], ["show"], ["record"], ["replay"], ["faces-folder"]):
            result = run(SIMCARD, *command, "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn("Exit codes:", result.stdout.decode())


class AtTheReader(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)
        self.facts = self.desk.issue()
        self.port = virtual_reader.free_port_pair()
        self.desk.start_pcscd(self.port)
        self.server = self.desk.serve(self.port)
        self.assertTrue(self.desk.card_is(True), "pcscd does not see the card")

    def tool(self, *command):
        result = run(*command, env=self.desk.env)
        return result.returncode, result.stdout.decode(errors="replace") + result.stderr.decode(errors="replace")

    def pin_tries(self):
        return self.desk.show()["secrets"]["sign_in_pin"]["tries_left"]

    def certificate(self):
        code, pem = self.tool("pkcs15-tool", "--read-certificate", "1")
        self.assertEqual(code, 0, pem)
        return pem[pem.index("-----BEGIN"):pem.index("-----END")] + "-----END CERTIFICATE-----\n"

    def test_opensc_sees_the_jpki_application(self):
        self.assertIn("3b:88:80:01", self.tool("opensc-tool", "-r", "0", "-a")[1])
        self.assertIn("jpki", self.tool("opensc-tool", "-r", "0", "-n")[1])
        code, dump = self.tool("pkcs15-tool", "--dump")
        self.assertEqual(code, 0, dump)
        for line in ("PKCS#15 Card [JPKI]", "User Authentication PIN", "Tries left     : 3", "Tries left     : 5",
                     "User Authentication Key", "Digital Signature Certificate CA"):
            self.assertIn(line, dump)
        listed = self.tool("pkcs15-tool", "--list-certificates")[1]
        self.assertEqual(listed.count("X.509 Certificate ["), 4, listed)

        # The certificate read back is the one that was issued, and its root is the exported one.
        der = run("openssl", "x509", "-outform", "DER", data=self.certificate().encode()).stdout
        issued = (self.desk.folder / "card" / "files" / "jpki-000a").read_bytes()
        self.assertEqual(der, issued[:4 + int.from_bytes(issued[2:4], "big")])
        pem = self.desk.folder / "certificate.pem"
        pem.write_text(self.certificate())
        code, said = self.tool("openssl", "verify", "-CAfile", self.facts["jpki_ca"], str(pem))
        self.assertEqual(code, 0, said)

    def test_opensc_reads_the_attributes_and_their_signature_holds(self):
        number = self.facts["access_number"].encode()
        sent = ["00A4040C0AD3921000310001010408", "00A4020C020015", "00200080", "002000800E" + number.hex(),
                "00A4020C020002", "00B0000000", "00A4020C020003", "00B0000000", "00B0010050"]
        code, said = self.tool("opensc-tool", "-r", "0", *(part for apdu in sent for part in ("-s", ":".join(
            apdu[i:i + 2] for i in range(0, len(apdu), 2)))))
        self.assertEqual(code, 0, said)
        words = re.findall(r"Received \(SW1=0x(..), SW2=0x(..)\)", said)
        self.assertEqual([a + b for a, b in words], ["9000", "9000", "63CA", "9000", "9000", "6282", "9000", "9000", "9000"])
        answers = ["".join(re.findall(r"\b[0-9A-F]{2}(?= )", re.sub(r"(?m) {2,}.*$|(?<=^.{47}).*$", " ", answer)))
                   for answer in said.split("Received (")[1:]]
        files = self.desk.folder / "card" / "files"
        attributes, digests, certificate = ((files / f"text-{name}").read_bytes() for name in ("0002", "0003", "0004"))
        self.assertIn("見本\u3000花子".encode(), attributes)
        self.assertIn(attributes.hex().upper()[:80], "".join(answers), said)

        # By a library that nobody here wrote: FF30 82 LLLL { DF31 20 .., DF32 20 .., DF33 82 0100 .. }
        signed, signature = digests[5:5 + 70], digests[5 + 70 + 5:]
        key = rsa.RSAPublicNumbers(65537, int.from_bytes(certificate[51:51 + 256], "big")).public_key()
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        self.assertEqual(signed[38:70], hashlib.sha256(attributes[3 + 11:]).digest())

    def test_the_pin_signs_and_a_wrong_one_counts(self):
        folder = self.desk.folder
        (folder / "public.pem").write_bytes(
            run("openssl", "x509", "-pubkey", "-noout", data=self.certificate().encode()).stdout)
        (folder / "message").write_bytes(os.urandom(100))
        (folder / "hash").write_bytes(run("openssl", "dgst", "-sha256", "-binary", str(folder / "message")).stdout)

        def signature_holds(name):
            return self.tool("openssl", "dgst", "-sha256", "-verify", str(folder / "public.pem"), "-signature",
                             str(folder / name), str(folder / "message"))[0] == 0

        code, said = self.tool("pkcs15-crypt", "--sign", "--key", "1", "--pin", self.facts["pin"], "--sha-256",
                               "--pkcs1", "--raw", "--input", str(folder / "hash"), "--output", str(folder / "one"))
        self.assertEqual(code, 0, said)
        self.assertTrue(signature_holds("one"))
        self.assertEqual(self.pin_tries(), 3)

        code, said = self.tool("pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", "0000")
        self.assertNotEqual(code, 0, said)
        self.assertEqual(self.pin_tries(), 2)
        self.assertEqual(self.desk.end(self.server), 0)
        self.assertEqual(self.pin_tries(), 2, "over the end of the process")
        self.assertTrue(self.desk.card_is(False))
        self.server = self.desk.serve(self.port)
        self.assertTrue(self.desk.card_is(True))
        self.assertIn("Tries left     : 2", self.tool("pkcs15-tool", "--dump")[1])

        code, said = self.tool("pkcs11-tool", "--module", "opensc-pkcs11.so", "--sign", "--mechanism", "SHA256-RSA-PKCS",
                               "--login", "--pin", self.facts["pin"], "--id", "01", "-i", str(folder / "message"), "-o",
                               str(folder / "two"))
        self.assertEqual(code, 0, said)
        self.assertTrue(signature_holds("two"))
        self.assertEqual(self.pin_tries(), 3, "a right PIN restores them")

        for left in (2, 1, 0):
            self.tool("pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", "0000")
            self.assertEqual(self.pin_tries(), left)
        self.assertTrue(self.desk.show()["secrets"]["sign_in_pin"]["locked"])
        code, _ = self.tool("pkcs15-tool", "--verify-pin", "--auth-id", "01", "--pin", self.facts["pin"])
        self.assertNotEqual(code, 0, "locked is locked")
        log = (folder / "serve.log").read_text()
        self.assertIn("00200080 +4 B -> 6984", log)
        self.assertNotIn(self.facts["pin"].encode().hex(), log)

    def test_every_kind_of_the_list_is_issued_shown_and_served(self):
        self.assertEqual(self.desk.end(self.server), 0)
        self.assertTrue(self.desk.card_is(False))
        for kind in json.loads(run(SIMCARD, "issue", "--kind", "list", "--json").stdout):
            word = kind["kind"]
            with self.subTest(kind=word):
                card = self.desk.issue("--kind", word, out="of-" + word)["card"]
                self.assertEqual(self.desk.show("of-" + word)["kind"], word)
                text = run(SIMCARD, "show", "--card", card)
                self.assertEqual(text.returncode, 0, text.stderr)
                server = self.desk.serve(self.port, card="of-" + word)
                self.assertTrue(self.desk.card_is(True), "pcscd does not see it")
                self.assertIn("3b:", self.tool("opensc-tool", "-r", "0", "-a")[1])
                self.assertEqual(self.desk.end(server), 0)
                self.assertTrue(self.desk.card_is(False))

    def test_faults_reach_the_reader(self):
        self.desk.fault("pull")
        self.assertTrue(self.desk.card_is(False))
        self.desk.fault("insert")
        self.assertTrue(self.desk.card_is(True))
        self.desk.fault("mute")
        self.wait_for("Unresponsive card")
        self.desk.fault("clear")
        self.wait_for("90")
        self.desk.fault("error 6F00")
        self.wait_for("SW1=0x6F, SW2=0x00")

    def wait_for(self, words):
        end = time.monotonic() + WAIT
        said = ""
        while words not in said:
            self.assertLess(time.monotonic(), end, said)
            said = self.tool("opensc-tool", "-r", "0", "-s", "00:84:00:00:04")[1]

    def test_one_process_holds_a_card(self):
        result = run(SIMCARD, "serve", "--card", str(self.desk.folder / "card"), "--port", str(self.port))
        self.assertEqual(result.returncode, 1)
        self.assertIn("in another reader", result.stderr.decode())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
