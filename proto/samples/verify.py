#!/usr/bin/env python3
"""A whole visit with kaomond. README.md beside this file tells the visit, the options and the exit codes. Needs Python 3.8
and the library cryptography, for Ed25519; websocket-client for --gateway."""
import base64
import contextlib
import json
import os
import re
import secrets
import socket
import ssl
import sys
import threading
import time
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VERIFIED, NOT_VERIFIED, UNDECIDED, USAGE, UNREACHABLE, RESULT_INVALID, REFUSED = range(7)
VERIFICATION = "org.kaomon.Verification."
sys.stdout.reconfigure(line_buffering=True)
say = lambda *words: print(" ".join(map(str, words)) + "\n", end="")  # two threads say something: a line at a time
options, name = {}, None
for word in sys.argv[1:]:  # no number and no PIN among them: every user of the machine can read a command line
    if word.startswith("--"):
        name = word[2:]
    options[name] = "" if word.startswith("--") else word
entry = None    # what a person keyed in last, with its idempotency key
session = None  # the visit that runs


class Refusal(Exception):
    """An error that the device answered: its name, its parameters."""


def through_socket(text):
    """What kaomond answers to a call, each with a NUL at its end."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(options.get("socket", "/run/kaomon/kaomon.sock"))
        connection.sendall(text.encode() + b"\0")
        received = b""
        while chunk := connection.recv(65536):
            *messages, received = (received + chunk).split(b"\0")
            yield from messages


def through_gateway(text):
    """The same from another computer: each a text frame of a WebSocket, without the NUL."""
    import websocket  # Debian: python3-websocket; elsewhere: pip install websocket-client
    try:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # it checks the gateway's certificate and name
        tls.load_verify_locations(options.get("authority", "authority.pem"))  # by that authority alone
        tls.load_cert_chain(options.get("certificate", "certificate.pem"), options.get("key", "key.pem"))
        with contextlib.closing(websocket.create_connection(
                options["gateway"] + "/varlink", subprotocols=["varlink"], suppress_origin=True, sslopt={"context": tls})) as connection:
            connection.send(text)
            while message := connection.recv():
                yield message
    except ssl.SSLError as error:  # the gateway's certificate, or it does not take ours: not signed there, or expired
        if not re.search("CERTIFICATE|ALERT", str(error)):
            raise
        raise Refusal("CertificateRefused", str(error)) from error
    except websocket.WebSocketException as error:
        if (status := getattr(error, "status_code", 0)) in (401, 403):  # it knows ours, and does not let it in: revoked
            raise Refusal("CertificateRefused", f"the gateway answers {status}: see kaomonctl gateway list there") from error
        raise ConnectionError(error) from error


def call(method, parameters, more=False):
    """The replies to one call, over a connection of its own. OSError: nobody knows what became of the call."""
    through = through_gateway if "gateway" in options else through_socket
    for reply in map(json.loads, through(json.dumps({"method": method, "parameters": parameters, "more": more}))):
        if reply.get("error"):
            raise Refusal(reply["error"].rpartition(".")[2], reply.get("parameters") or {})
        yield reply["parameters"]
        if not reply.get("continues"):
            return
    raise ConnectionError("the connection ended")


def hand_in():
    """Sends `entry`; after a broken connection once more, with the same key: for the device it stays one try."""
    for _ in range(3):
        try:
            reply = next(call(VERIFICATION + "Provide", {"session": session, **entry}))
            return say("handed in, repeated:", reply["repeated"])
        except Refusal as refusal:
            return say(*refusal.args)
        except OSError:
            say("connection lost: the same once more")
            time.sleep(0.5)


def read_keyboard():
    """One line is one entry of a person; its form tells what it is. At a desk these are fields and buttons."""
    global entry
    for line in map(str.strip, sys.stdin):
        if not line:
            with contextlib.suppress(OSError, Refusal):  # over already
                next(call(VERIFICATION + "Cancel", {"session": session}) if session else os._exit(UNDECIDED))
            continue
        staff, reason = options.get("staff", ""), options.get("staff-reason", "face_failed")
        said = ({"visual_check": {"staff": staff, "reason": reason, "confirmed": line == "yes"}} if line in ("yes", "no")
                else {"pin": line} if len(line) == 4 else {"access_number": {"number": line}})
        entry = {"idempotency_key": str(uuid.uuid4()), **said}  # a person pressed the button: a new key
        if session:
            hand_in()


def verify(nonce):
    """Follows one Verify to its last reply; waits for its turn while the desk is busy."""
    global session
    parameters, patience = {"nonce": nonce, "methods": options.get("methods", "face").split(",")}, time.monotonic() + 120
    while True:
        try:
            for step in call(VERIFICATION + "Verify", parameters, more=True):
                hint, tries = step.get("hint") or {}, (step.get(which, "-") for which in ("tries_left", "pin_tries_left"))
                say(step["state"], hint.get("word", "-"), *tries, hint.get("ja", ""))
                if session is None:
                    session = step["session"]
                    if entry:  # from the file, or keyed in before the connection broke: what comes too early is kept
                        hand_in()
            return step
        except Refusal as refusal:
            error, why = refusal.args
            if error != "Busy" or time.monotonic() > patience:
                raise
            say("busy, place", why["place"])
            time.sleep(why["retry_after_ms"] / 1000)


def check(jws, keys, nonce):
    """The claims of a result that may be acted on. ValueError, KeyError, InvalidSignature: it may not."""
    decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    header, payload, signature = jws.split(".")
    head = json.loads(decode(header))
    key = next((key for key in keys["keys"] if key["kid"] == head["kid"]), None)
    if (head["alg"], head["typ"]) != ("EdDSA", "kaomon-result+jws") or key is None:
        raise ValueError("no result, or signed by an unknown key")
    Ed25519PublicKey.from_public_bytes(decode(key["x"])).verify(decode(signature), f"{header}.{payload}".encode())
    claims, now = json.loads(decode(payload)), time.time()
    wrong = ("of another visit" if claims["nonce"] != nonce or claims["jti"] != session
             else "not of now" if not claims["iat"] - 60 <= now <= claims["exp"] + 60  # a minute for two clocks
             else "made for another system" if claims.get("aud") not in (None, options.get("audience"))
             else "simulated" if claims["simulated"] and "allow-simulated" not in options else None)
    if wrong:
        raise ValueError(wrong)
    return claims


def main():
    global entry, session
    keys = json.load(open(options["keys"])) if "keys" in options else next(call("org.kaomon.Device.GetKeys", {}))
    if "number-from" in options:
        entry = {"idempotency_key": str(uuid.uuid4()), "access_number": {"number": open(options["number-from"]).readline().strip()}}
    threading.Thread(target=read_keyboard, daemon=True).start()
    for attempts_left in (3, 2, 1, 0):
        nonce, session = secrets.token_urlsafe(18), None  # fresh for every visit
        try:
            step = verify(nonce)
            break
        except OSError:  # the device ends a visit whose caller is gone; another one begins, and `entry` has its key
            if not attempts_left:
                raise
            say("connection lost: another visit")
            time.sleep(1)
    if not step.get("result"):  # nothing could be signed: nothing is said about the person
        return say("undecided", step["verdict"]["reason"]["word"]) or UNDECIDED
    claims = check(step["result"], keys, nonce)
    say(claims["decision"], claims["reason"], (claims["subject"] or {}).get("reference", "-"))
    return {"verified": VERIFIED, "not_verified": NOT_VERIFIED}.get(claims["decision"], UNDECIDED)


try:
    code = main()
except (OSError, ImportError, Refusal, ValueError, KeyError, InvalidSignature) as error:
    code = UNREACHABLE if isinstance(error, (OSError, ImportError)) else REFUSED if isinstance(error, Refusal) else RESULT_INVALID
    print("not to be trusted:" if code == RESULT_INVALID else "no result:", repr(error), file=sys.stderr, flush=True)
os._exit(code)  # whatever the keyboard's thread waits for
