"""Run the portal with uvicorn: no access log, and nothing in a log line but what happened."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from confide.model.problem import Problem, Unavailable
from confide.portal.app import make_app
from confide.portal.settings import Settings
from confide.vault.portal_store import PortalStore

LOOPBACK = ("127.0.0.1", "localhost")
# Longer than a signature takes: nothing is cut in the middle of one.
GRACE_SECONDS = 10
LARGEST_HEAD = 32 * 1024
MOST_CONNECTIONS = 512


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises Unavailable if the place is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, asyncio sends each page at once; without the name every answer waits 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(MOST_CONNECTIONS)
    except OSError as problem:
        listening.close()
        raise Unavailable(
            Problem(f"port {port} on `{host}` cannot be used", hint="name another with --port")
        ) from problem
    return listening


def origins(host: str, port: int, portal: str = "") -> tuple[str, ...]:
    """The addresses that a portal listening on this machine answers to; `portal` is its public one, which comes first.

    Over plain http browsers take its secure cookie only on loopback.
    """
    names = LOOPBACK if host in LOOPBACK else (f"[{host}]" if ":" in host else host,)
    here = [f"http://{name}:{port}" for name in names]
    public = urlsplit(portal)
    first = [f"{public.scheme}://{public.netloc}".lower()] if public.netloc else []
    return tuple(dict.fromkeys([*first, *here]))


def run(
    listening: socket.socket,
    store: PortalStore,
    clock: Callable[[], datetime],
    settings: Settings,
    proxies: str = "",
) -> None:
    """Serve until Ctrl-C or SIGTERM. `proxies` lists the addresses whose `X-Forwarded-For` is believed: none."""
    quiet()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config(make_app(store, clock, settings), proxies)).run(sockets=[listening])


def config(app: Starlette, proxies: str = "") -> uvicorn.Config:
    """How uvicorn runs the portal."""
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        limit_concurrency=MOST_CONNECTIONS,
        ws="none",
    )


def quiet() -> None:
    """Of an exception nobody foresaw, log what and where, but neither its words nor the values around it."""
    for name in ("uvicorn.error", "confide.portal", "asyncio"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, Discreet) for one in logger.filters):
            logger.addFilter(Discreet())


class Discreet(logging.Filter):
    """Turns the traceback of a record into `kind at file:line`."""

    def filter(self, record: logging.LogRecord) -> bool:
        found = record.exc_info
        if found and found[1] is not None:
            trace, where = found[1].__traceback__, ""
            while trace is not None:
                where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
                trace = trace.tb_next
            record.msg, record.args = f"{type(found[1]).__name__} at {where}", ()
            record.exc_info = record.exc_text = None
        return True
