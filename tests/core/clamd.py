"""A small server that speaks clamd's protocol (VERSION, INSTREAM) over a real socket and knows one virus: EICAR."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The test string all scanners know, in two parts so that no scanner takes this file for a virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = b"ClamAV 1.4.3/27800/Thu Nov 26 09:00:00 2026\n"


class Handler(socketserver.StreamRequestHandler):
    """One command per connection, as a client sends it: "nCOMMAND\\n", for INSTREAM followed by sized pieces."""

    server: Any

    def handle(self) -> None:
        command = self.rfile.readline().strip()
        self.server.commands.append(command)
        if command == b"nVERSION":
            self.wfile.write(VERSION)
        elif command == b"nINSTREAM":
            self.wfile.write(self._judge())

    def _judge(self) -> bytes:
        if self.server.answer is not None:
            return self.server.answer
        data = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
        self.server.scanned.append(data)
        return b"stream: Eicar-Signature FOUND\n" if EICAR in data else b"stream: OK\n"


class TcpClamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class UnixClamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(socket_path: Path | None = None, *, answer: bytes | None = None) -> Iterator[Any]:
    """A running server: `address`, what was `scanned`, the `commands` it got. `answer` is said to every INSTREAM."""
    server: Any = UnixClamd(str(socket_path), Handler) if socket_path else TcpClamd(("127.0.0.1", 0), Handler)
    server.scanned, server.commands, server.answer = [], [], answer
    server.address = f"unix://{socket_path}" if socket_path else f"tcp://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
