"""Looks whether the shop's port is free, before anything else is begun."""

import errno
import socket

from shop_demo.demo.errors import DemoError


def need_port(host: str, port: int) -> None:
    """Raises DemoError, which names the port and a free one, when the port cannot be listened on."""
    if not 0 < port < 65_536:
        raise DemoError(f"{port} is no port number. Choose one between 1024 and 65535: manage.py demo --port 8000")
    if (problem := _problem(host, port)) is None:
        return
    if problem.errno in (errno.EACCES, errno.EPERM):
        raise DemoError(f"You may not listen on port {port}. Choose one above 1023: manage.py demo --port 8000")
    if problem.errno != errno.EADDRINUSE:
        raise DemoError(
            f"Cannot listen on {host}, port {port}: {problem.strerror}. Choose another with --port/--host."
        )
    spare = next((p for p in range(port + 1, min(port + 100, 65_536)) if _problem(host, p) is None), 0)
    raise DemoError(
        f"Port {port} is taken by another program (perhaps another demo). Choose another one: "
        f"python manage.py demo --port {spare or 'NUMBER'}"
    )


def _problem(host: str, port: int) -> OSError | None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: TIME_WAIT is no obstacle
        try:
            listener.bind((host, port))
            listener.listen(1)
        except OSError as error:
            return error
    return None
