"""kaomon-clinic certificate on certificates that OpenSSL made, in files and on a token (SoftHSM).

usage: certificate_test.py KAOMON-CLINIC
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CTL = sys.argv[1]
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"


class Issuer:
    """A CA and a device certificate below it, in every form."""

    def __init__(self, folder):
        self.folder = folder
        run = lambda *command: subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650",
            "-subj", "/C=JP/O=Test/CN=OnlineBillingNWCommonRootCA-G1", "-addext", "basicConstraints=critical,CA:true")
        run("openssl", "req", "-utf8", "-newkey", "rsa:2048", "-nodes", "-keyout", "device.key", "-out", "device.csr",
            "-subj", "/C=JP/O=みかん内科/CN=device-0001")
        (folder / "ext").write_text("keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n")
        run("openssl", "x509", "-req", "-in", "device.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days",
            "1095", "-extfile", "ext", "-out", "device.pem")
        run("openssl", "x509", "-in", "device.pem", "-outform", "DER", "-out", "device.der")
        for name, password in (("device.p12", "secret"), ("empty.p12", "")):
            run("openssl", "pkcs12", "-export", "-inkey", "device.key", "-in", "device.pem", "-certfile", "ca.pem", "-out", name,
                "-passout", "pass:" + password)
        (folder / "password").write_text("secret\n")
        (folder / "wrong").write_text("guess\n")
        (folder / "both.pem").write_text((folder / "device.pem").read_text() + (folder / "device.key").read_text())
        (folder / "damaged.pem").write_text((folder / "device.pem").read_text().replace("M", "A", 40))
        (folder / "huge.pem").write_text("-----BEGIN CERTIFICATE-----\n" + "A" * (2 << 20))
        (folder / "noise").write_bytes(os.urandom(3000))
        (folder / "truncated.p12").write_bytes((folder / "device.p12").read_bytes()[:1000])


class Looked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        Issuer(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def ctl(self, *arguments, code=0, data=None):
        ended = subprocess.run([CTL, "--folder", str(self.folder / "clinic"), "certificate", *arguments], cwd=self.folder, input=data,
                               capture_output=True, text=True, timeout=60, check=False,
                               env={**os.environ, "HOME": self.place.name, "SOFTHSM2_CONF": str(self.folder / "softhsm.conf")})
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return ended

    def one(self, *arguments, code=0, data=None):
        found = json.loads(self.ctl("--json", *arguments, code=code, data=data).stdout)["certificates"]
        self.assertEqual(len(found), 1)
        return found[0]

    def test_every_form_is_the_same_certificate(self):
        pem = self.one("device.pem")
        self.assertIn("みかん内科", pem["subject"])
        self.assertIn("オンライン請求・オンライン資格確認の端末", pem["purpose"])
        self.assertEqual(pem["state"], "good")
        self.assertFalse(pem["holds_private_key"])
        for source in (("device.der",), ("device.p12", "--password-from", "password"), ("empty.p12",), ("both.pem",)):
            found = self.one(*source)
            self.assertEqual(found["sha256"], pem["sha256"], source)
            self.assertEqual(found["holds_private_key"], source[0] != "device.der", source)
        self.assertEqual(self.one("device.p12", "--password-from", "-", data="secret\n")["sha256"], pem["sha256"])

    def test_days_are_counted_and_warned_of(self):
        end = self.one("device.pem")["not_after"]
        import datetime
        last = datetime.date.fromisoformat(end)
        for left, state, code in ((91, "good", 0), (90, "ends_soon", 7), (0, "ends_soon", 7), (-1, "expired", 7)):
            today = (last - datetime.timedelta(days=left)).isoformat()
            found = self.one("device.pem", "--today", today, code=code)
            self.assertEqual((found["state"], found["days_left"]), (state, left))
        self.assertEqual(self.one("device.pem", "--today", "2020-01-01", code=7)["state"], "not_yet")
        self.assertIn("時計", self.ctl("device.pem", "--today", "2020-01-01", code=7).stdout)

    def test_the_issuers_certificate_is_not_the_devices(self):
        self.assertTrue(self.one("ca.pem", code=7)["needs_action"])

    def test_bad_files_are_one_sentence(self):
        for source in ("damaged.pem", "huge.pem", "noise", "truncated.p12", "nowhere", ".", "device.key"):
            ended = self.ctl(source, code=3)
            self.assertIn("証明書", ended.stderr + ended.stdout, source)
        self.assertIn("パスワードが要ります", self.ctl("device.p12", code=3).stderr)
        self.assertIn("パスワードが違う", self.ctl("device.p12", "--password-from", "wrong", code=3).stderr)
        self.assertIn("パスワードを読めません", self.ctl("device.p12", "--password-from", "nowhere", code=3).stderr)

    def pkcs12(self, name, *options, password="secret"):
        subprocess.run(("openssl", "pkcs12", "-export", "-inkey", "device.key", "-in", "device.pem", "-certfile", "ca.pem", "-out", name,
                        "-passout", "pass:" + password, *options), cwd=self.folder, check=True, capture_output=True, timeout=60)

    def test_old_ciphers_are_opened_and_nobody_is_accused(self):
        pem = self.one("device.pem")["sha256"]
        for options in (("-legacy",), ("-legacy", "-certpbe", "PBE-SHA1-RC4-128", "-keypbe", "PBE-SHA1-RC2-128"),
                        ("-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"), ("-certpbe", "NONE"),
                        ("-nomac",), ("-nomac", "-certpbe", "AES-256-CBC"), ("-macalg", "sha512")):
            self.pkcs12("old.p12", *options)
            self.assertEqual(self.one("old.p12", "--password-from", "password")["sha256"], pem, options)
            if "-nomac" not in options:
                self.assertIn("パスワードが違う", self.ctl("old.p12", "--password-from", "wrong", code=3).stderr)
                self.assertIn("パスワードが要ります", self.ctl("old.p12", code=3).stderr)
        self.pkcs12("old.p12", "-nomac", "-certpbe", "AES-256-CBC")
        self.assertIn("どれかは分かりません", self.ctl("old.p12", "--password-from", "wrong", code=3).stderr)
        self.assertIn("パスワードが要ります", self.ctl("old.p12", code=3).stderr)
        self.pkcs12("old.p12", "-legacy", password="")
        self.assertEqual(self.one("old.p12")["sha256"], pem)
        # without the provider, which Debian 13 has in a package of its own
        self.pkcs12("old.p12", "-legacy")
        os.environ["OPENSSL_MODULES"] = str(self.folder)
        try:
            said = self.ctl("old.p12", "--password-from", "password", code=3).stderr
        finally:
            del os.environ["OPENSSL_MODULES"]
        self.assertIn("パスワードは合っています", said)
        self.assertIn("RC2", said)

    def certificate(self, extensions):
        (self.folder / "ext2").write_text(extensions)
        subprocess.run(("openssl", "x509", "-req", "-in", "device.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days",
                        "1095", "-extfile", "ext2", "-out", "other.pem"), cwd=self.folder, check=True, capture_output=True, timeout=60)
        return "other.pem"

    def test_another_use_is_not_an_unsaid_one(self):
        for extensions, named in (("extendedKeyUsage=emailProtection\n", "E-mail Protection"),
                                  ("extendedKeyUsage=codeSigning,timeStamping\n", "Code Signing"),
                                  ("extendedKeyUsage=1.2.3.4.5\n", "1.2.3.4.5"), ("keyUsage=keyEncipherment\n", "keyEncipherment"),
                                  ("keyUsage=nonRepudiation\n", "nonRepudiation"),
                                  ("extendedKeyUsage=clientAuth\nkeyUsage=keyEncipherment\n", "keyEncipherment")):
            found = self.one(self.certificate(extensions), code=7)
            self.assertIn(named, found["purpose"], extensions)
            self.assertNotIn("書かれていません", found["purpose"])
            self.assertTrue(found["needs_action"] and found["other_use"], extensions)
        self.assertIn("サーバー", self.one(self.certificate("extendedKeyUsage=serverAuth\n"), code=7)["purpose"])
        for extensions in ("keyUsage=keyCertSign,cRLSign\n", "basicConstraints=CA:true\n"):
            self.assertIn("認証局", self.one(self.certificate(extensions), code=7)["purpose"], extensions)
        for extensions in ("extendedKeyUsage=1.2.840.113549.1\nbasicConstraints=DER:0101ff\n", "extendedKeyUsage=DER:0500\n",
                           "keyUsage=DER:0500\n"):
            self.assertIn("読めません", self.one(self.certificate(extensions), code=7)["purpose"], extensions)
        for extensions in ("extendedKeyUsage=clientAuth,emailProtection\n", "extendedKeyUsage=anyExtendedKeyUsage\n",
                           "keyUsage=digitalSignature,keyEncipherment\n", "basicConstraints=CA:false\n", "certificatePolicies=1.2.3.4\n"):
            found = self.one(self.certificate(extensions))
            self.assertFalse(found["needs_action"] or found["other_use"], extensions)

    def test_a_file_with_issuers_only_is_judged(self):
        (self.folder / "two.pem").write_text((self.folder / "ca.pem").read_text() * 2)
        self.assertIn("認証局", self.ctl("two.pem", code=7).stdout)

    def test_nothing_of_the_key_or_the_name_is_kept(self):
        self.ctl("both.pem")
        record = (self.folder / "clinic/certificate.json").read_text()
        self.assertNotIn("device-0001", record)
        for file in (self.folder / "clinic").rglob("*"):
            if file.is_file():
                self.assertNotIn("PRIVATE KEY", file.read_text(), file)
        self.assertIn("使えます", (self.folder / "clinic/certificate.html").read_text())

    def test_a_token_is_read_without_a_login(self):
        (self.folder / "tokens").mkdir()
        (self.folder / "softhsm.conf").write_text(f"directories.tokendir = {self.folder}/tokens\n")
        environment = {**os.environ, "SOFTHSM2_CONF": str(self.folder / "softhsm.conf")}
        run = lambda *command: subprocess.run(command, cwd=self.folder, check=True, capture_output=True, env=environment, timeout=60)
        run("softhsm2-util", "--init-token", "--free", "--label", "desk", "--pin", "1234", "--so-pin", "12345678")
        run("pkcs11-tool", "--module", SOFTHSM, "--token-label", "desk", "--login", "--pin", "1234", "--write-object", "device.der", "--type", "cert",
            "--id", "01", "--label", "device")
        found = self.one("pkcs11:token=desk", "--module", SOFTHSM)
        self.assertEqual(found["sha256"], self.one("device.pem")["sha256"])
        self.assertIn("トークンに証明書がありません", self.ctl("pkcs11:token=other", "--module", SOFTHSM, code=8).stderr)
        self.assertIn("読めません", self.ctl("pkcs11:token=desk", "--module", "/nowhere.so", code=8).stderr)
        self.assertIn("読めません", self.ctl("pkcs11:%zz", "--module", SOFTHSM, code=8).stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
