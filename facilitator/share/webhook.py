"""A message to the chat, through an incoming webhook of Mattermost or Discord.

By the standard library: one request with one text, where a client would follow redirects, which is what must not happen here, and would
put the address, which is the secret, into its errors. Nothing that is raised holds the address, or a word that came back.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import ssl
import urllib.request
from base64 import b64encode
from typing import Literal
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.i18n import Foreseen, Translator
from facilitator.share.errand import Errand, GivenUp
from facilitator.share.secret import Secret

TIME_S = 20.0
_MOST_ANSWER = 4_096
_UNSURE = frozenset((502, 504))  # a gateway, whose server may have done it
_TOO_MANY = 429
_PLAIN = regex(r"[!-~]{1,2000}\Z")  # visible ASCII: an address, and nothing that would make a header of its own

Chat = Literal["mattermost", "discord"]
# Of one message: Mattermost's usual limit; Discord's. https://docs.mattermost.com, https://discord.com/developers/docs/resources/webhook
LIMITS: dict[Chat, int] = {"mattermost": 16_383, "discord": 2_000}

Why = Literal[
    "address",  # this is no address of a webhook that is known
    "plain",  # it would go over the network for all to read
    "unreachable",  # nobody was reached
    "proxy",  # the proxy of the environment does not let it through, or is of a kind that is not known
    "certificate",  # whoever answers cannot show who they are
    "elsewhere",  # it leads to another address, which was not followed
    "refused",  # the chat said no (`status`)
    "busy",  # the chat takes no more for now
    "hangs",  # no answer in time
    "dropped",  # the connection ended before an answer
    "garbage",  # an answer that no chat gives
]


class NotPosted(Foreseen):
    """A message that was not posted, and why; `unsure`: it may have been all the same. `status` is what HTTP calls it."""

    def __init__(self, why: Why, *, status: int = 0, wait_s: float = 0, unsure: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.status = status
        self.wait_s = wait_s
        self.unsure = unsure

    def sentence(self, tr: Translator) -> str:
        """Why, without the address."""
        said: dict[Why, str] = {
            "address": tr("What is given as the webhook’s address is none of Mattermost (…/hooks/…) or Discord (…/api/webhooks/…)."),
            "plain": tr("The webhook’s address begins with http://, which anyone on the way can read: it must be https://."),
            "unreachable": tr("The chat could not be reached."),
            "proxy": tr("The proxy that the environment names (HTTPS_PROXY) does not let it through: nothing was sent."),
            "certificate": tr("Whoever answers in the place of the chat cannot show who they are: nothing was sent."),
            "elsewhere": tr("The webhook’s address leads to another one ({status}), which was not followed.", status=self.status),
            "refused": tr("The chat said no ({status}).", status=self.status),
            "busy": tr("The chat takes no more messages for now: try again in a minute."),
            "hangs": tr("The chat gave no answer in time."),
            "dropped": tr("The connection to the chat ended before it answered."),
            "garbage": tr("What answered is not a chat."),
        }  # fmt: skip
        return said[self.why]


class Webhook(Struct, frozen=True):
    """Where messages are posted. It does not show its path, which is the secret."""

    chat: Chat
    host: str
    port: int | None
    path: Secret
    tls: bool

    @property
    def limit(self) -> int:
        """The length of a message, in UTF-16 units: neither chat counts fewer than that."""
        return LIMITS[self.chat]


def read_webhook(secret: Secret) -> Webhook:
    """The webhook of an address. Raises NotPosted for what is none, and for one that would be sent for all to read."""
    text = secret.reveal()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise NotPosted("address") from None
    if not _PLAIN.match(text) or parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotPosted("address")
    if re.search(r"/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]+/[\w-]+/?\Z", parts.path):
        chat: Chat = "discord"
    elif re.search(r"/hooks/[\w-]+/?\Z", parts.path):
        chat = "mattermost"
    else:
        raise NotPosted("address")
    tls = parts.scheme == "https"
    if not tls and not is_here(host):
        raise NotPosted("plain")
    return Webhook(chat, host, port, Secret(parts.path + (f"?{parts.query}" if parts.query else "")), tls)


def is_here(host: str) -> bool:
    """Whether a host is this machine: what is said to it goes over no network."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def post(hook: Webhook, text: str, *, seconds: float = TIME_S) -> None:
    """Post one message. Raises NotPosted; within about so many seconds, whatever the other side does."""
    said = {"text": text} if hook.chat == "mattermost" else {"content": text, "allowed_mentions": {"parse": []}}
    begun: list[bool] = []

    def work(errand: Errand[tuple[int, float, bytes]]) -> tuple[int, float, bytes]:
        return _exchange(hook, msgspec.json.encode(said), errand, seconds, begun)

    try:
        status, wait_s, answer = Errand(work).run(seconds)
    except GivenUp:
        raise NotPosted("hangs" if begun else "unreachable", unsure=bool(begun)) from None
    _judge(hook, status, wait_s, answer)


