"""Ends with one plain sentence when something else already listens on the port given."""

import socket
import sys


def main(port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT has to be a number between 1 and 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            sys.exit(f"Port {port} may not be used without being root; choose another one: make run PORT=8001")
        except OSError:
            sys.exit(f"Port {port} is busy; end what uses it or choose another one: make run PORT=8001")


if __name__ == "__main__":
    main(sys.argv[1])
