"""Web addresses as feeds carry them: absolute, http or https, ASCII only."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_ALLOWED = r"0-9A-Za-z;/?:@&=+$.\-_!~*'(),"
_clean = re.compile(rf"https?://[0-9A-Za-z.\-]+(?::\d+)?(?:[/?](?:[{_ALLOWED}]|%[0-9A-Fa-f]{{2}})*)?")
_to_encode = re.compile(rf"%(?![0-9A-Fa-f]{{2}})|[^{_ALLOWED}%]")
_host = re.compile(r"[0-9A-Za-z.\-]+|\[[0-9A-Fa-f:.]+\]")


def feed_uri(address: str) -> str | None:
    """The address as a feed may carry it: percent-encoded, its host in IDNA; None where it is no web address."""
    if _clean.fullmatch(address):
        return address
    try:
        parts = urlsplit(address.strip())
        authority = _authority(parts.hostname or "", parts.port)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or authority is None or "@" in parts.netloc:
        return None
    path, query, fragment = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, authority, path, query, fragment))


def feed_uri_below(address: str, name: str) -> str:
    """The address of the file ``name`` in the folder that ``address`` stands for."""
    scheme, authority, path, _, _ = urlsplit(address)
    return urlunsplit((scheme, authority, f"{path.rstrip('/')}/{name}", "", ""))


def _authority(host: str, port: int | None) -> str | None:
    host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    if not _host.fullmatch(host):
        return None
    return host if port is None else f"{host}:{port}"


def _encoded(part: str) -> str:
    return _to_encode.sub(lambda match: quote(match[0], safe="", errors="replace"), part)
