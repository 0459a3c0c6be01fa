"""Which addresses a webhook may go to: public ones by https, and what the settings open. Judged by number, not name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

HTTPS_PORT = 443
_BROADEST = {4: 8, 6: 7}
"""A network wider than this (such as 0.0.0.0/0:80) opens public addresses only."""

_OPENING = re.compile(r"(?:\[(?P<v6>[^][]+)\]|(?P<rest>[^][:]+|[^][]*:[^][]*:[^][]*))(?::(?P<port>[0-9]{1,5}))?")
"""A network, and a port after it; an IPv6 network stands in brackets when a port follows."""

_PORTS = 2**16

_EMBEDDED = tuple(IPv6Network(n) for n in ("::ffff:0:0/96", "64:ff9b::/96", "::/96"))
"""IPv6 addresses that end in an IPv4 address: mapped, NAT64, the deprecated compatible ones."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC: tuple[Network, ...] = (
    IPv6Network("2001::/23"),  # protocol assignments, Teredo
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation
    IPv4Network("192.0.0.0/24"),  # protocol assignments
    IPv4Network("192.88.99.0/24"),  # the former 6to4 relays
    IPv4Network("168.63.129.16/32"),  # a public number that is Azure's own host agent from inside Azure
)
"""What is_global of Python 3.11 lets through, or newer registries added (IANA special-purpose registries)."""

_ISATAP = 0x5EFE
"""The third quarter of an IPv6 address that ends in an IPv4 one (RFC 5214), but for its universal bit."""
_UNIVERSAL = 0x0200_0000


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry of `webhook_allow`: a network, and one port of it or all."""

    network: Network
    port: int | None

    def covers(self, address: Address, port: int) -> bool:
        """Does it open this address at this port."""
        if address not in self.network or self.port not in {None, port}:
            return False
        return self.network.prefixlen >= _BROADEST[self.network.version] or is_public(address)


def text_to_opening(text: str) -> Opening:
    """`127.0.0.0/8`, `10.1.0.0/16:8080`, `192.0.2.7`, `fd00::/8`, `[fd00::/8]:8443`. Raises ValueError."""
    match = _OPENING.fullmatch(text.strip())
    if match is None or (match["port"] is not None and not 0 < int(match["port"]) < _PORTS):
        raise ValueError(text)
    network = ip_network(match["v6"] or match["rest"])
    return Opening(network=network, port=None if match["port"] is None else int(match["port"]))


def unwrap(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, where there is one; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.sixtofour is not None:
        return address.sixtofour
    if int(address) > 1 and any(address in network for network in _EMBEDDED):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Is this an address of the public internet, whatever it is wrapped in."""
    inner = unwrap(address)
    if isinstance(inner, IPv6Address) and (inner not in _GLOBAL_UNICAST or not _tunnels_to_public(inner)):
        return False
    refused = inner.is_multicast or inner.is_reserved or any(inner in network for network in _NOT_PUBLIC)
    return inner.is_global and not refused


def _tunnels_to_public(address: IPv6Address) -> bool:
    """False for an ISATAP address that ends in an IPv4 address which is not public."""
    third = int(address) >> 32 & 0xFFFFFFFF & ~_UNIVERSAL
    return third != _ISATAP or is_public(IPv4Address(int(address) & 0xFFFFFFFF))


def is_allowed(text: str, port: int, scheme: str, openings: tuple[Opening, ...]) -> bool:
    """May a webhook go there: to a public address by https at 443, or to what an opening covers."""
    address = unwrap(ip_address(text))
    if any(opening.covers(address, port) for opening in openings):
        return True
    return scheme == "https" and port == HTTPS_PORT and is_public(address)
