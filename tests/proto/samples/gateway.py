"""What stands in for kaomon-gateway before a page: the page itself, and for it alone a WebSocket whose text frames are Varlink
messages. Unlike kaomon-gateway it reaches whatever socket a test wants."""
import base64
import contextlib
import hashlib
import http.server
import json
import socket
import struct
import threading

from languages import SAMPLES
from line import messages

TOKEN = "what-stands-in-staff.token"


class Gateway(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, to):
        super().__init__(("127.0.0.1", 0), Connection)
        self.to = to  # the socket behind it
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class Connection(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket" and self.path == "/varlink":
            return self.upgrade()
        file = SAMPLES / self.path.removeprefix("/assets/")
        page = file.read_bytes() if file.name in ("verify.html", "verify_page.mjs") else b""
        self.send_response(200)
        self.send_header("Content-Type", ("text/javascript" if file.suffix == ".mjs" else "text/html") + "; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'none'")
        self.end_headers()
        self.wfile.write(page)

    def upgrade(self):
        offered = [word.strip() for word in self.headers["Sec-WebSocket-Protocol"].split(",")]
        if offered != ["varlink", f"token.{TOKEN}"] or self.headers["Origin"] != self.server.address:
            return self.send_error(403)
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        self.send_header("Sec-WebSocket-Protocol", "varlink")
        self.end_headers()
        self.close_connection = True
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as far:
            far.connect(str(self.server.to))
            threading.Thread(target=self.back, args=(far,), daemon=True).start()
            while message := self.frame():
                far.sendall(message + b"\0")
            far.shutdown(socket.SHUT_RDWR)

    def back(self, far):
        with contextlib.suppress(OSError):
            for reply in messages(far):
                text = json.dumps(reply).encode()
                size = struct.pack("!B", len(text)) if len(text) < 126 else struct.pack("!BH", 126, len(text))
                self.connection.sendall(b"\x81" + size + text)
            self.connection.shutdown(socket.SHUT_RDWR)

    def frame(self):
        """The next text; None when the page closes. RFC 6455, 5.2: what a browser sends is masked, and these are one frame each."""
        head = self.rfile.read(2)
        if len(head) < 2 or head[0] != 0x81:
            return None
        size = head[1] & 0x7F
        if size == 126:
            size, = struct.unpack("!H", self.rfile.read(2))
        mask = self.rfile.read(4)
        return bytes(one ^ mask[place % 4] for place, one in enumerate(self.rfile.read(size)))
