"""A port on loopback for a program that must be told which one: nobody else is given it, also while the program is away."""

import socket


def kept_port() -> socket.socket:
    """Bound, and not listened at, so that the program can. To be closed when it has ended."""
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: else they could not share it with us
    kept.bind(("127.0.0.1", 0))
    return kept
