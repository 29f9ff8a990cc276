"""Which addresses of the network are anybody's to visit: a guard against being sent to one's own.

Pure: an address in, yes or no out; a name is looked up once, by whatever looks names up, and every
address that it stands for has to be public. Who connects does so to what came out of here, never
to the name again, which might mean something else by then.
"""

import ipaddress
import re
import socket
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Ways in which an IPv6 address says an IPv4 one: what counts is the one within.
MAPPED = ipaddress.ip_network("::ffff:0:0/96")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
# Beyond these no address of IPv6 is a place on the open net; it holds what older versions of Python
# take for global: site-local, NAT64 of one network, segments of a route, IPv4 in disguise.
OPEN_NET = ipaddress.ip_network("2000::/3")
# Global to Python 3.11, or to some of its releases, and nobody's to visit.
CLOSED = [
    ipaddress.ip_network(network)
    for network in [
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/3",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
    ]
]
# "2130706433", "0x7f.1" and "0177.0.0.1" are 127.0.0.1 to the machine and nothing to a person.
LOOKS_LIKE_A_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?")
LONGEST_NAME = 253
# A name without a dot, or with one of these behind it, is a machine of one's own.
INWARD = frozenset(["localhost", "local", "internal", "intranet", "lan", "corp", "home"])
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NOBODY = frozenset([socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)])


class NotPublic(Exception):
    """A host that is no place on the open net."""


class UnknownHost(Exception):
    """A name that nobody knows."""


def is_public(address: str | Address) -> bool:
    """Whether ``address`` is a place that everybody on the net may visit."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if found.version == 6:
        if found.scope_id:
            return False
        for network, shift in ((MAPPED, 0), (NAT64, 0), (SIX_TO_FOUR, 80)):
            if found in network:
                return is_public(ipaddress.IPv4Address((int(found) >> shift) & 0xFFFFFFFF))
        if found not in OPEN_NET:
            return False
    is_closed = any(found in network for network in CLOSED if network.version == found.version)
    return found.is_global and not found.is_multicast and not is_closed


def plain_host(host: str) -> str:
    """``host`` as it is looked up and named to the server: ASCII, in lower case, no dot behind it.

    Raises NotPublic for what is neither a name nor an address in its usual writing.
    """
    try:
        if ":" in host:
            address = ipaddress.IPv6Address(host)
            if address.scope_id is None:
                return str(address)
        else:
            plain = host.encode("idna").decode().lower()
            if LOOKS_LIKE_A_NUMBER.fullmatch(plain):
                return str(ipaddress.IPv4Address(plain))
            labels = plain.removesuffix(".").split(".")
            is_inward = len(labels) == 1 or labels[-1] in INWARD
            if (
                len(plain) <= LONGEST_NAME
                and not is_inward
                and all(LABEL.fullmatch(label) for label in labels)
            ):
                return ".".join(labels)
    except ValueError:
        pass
    raise NotPublic(host)


def addresses_of(
    host: str,
    port: int,
    *,
    look_up: Callable = socket.getaddrinfo,
    is_allowed: Callable[[str], bool] = is_public,
) -> list[str]:
    """The addresses that ``host``, as ``plain_host`` writes it, stands for now.

    Raises NotPublic if a single one of them is not allowed, UnknownHost if there is none, and
    OSError if nobody could say.
    """
    try:
        answers = look_up(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as failure:
        if failure.errno in NOBODY:
            raise UnknownHost(host) from failure
        raise
    found = list(dict.fromkeys(answer[4][0] for answer in answers))
    if not found:
        raise UnknownHost(host)
    if not all(is_allowed(address) for address in found):
        raise NotPublic(host)
    return found
