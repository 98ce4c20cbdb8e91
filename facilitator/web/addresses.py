"""Where this machine can be reached by the telephones around it."""

from __future__ import annotations

import ipaddress
import socket
import struct
from contextlib import suppress
from importlib import import_module

# Nothing is sent there (RFC 5737, RFC 3849): the system is asked by which of its addresses it would go.
_AWAY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))

_SIOCGIFADDR = 0x8915  # netdevice(7), on Linux


def usual_address() -> str | None:
    """The address of this machine by which it goes elsewhere; None on a machine without network."""
    for family, away in _AWAY:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as asked:
                asked.connect((away, 9))
                found = str(asked.getsockname()[0])
        except OSError:
            continue
        if is_reachable(found):
            return found
    return None


def addresses() -> list[str]:
    """The addresses of this machine that are known, that by which it goes elsewhere first: with a network at home and at work there are several."""
    found = [usual_address() or "127.0.0.1", *_of_interfaces(), "127.0.0.1"]
    return list(dict.fromkeys(found))


def _of_interfaces() -> list[str]:
    """What each interface has; nothing where the system does not say it so."""
    try:
        ioctl = import_module("fcntl").ioctl
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            found = []
            for _, name in socket.if_nameindex():
                with suppress(OSError):  # it has no address
                    said = ioctl(asked.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                    found.append(socket.inet_ntoa(said[20:24]))
    except (OSError, AttributeError, ModuleNotFoundError):
        return []
    return [one for one in found if is_reachable(one)]


def is_reachable(address: str) -> bool:
    """Whether others may reach a machine by an address: neither itself alone, nor one that it gave itself for want of a network."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return not (found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast)


def is_address(text: str) -> bool:
    """Whether a text is one address of one machine, in figures."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (found.is_unspecified or found.is_multicast)


def family_of(address: str) -> socket.AddressFamily:
    """How a machine listens at an address."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def location(address: str, port: int) -> str:
    """What a telephone opens, without the code: `http://192.168.1.20:8000`."""
    return f"http://{_named(address, port)}"


def host_names(address: str, port: int) -> tuple[str, ...]:
    """What a request that was meant for this server calls it."""
    return tuple(_named(one, port) for one in (address, "127.0.0.1", "localhost"))


def _named(address: str, port: int) -> str:
    host = f"[{address}]" if ":" in address else address
    return host if port == 80 else f"{host}:{port}"
