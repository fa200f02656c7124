"""odd_dns.py ADDRESS MODE ANSWER: a DNS server that answers ANSWER to every A question, and is odd about EDNS as old ones are.

formerr, notimp, servfail, refused, badvers: so to every question with an OPT record; header: FORMERR without the question; drop: no answer
to it; ignore: an answer without OPT; cut: every answer over UDP is cut, TCP gives it in two pieces; cut-only: TCP is not there;
broken: SERVFAIL to everything.
"""
import socket
import struct
import sys
import threading
import time

address, mode, told = sys.argv[1:]
family = socket.AF_INET6 if ":" in address else socket.AF_INET
place = socket.getaddrinfo(address, 53, family, socket.SOCK_DGRAM)[0][4]
CODES = {"formerr": 1, "servfail": 2, "notimp": 4, "refused": 5, "header": 1}


def answer_to(query, tcp=False):
    end = 12
    while query[end]:
        end += 1 + query[end]
    question, kind = query[12:end + 5], struct.unpack(">H", query[end + 1:end + 3])[0]
    edns = struct.unpack(">H", query[10:12])[0] > 0
    if mode == "broken":
        return query[:2] + b"\x81\x82" + struct.pack(">4H", 1, 0, 0, 0) + question
    if edns and mode == "drop":
        return None
    if edns and mode == "header":
        return query[:2] + b"\x81\x81" + bytes(8)
    if edns and mode == "badvers":
        return query[:2] + b"\x81\x80" + struct.pack(">4H", 1, 0, 0, 1) + question + b"\0" + struct.pack(">HHIH", 41, 512, 1 << 24, 0)
    if edns and mode in CODES:
        return query[:2] + bytes([0x81, 0x80 | CODES[mode]]) + struct.pack(">4H", 1, 0, 0, 0) + question
    if mode.startswith("cut") and not tcp:
        return query[:2] + b"\x83\x80" + struct.pack(">4H", 1, 0, 0, 0) + question
    record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton(told) if kind == 1 else b""
    return query[:2] + b"\x81\x80" + struct.pack(">4H", 1, 1 if record else 0, 0, 0) + question + record


def serve_tcp():
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(place)
    server.listen(16)
    while True:
        peer = server.accept()[0]
        answer = answer_to(peer.recv(4096)[2:], True)
        peer.sendall(struct.pack(">H", len(answer)) + answer[:20])
        time.sleep(0.05)
        peer.sendall(answer[20:])
        peer.close()


server = socket.socket(family, socket.SOCK_DGRAM)
server.bind(place)
if mode == "cut":
    threading.Thread(target=serve_tcp, daemon=True).start()
while True:
    query, peer = server.recvfrom(4096)
    answer = answer_to(query)
    if answer is not None:
        server.sendto(answer, peer)