def _exchange(
    hook: Webhook, body: bytes, errand: Errand[tuple[int, float, bytes]], seconds: float, begun: list[bool]
) -> tuple[int, float, bytes]:
    """The status, how long to wait in seconds and the beginning of the answer; `begun` is filled before the text leaves."""
    connection = _connection(hook, seconds)
    headers = {"Content-Type": "application/json", "User-Agent": "facilitator"}
    try:
        connection.connect()
        errand.check()
        begun.append(True)
        connection.request("POST", hook.path.reveal(), body, headers)
        answer = connection.getresponse()
        return answer.status, _seconds(answer.getheader("Retry-After")), answer.read(_MOST_ANSWER)
    except ssl.SSLCertVerificationError:
        raise NotPosted("certificate") from None
    except ssl.SSLError:
        raise NotPosted("dropped" if begun else "garbage", unsure=bool(begun)) from None
    except TimeoutError:
        raise NotPosted("hangs" if begun else "unreachable", unsure=bool(begun)) from None
    except OSError as error:
        # http.client says of a proxy that refuses nothing but words, and no number of the system's.
        refused = not begun and type(error) is OSError and error.errno is None
        raise NotPosted("dropped" if begun else "proxy" if refused else "unreachable", unsure=bool(begun)) from None
    except (http.client.HTTPException, ValueError):
        # What was raised may hold the address: it goes no further.
        raise NotPosted("garbage" if begun else "unreachable", unsure=bool(begun)) from None
    finally:
        connection.close()


def _connection(hook: Webhook, seconds: float) -> http.client.HTTPConnection:
    """A connection, by the proxy of the environment where there is one; none to this machine goes through one. Raises NotPosted."""
    if not hook.tls:
        return http.client.HTTPConnection(hook.host, hook.port, timeout=seconds)
    context = ssl.create_default_context()
    if is_here(hook.host) or urllib.request.proxy_bypass(hook.host) or not (proxy := _proxy()):
        return http.client.HTTPSConnection(hook.host, hook.port, timeout=seconds, context=context)
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host, port, user, password = parts.hostname, parts.port, parts.username, parts.password
    except ValueError:
        raise NotPosted("proxy") from None
    if parts.scheme != "http" or not host:
        raise NotPosted("proxy")
    let_in = b64encode(f"{unquote(user)}:{unquote(password or '')}".encode()).decode() if user else ""
    connection = http.client.HTTPSConnection(host, port or http.client.HTTP_PORT, timeout=seconds, context=context)
    headers = {"Proxy-Authorization": f"Basic {let_in}"} if let_in else {}
    connection.set_tunnel(hook.host, hook.port or http.client.HTTPS_PORT, headers)
    return connection


def _proxy() -> str:
    found = urllib.request.getproxies()
    return found.get("https") or found.get("all") or ""


def _judge(hook: Webhook, status: int, wait_s: float, answer: bytes) -> None:
    """Raise NotPosted unless this is the answer of a chat that took it: `ok`, or nothing, or the message itself."""
    if 300 <= status < 400:
        raise NotPosted("elsewhere", status=status)
    if status == _TOO_MANY:
        raise NotPosted("busy", wait_s=wait_s)
    if not 200 <= status < 300:
        raise NotPosted("refused", status=status, unsure=status in _UNSURE)
    taken = answer.strip() == b"ok" if hook.chat == "mattermost" else not answer or answer.lstrip().startswith(b"{")
    if not taken:
        raise NotPosted("garbage", unsure=True)


def _seconds(said: str | None) -> float:
    try:
        return max(0.0, float(said or 0))
    except ValueError:
        return 0.0
