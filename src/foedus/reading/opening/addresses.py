"""Which network addresses may be asked for a page."""

from __future__ import annotations

import ipaddress

NAT64 = ipaddress.ip_network("64:ff9b::/96")
TO_IPV4 = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))
"""6to4 and Teredo: addresses that lead on to an IPv4 address of the sender's choice."""


def is_public(address: str) -> bool:
    """Whether an address is one of the open net.

    Not: private, loopback, link-local, shared, multicast and reserved ones, and IPv6 addresses that
    stand for such a one.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if any(ip in net for net in TO_IPV4) or ip.is_site_local or "%" in address:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
