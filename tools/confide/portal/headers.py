"""What every answer tells the browser: keep nothing, run nothing of others, tell nobody, frame nothing."""

from __future__ import annotations

from collections.abc import Iterable

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
}
_TWO_YEARS = "max-age=63072000"
NO_STORE = "no-store"
# Theme files are the same for everybody: a browser may keep them, and asks each time whether they are still good.
ASK_AGAIN = "private, no-cache"


def always(*, secure: bool) -> dict[str, str]:
    """Headers of every answer; with `secure` the browser never again comes without TLS."""
    return {**_ALWAYS, **({"Strict-Transport-Security": _TWO_YEARS} if secure else {})}


def policy(scripts: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page whose inline scripts have these hashes (CSP level 3, `sha256-…`).

    Inline style is not allowed either: neither the portal's pages nor the theme's need any.
    """
    script = " ".join(["'self'", *(f"'{one}'" for one in scripts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {script}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
