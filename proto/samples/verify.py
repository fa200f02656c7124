#!/usr/bin/env python3
"""The shortest working caller of kaomond: verify one patient. Standard library only.

    verify.py [SOCKET] [NUMBER-FILE]

The number is read from a file, never from the command line. The signature of the result is not checked here, because
the standard library has no Ed25519: hand the result to `kaomonctl check-result - --keys FILE --nonce NONCE`, or check
it with any JOSE library, before acting on it.
"""
import json
import secrets
import socket
import sys
import uuid

path = sys.argv[1] if len(sys.argv) > 1 else "/run/kaomon/kaomon.sock"
parameters = {"nonce": secrets.token_urlsafe(24)}
if len(sys.argv) > 2:
    with open(sys.argv[2]) as file:
        parameters["access_number"] = {"number": file.readline().strip()}
    # Made when a person has keyed the number in: whoever repeats this call sends the same key.
    parameters["idempotency_key"] = str(uuid.uuid4())

call = {"method": "org.kaomon.Verification.Verify", "more": True, "parameters": parameters}
connection = socket.socket(socket.AF_UNIX)
connection.connect(path)
connection.sendall(json.dumps(call).encode() + b"\0")

received = b""
while True:
    while b"\0" not in received:
        chunk = connection.recv(65536)
        if not chunk:
            sys.exit("kaomond closed the connection")
        received += chunk
    message, received = received.split(b"\0", 1)
    reply = json.loads(message)
    if reply.get("error"):
        sys.exit(f"{reply['error']}: {reply.get('parameters')}")
    step = reply["parameters"]
    print(step["state"], (step.get("hint") or {}).get("ja", ""))
    if not reply.get("continues"):
        break

print(step["verdict"]["decision"], step["verdict"]["reason"]["ja"])
print("nonce", parameters["nonce"])
print("result", step.get("result", "(none)"))
