"""A stand-in for kaomon-gateway and the daemon behind it: it serves the two pages and says what a test tells it to say.

It decides nothing, reads no card and checks no number; whether the pages and the real desk understand each other is the matter of the
whole-desk test. HTTP and WebSocket by hand, so that a test can cut a connection wherever it likes.

usage: stand_in.py        serves the pages and plays one visit after the other, to look at them in a browser
"""
import base64
import hashlib
import json
import pathlib
import secrets
import socket
import socketserver
import struct
import sys
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parents[4]
PAGES = SOURCE / "daemon/gateway/pages"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".mjs": "text/javascript", ".json": "application/json", ".opus": "audio/ogg"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'"


class Connection:
    """The server's side of one WebSocket."""

    def __init__(self, request):
        self.request = request
        self.lock = threading.Lock()

    def send(self, message):
        payload = json.dumps(message, ensure_ascii=False).encode()
        head = bytes([0x81]) + (bytes([len(payload)]) if len(payload) < 126 else b"\x7e" + struct.pack(">H", len(payload)) if len(payload) < 65536
                                else b"\x7f" + struct.pack(">Q", len(payload)))
        with self.lock:
            try:
                self.request.sendall(head + payload)
            except OSError:
                pass

    def exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.request.recv(count - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    def receive(self):
        """The next text frame as an object; None at the end."""
        while True:
            try:
                first, second = self.exactly(2)
                length = second & 0x7F
                if length == 126:
                    length = struct.unpack(">H", self.exactly(2))[0]
                elif length == 127:
                    length = struct.unpack(">Q", self.exactly(8))[0]
                mask = self.exactly(4)
                payload = bytes(byte ^ mask[at % 4] for at, byte in enumerate(self.exactly(length)))
            except (ConnectionError, OSError):
                return None
            if first & 0x0F == 8:
                return None
            if first & 0x0F == 1:
                return json.loads(payload)


class StandIn(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.token = secrets.token_urlsafe(16)
        self.streams = {"Attach": {}, "Follow": {}, "Watch": {}}  # method -> what its followers are told
        self.followers = []  # (method, connection)
        self.looking = []  # connections of Preview
        self.connections = []
        self.calls = []  # (method, parameters) as they came in
        self.answers = {}  # method -> function of its parameters: reply parameters, or (error, parameters)
        self.open = True  # False: every connection is refused
        self.refuse = {}  # method -> (error, parameters) for a stream
        self.speech = None  # bytes of the index of speech; None: as it lies in the source tree
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def tell(self, method, **parameters):
        """From now on the followers of that method are told this."""
        with self.lock:
            self.streams[method] = parameters
            there = [one for kind, one in self.followers if kind == method]
        for one in there:
            one.send({"parameters": parameters, "continues": True})

    def show_face(self, jpeg, face):
        frame = {"jpeg": base64.b64encode(jpeg).decode()} | ({"face": face} if face else {})
        for one in list(self.looking):
            one.send({"parameters": frame, "continues": True})

    def cut(self):
        """Every WebSocket is lost."""
        with self.lock:
            there, self.connections, self.followers, self.looking = self.connections, [], [], []
        for one in there:
            try:
                one.request.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def heard(self, method):
        return [parameters for name, parameters in self.calls if name.endswith("." + method)]

    def answer(self, connection, message):
        method, parameters = message["method"], message.get("parameters", {})
        name = method.rsplit(".", 1)[1]
        self.calls.append((method, parameters))
        if name == "Preview":
            self.looking.append(connection)
        elif name in self.refuse:
            error, told = self.refuse[name]
            connection.send({"error": error, "parameters": told})
        elif name in self.streams:
            with self.lock:
                self.followers.append((name, connection))
                first = self.streams[name]
            connection.send({"parameters": first, "continues": True})
        else:
            said = self.answers.get(name, lambda _: {})(parameters)
            if isinstance(said, tuple):
                connection.send({"error": said[0], "parameters": said[1]})
            elif said is not None:  # None: no answer comes
                connection.send({"parameters": said})


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.request.recv(4096)
            if not more:
                return
            data += more
        lines = data.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1].split("?")[0]
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:] if ": " in line)}
        if not self.server.open:
            return
        if path == "/varlink":
            self.websocket(headers)
        else:
            self.file(path)

    def say(self, status, content, kind="text/plain"):
        self.request.sendall((f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n"
                              f"Content-Security-Policy: {POLICY}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n").encode() + content)

    def file(self, path):
        name = {"/patient": "patient.html", "/staff": "staff.html"}.get(path, path[1:])
        place = (PAGES / name).resolve()
        if path == "/assets/speech/index.json" and self.server.speech is not None:
            return self.say("200 OK", self.server.speech, "application/json")
        if not place.is_relative_to(PAGES) or not place.is_file():
            return self.say("404 Not Found", b"")
        self.say("200 OK", place.read_bytes(), TYPES.get(place.suffix, "application/octet-stream"))

    def websocket(self, headers):
        offered = [one.strip() for one in headers.get("sec-websocket-protocol", "").split(",")]
        if "varlink" not in offered or f"token.{self.server.token}" not in offered:
            return self.say("403 Forbidden", b"")
        accept = base64.b64encode(hashlib.sha1((headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        self.request.sendall(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: varlink\r\n\r\n").encode())
        connection = Connection(self.request)
        self.server.connections.append(connection)
        while (message := connection.receive()) is not None:
            self.server.answer(connection, message)
        with self.server.lock:
            self.server.followers = [(name, one) for name, one in self.server.followers if one is not connection]
            self.server.looking = [one for one in self.server.looking if one is not connection]


def main():
    from views import PATIENT, STAFF, screen, staff, status
    desk = StandIn(8099)
    desk.tell("Attach", **screen())
    desk.tell("Follow", **staff())
    desk.tell("Watch", status=status())
    for page in ("patient", "staff"):
        print(f"{desk.address}/{page}#token={desk.token}", flush=True)
    while True:
        for name, told in PATIENT.items():
            print(name, flush=True)
            if told["state"] == "concluded":
                desk.tell("Attach", **PATIENT["working"])
                time.sleep(1)
            desk.tell("Attach", **told)
            time.sleep(6)
        for name, (follow, watch) in STAFF.items():
            print(name, flush=True)
            desk.tell("Follow", **follow)
            desk.tell("Watch", status=watch)
            time.sleep(6)


if __name__ == "__main__":
    sys.exit(main())
