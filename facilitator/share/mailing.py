"""A document to the people of a list, by mail: each once, each alone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime, getaddresses
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.i18n import Foreseen, Translator
from facilitator.meetings.leaving import mail_words
from facilitator.share.pending import Pending, now, settle
from facilitator.share.secret import read_guarded, read_secret
from facilitator.share.sent import Sent, sending
from facilitator.share.smtp import PORTS, Delivery, Fate, Mail, MailAccount, NotMailed, Refusal, deliver
from facilitator.store.accepted import digest_of
from facilitator.store.preferences import config_folder

if TYPE_CHECKING:
    from facilitator.core.network import Network
    from facilitator.store.workspace import Workspace

ALL = "all"
_ADDRESS = regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\Z")
_MOST = 2_000

Missing = Literal[
    "host",  # which server takes mail is not said
    "security",  # how it encrypts is said in words that are unknown
    "password",  # a user is named, and no password is known for this host
    "sender",  # whom mail comes from is not said
    "recipients",  # to whom is not said
    "many",  # more than a network has
    "address",  # this is no address
]


class Unaddressed(Foreseen):
    """What is missing or wrong before anything can be sent; `detail` is the file to write, or what was given."""

    def __init__(self, what: Missing, detail: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.detail = detail

    def sentence(self, tr: Translator) -> str:
        """What to say, and where."""
        said: dict[Missing, str] = {
            "host": tr("Which server sends mail is not said: host, under share and mail, in facilitator.yaml."),
            "security": tr("How the mail server encrypts is starttls, tls or none."),
            "password": tr("No password is known for this server: write it into {path}, for you alone (chmod 600).", path=self.detail),
            "sender": tr("Whom mail comes from is not said: sender, under share and mail, in facilitator.yaml."),
            "recipients": tr("To whom is not said: --to ADDRESS, or one address a line in {path}, for you alone (chmod 600).", path=self.detail),
            "many": tr("More than {n} addresses: a list of the network’s is shorter.", n=_MOST),
            "address": tr("“{given}” is no mail address.", given=self.detail),
        }  # fmt: skip
        return said[self.what]


class Mailed(Struct, frozen=True):
    """What became of it: who got it now, who did before, who may have, whom the server refused, who is left and why."""

    now: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left: tuple[str, ...] = ()
    failed: NotMailed | None = None


def server_of(workspace: Workspace, network: Network, environ: Mapping[str, str]) -> MailAccount:
    """The server of the environment, else of the settings. Raises Unaddressed, Unsafe and OSError.

    A password belongs to one host: that of the environment to the host of the environment, that of a file to the host in its name. So
    settings that somebody else changed give it to nobody.
    """
    chosen, said = network.share.mail, environ.get("FACILITATOR_SMTP_HOST", "").strip()
    host, _, port = (said or chosen.host or "").partition(":")
    if not host:
        raise Unaddressed("host")
    security = environ.get("FACILITATOR_SMTP_SECURITY", "").strip() or chosen.security
    if security not in PORTS or not (port or "1").isdecimal() or not 0 < int(port or 1) < 65_536:
        raise Unaddressed("security" if security not in PORTS else "host")
    user = environ.get("FACILITATOR_SMTP_USER", "").strip() or chosen.user
    variables = environ if said else {name: value for name, value in environ.items() if name != _PASSWORD}
    name = f"{host.lower()}.password"
    password = read_secret(name, _PASSWORD, workspace.root, variables) if user else None
    if user and password is None:
        raise Unaddressed("password", str(config_folder(environ) / name))
    return MailAccount(host, int(port) if port else PORTS[security], security, user, password)


_PASSWORD = "FACILITATOR_SMTP_PASSWORD"  # noqa: S105  # the name of a variable


def sender_of(network: Network, environ: Mapping[str, str]) -> str:
    """Whom mail comes from: the sender of the environment or of the settings, else the network's address. Raises Unaddressed."""
    said = environ.get("FACILITATOR_SENDER", "").strip() or network.share.mail.sender or network.channels.mail
    if not said:
        raise Unaddressed("sender")
    return checked_address(said)


def recipients_of(
    workspace: Workspace, network: Network, environ: Mapping[str, str], given: Sequence[str] = ()
) -> tuple[str, ...]:
    """Each address once: those given, else those of the user's list for this network. Raises Unaddressed, Unsafe and OSError."""
    name = f"{network.share.account}.recipients" if network.share.account else "recipients"
    lines = given or (read_guarded(name, workspace.root, environ) or "").split("\n")
    named = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    found: dict[str, str] = {}
    for line in named:
        address = checked_address(line)
        found.setdefault(address.lower(), address)
    if not found:
        raise Unaddressed("recipients", str(config_folder(environ) / name))
    if len(found) > _MOST:
        raise Unaddressed("many")
    return tuple(found.values())


