"""Where a name really leads: asked once, and only to machines that it may lead to."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

Resolver = Callable[[str, int], Sequence[str]]
"""The numeric addresses of a name. OSError when there are none."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class LeadsInside(Exception):
    """The name stands for a machine that is not on the public Internet."""


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def addresses_of(host: str, port: int, resolver: Resolver, *, may_be_inside: bool) -> list[str]:
    """What to connect to; asked once, so that the name cannot change its mind in between.

    All of it must be public, unless a person has set the host up inside: one address out of line spoils the rest.
    """
    found = list(resolver(host, port))
    if not found:
        raise OSError("no address")
    if not may_be_inside and not all(is_public(address) for address in found):
        raise LeadsInside
    return found


def is_public(address: str) -> bool:
    """Whether this numeric address is one of the public Internet; also not one that only carries another."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and (carried := _carried(parsed)) is not None:
        parsed = carried
    return parsed.is_global and not parsed.is_multicast


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
