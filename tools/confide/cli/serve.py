"""`confide serve`: the portal, on this machine or behind a web server."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from confide.cli import out
from confide.cli.session import session
from confide.model.problem import Problem, Usage

if TYPE_CHECKING:
    from confide.vault.portal_store import PortalStore


@click.command()
@click.option("--coach", "coachs", is_flag=True, help="Your own site instead: all partnerships, on this machine only.")
@click.option("--store", type=click.Path(path_type=Path), help="The portal's store; the practice's own if left out.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8765, show_default=True, help="The port to listen on.")
@click.option("--origin", "origins", multiple=True, metavar="URL", help="An address it is reached at; repeat it.")
@click.option("--proxy", metavar="ADDRESS", default="", help="The web server in front, whose X-Forwarded-For holds.")
@click.pass_context
def serve(
    ctx: click.Context,
    coachs: bool,
    store: Path | None,
    host: str,
    port: int,
    origins: tuple[str, ...],
    proxy: str,
) -> None:
    """Serve the sealed sites. Needs no repository and no key of yours: it holds ciphertext and locked keys only.

    With --coach: all you keep, decrypted in memory, and each party's site as they see it. For this machine only.
    """
    if coachs:
        _coach(ctx, host, port)
        return
    from confide.portal import serve as portal
    from confide.vault.portal_store import PortalStore

    listening = portal.listen(host, port)
    if store is None:
        practice = session(ctx).practice
        store, public = practice.store_path, practice.file.portal
    else:
        public = ""
    opened = PortalStore(store)
    addresses = origins or portal.origins(host, port, public)
    out.say(f"Serving {len(opened.readers())} readers at {addresses[0]} (Ctrl-C ends it)")
    run(listening, opened, addresses, proxy)


def _coach(ctx: click.Context, host: str, port: int) -> None:
    from confide.cli import coach_app
    from confide.portal import serve as portal
    from confide.site.coach.sites import BOARD, Sites

    if host not in portal.LOOPBACK:
        raise Usage(
            Problem(
                "your own site is for this machine only",
                "everything on it is decrypted",
                hint="leave out --host; from elsewhere, tunnel to it: ssh -L",
            )
        )
    found = session(ctx)
    sites = Sites(found.path)
    listening = portal.listen(host, port)
    # Unlocked now, while somebody sits at the terminal.
    sites.site(BOARD)
    token = coach_app.new_token()
    out.say(f"Your own site, on this machine only: http://{host}:{listening.getsockname()[1]}/{token}/")
    out.say("Whoever has this address can read everything. Ctrl-C ends it, and nothing of it is left.", dim=True)
    coach_app.run(listening, sites, token)


def run(listening: socket.socket, store: PortalStore, origins: tuple[str, ...], proxy: str = "") -> None:
    """Serve until Ctrl-C, with the system's clock."""
    from confide.portal.serve import run as serve_until_stopped
    from confide.portal.settings import Settings

    serve_until_stopped(listening, store, lambda: datetime.now(UTC), Settings(origins), proxy)