def checked_address(given: str) -> str:
    """The address in `Nora T. <nora@example.org>`, or alone. Raises Unaddressed for what would be none, or begin a header of its own."""
    found = getaddresses([given]) if given.isprintable() else []
    address = found[0][1] if len(found) == 1 else ""
    if not _ADDRESS.match(address) or ".." in address or address.split("@")[0].strip(".") != address.split("@")[0]:
        raise Unaddressed("address", "".join(sign if sign.isprintable() else " " for sign in given)[:80])
    return address


def sorted_out(workspace: Workspace, document: str, recipients: Sequence[str]) -> tuple[tuple[str, ...], Mailed]:
    """The addresses that nothing was sent to yet, and what became of the others. Raises OSError."""
    sent = Sent(workspace)
    states = {one: sent.state(*_name(document, one)) for one in recipients}
    waiting = tuple(one for one, state in states.items() if state in (None, "not-sent"))
    before = tuple(one for one, state in states.items() if state == "sent")
    return waiting, Mailed(before=before, unsure=tuple(one for one, state in states.items() if state == "begun"))


def mail_all(  # noqa: PLR0913  # what goes to whom, by whom
    workspace: Workspace,
    document: str,
    mails: Mapping[str, bytes],
    *,
    server: MailAccount,
    sender: str,
    again: Collection[str] = (),
    links: str | None = None,
) -> Mailed:
    """Send to each address its mail, where it has not got this document; to those of `again` (`ALL`: to all) once more.

    Where the server was not reached, what is left waits to be tried again; `links` is where its links lead. Raises OSError when it cannot
    be remembered, Busy while another one sends; nothing more is sent then.
    """
    with sending(workspace) as sent:
        waiting, before = sorted_out(workspace, document, tuple(mails))
        once_more = {one.lower() for one in again}
        chosen = [one for one in mails if one in waiting or one.lower() in once_more or ALL in once_more]
        tried: dict[str, Fate] = {}

        def note(fate: Fate, to: str) -> None:
            sent.note(fate, *_name(document, to))
            tried[to] = fate

        letters = [Mail(to, _addressed(mails[to], document, sender, to)) for to in chosen]
        done = deliver(server, sender, letters, note) if letters else Delivery()
    fates = dict(tried)  # what was given up writes no more
    refused = {one.to for one in done.refused}
    mailed = Mailed(
        tuple(to for to, fate in fates.items() if fate == "sent"),
        tuple(one for one in before.before if one not in chosen),
        (*(one for one in before.unsure if one not in chosen), *(to for to, fate in fates.items() if fate == "begun")),
        tuple(done.refused),
        tuple(one for one in chosen if one not in fates and one not in refused),
        done.failed,
    )
    # What may have arrived waits for a person, and the rest with it: a server that never says so would be sent one after the other.
    offline = done.failed is not None and done.failed.why in _OFFLINE and "begun" not in fates.values()
    place, since = place_of(server, sender), now()
    said = {mail: content_of(mail) for mail in {*mails.values()}}
    for text in dict.fromkeys(said.values()):
        to = tuple(one for one, mail in mails.items() if said[mail] == text)
        left = [one for one in mailed.left if one in to] if offline else []
        settle(workspace, Pending("mail", place, to, since, document, text, links), left)
    return mailed


_OFFLINE = ("unreachable", "dropped", "hangs")


def content_of(mail: bytes) -> str:
    """What stands for what a mail says."""
    return digest_of(mail_words(mail))


def place_of(server: MailAccount, sender: str) -> str:
    """What stands for the server that was accepted, and for whom the mail comes from."""
    return digest_of("mail", server.host, str(server.port), server.security, sender)


def _addressed(mail: bytes, document: str, sender: str, to: str) -> bytes:
    """The mail to one person: nobody else is named in it. Sent again it has the same name, by which programs know it."""
    letter = message_from_bytes(mail, policy=SMTP)
    for name in ("X-Unsent", "From", "To", "Date", "Message-ID"):
        del letter[name]
    letter["From"] = Address(addr_spec=sender)
    letter["To"] = Address(addr_spec=to)
    letter["Date"] = format_datetime(datetime.datetime.now(datetime.UTC))
    letter["Message-ID"] = f"<{digest_of(document, sender, to)}@{sender.rpartition('@')[2]}>"
    return letter.as_bytes().rstrip(b"\r\n")


def _name(document: str, to: str) -> tuple[str, ...]:
    return ("mail", document, to.lower())
