"""The results of proto/vectors, read by two JOSE libraries that nobody here wrote, and their claims held against the schema.

usage: jose_test.py SOURCE-TREE
"""
import base64
import json
import pathlib
import sys
import unittest

import jsonschema
from authlib.jose import JsonWebKey, JsonWebSignature
from authlib.jose.errors import BadSignatureError
from jwcrypto import jwk, jws

PROTO = pathlib.Path(sys.argv[1]) / "proto"
KEYS = (PROTO / "vectors/keys.json").read_text()
SCHEMA = json.loads((PROTO / "result.schema.json").read_text())
RESULTS = {file.stem: file.read_text().strip() for file in sorted((PROTO / "vectors").glob("*.jws"))}


def by_jwcrypto(text):
    token = jws.JWS()
    token.allowed_algs = ["EdDSA"]
    token.deserialize(text)
    token.verify(next(iter(jwk.JWKSet.from_json(KEYS)["keys"])))
    return token.payload


def by_authlib(text):
    key = JsonWebKey.import_key(json.loads(KEYS)["keys"][0])
    return JsonWebSignature(["EdDSA"]).deserialize_compact(text.encode(), key)["payload"]


def changed(text):
    """Another decision, the signature as it was."""
    header, payload, signature = text.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["decision"] = "verified" if claims["decision"] != "verified" else "undecided"
    return ".".join([header, base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("="), signature])


class Vectors(unittest.TestCase):
    def test_two_libraries_read_the_same(self):
        self.assertGreaterEqual(len(RESULTS), 5)
        for name, text in RESULTS.items():
            with self.subTest(name):
                self.assertEqual(by_jwcrypto(text), by_authlib(text))

    def test_both_refuse_what_was_changed(self):
        for name, text in RESULTS.items():
            with self.subTest(name):
                with self.assertRaises(jws.InvalidJWSSignature):
                    by_jwcrypto(changed(text))
                with self.assertRaises(BadSignatureError):
                    by_authlib(changed(text))

    def test_claims_are_as_the_schema_has_them(self):
        validator = jsonschema.Draft202012Validator(SCHEMA)
        for name, text in RESULTS.items():
            with self.subTest(name):
                validator.validate(json.loads(by_jwcrypto(text)))

    def test_the_schema_refuses(self):
        validator = jsonschema.Draft202012Validator(SCHEMA)
        good = json.loads(by_jwcrypto(RESULTS["verified"]))
        for wrong in ({"decision": "yes"}, {"amr": ["face"]}, {"subject": {"kind": "name", "reference": "x"}}, {"policy": {}},
                      {"simulated": ["desk"]}, {"iat": -1}):
            with self.subTest(wrong):
                self.assertFalse(validator.is_valid({**good, **wrong}))
        for missing in SCHEMA["required"]:
            self.assertFalse(validator.is_valid({name: value for name, value in good.items() if name != missing}))

    def test_every_claim_of_the_vectors_is_in_the_schema(self):
        for name, text in RESULTS.items():
            self.assertEqual(set(json.loads(by_jwcrypto(text))) - set(SCHEMA["properties"]), set(), name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
