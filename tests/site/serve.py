"""A tiny server for one built site, as strict as the portal's: only what is in the table, each page with its policy."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

from confide.site.built import BuiltSite

POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@contextmanager
def served(site: BuiltSite, below: str = "/r/reader/", *, policy: bool = True) -> Iterator[str]:
    """The address of the site on loopback, below a path as deep as the portal's; without `policy` anything may run."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            name = path.removeprefix(below) if path.startswith(below) else ""
            if name == "" or name.endswith("/"):
                name += "index.html"
            data = site.files.get(name) or site.assets.get(name)
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
            scripts = " ".join(f"'{source}'" for source in site.csp.get(name, ()))
            if policy:
                self.send_header("Content-Security-Policy", POLICY.format(scripts=scripts))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}"
    finally:
        server.shutdown()
        server.server_close()
