"""Mail to a server that takes it: one letter to each person, so that nobody learns who else gets it and it is known who got it.

By the standard library. What is said to the server is encrypted, or holds no password; a server that cannot is told nothing.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal

from msgspec import Struct

from facilitator.core.network import Security
from facilitator.core.regex import regex
from facilitator.i18n import Foreseen, Translator
from facilitator.share.errand import Errand, GivenUp
from facilitator.share.secret import Secret

STEP_S = 20.0
"""So long each answer of the server is waited for, in seconds."""
MOST_S = 180.0
"""And all of them together."""
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
_STRANGER = 530  # RFC 3207 and RFC 4954: STARTTLS, or who it is, must come first
_DOTS = regex(rb"(?m)^\.")

Why = Literal[
    "unreachable",  # nobody was reached
    "no-tls",  # it does not encrypt, and is asked to
    "certificate",  # whoever answers cannot show who they are
    "plain",  # the password would go over the network for all to read
    "password",  # it does not let us in
    "stranger",  # it wants encryption, or to know who sends, first (`code`)
    "sender",  # it takes nothing from this sender (`code`)
    "dropped",  # the connection ended in the middle
    "hangs",  # no answer in time
    "garbage",  # an answer that no server gives
]
Fate = Literal["begun", "sent", "not-sent"]


class NotMailed(Foreseen):
    """Why the rest was not sent. `code` is what SMTP calls it."""

    def __init__(self, why: Why, host: str, code: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.host = host
        self.code = code

    def sentence(self, tr: Translator) -> str:
        """Why; neither the password nor a word of the server's is in it."""
        host = self.host
        said: dict[Why, str] = {
            "unreachable": tr("The mail server {host} could not be reached.", host=host),
            "no-tls": tr("The mail server {host} does not encrypt: nothing was said to it.", host=host),
            "certificate": tr("Whoever answers in the place of {host} cannot show who they are: nothing was sent.", host=host),
            "plain": tr("A password is never sent unencrypted: say starttls or tls (security) for {host}, or no user.", host=host),
            "password": tr("The mail server {host} does not let this user in with this password.", host=host),
            "stranger": tr("The mail server {host} wants encryption or a user first ({code}): security and user, under share and mail.", host=host, code=self.code),
            "sender": tr("The mail server {host} takes no mail from this sender ({code}).", host=host, code=self.code),
            "dropped": tr("The connection to the mail server {host} ended in the middle.", host=host),
            "hangs": tr("The mail server {host} gave no answer in time.", host=host),
            "garbage": tr("What answers at {host} is not a mail server.", host=host),
        }  # fmt: skip
        return said[self.why]


class MailAccount(Struct, frozen=True):
    """The server, and who signs in; without `user` nobody does."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: Secret | None = None


class Mail(Struct, frozen=True):
    """A mail to one address, whole, each line ended by CR and LF."""

    to: str
    data: bytes


class Refusal(Struct, frozen=True):
    """An address that the server does not take, and what SMTP calls it."""

    to: str
    code: int


class Delivery(Struct):
    """What the server did not take, and why the rest was not sent."""

    refused: list[Refusal] = []
    failed: NotMailed | None = None


def deliver(  # noqa: PLR0913  # what goes, to whom, by whom, within what time
    server: MailAccount,
    sender: str,
    letters: Sequence[Mail],
    note: Callable[[Fate, str], object],
    *,
    step_s: float = STEP_S,
    most_s: float = MOST_S,
) -> Delivery:
    """Hand letters to a server, one after the other.

    `note` is told of an address `begun` before the step after which it may have got its letter, and then how that ended. What it
    raises ends the delivery, and is raised. Whatever goes wrong otherwise is in what is returned.
    """
    done = Delivery()
    if server.user and server.security == "none":
        return Delivery(failed=NotMailed("plain", server.host))

    def work(errand: Errand[None]) -> None:
        _Talk(server, errand, step_s, done, note).all(sender, letters)

    try:
        Errand(work).run(most_s)
    except GivenUp:
        done.failed = NotMailed("hangs", server.host)
    except NotMailed as failed:
        done.failed = failed
    return done


class _Talk:
    """A connection, from its beginning to its end."""

    def __init__(
        self,
        server: MailAccount,
        errand: Errand[None],
        step_s: float,
        done: Delivery,
        note: Callable[[Fate, str], object],
    ) -> None:
        self.server = server
        self.errand = errand
        self.step_s = step_s
        self.done = done
        self.note = note

    def all(self, sender: str, letters: Sequence[Mail]) -> None:
        """Send them. Raises NotMailed, and what `note` raises."""
        host, reached = self.server.host, False
        try:
            smtp = self._connected()
            reached = True
            try:
                self._let_in(smtp)
                for letter in letters:
                    self._send(smtp, sender, letter)
                with suppress(smtplib.SMTPException, OSError):
                    smtp.quit()  # all is said
            finally:
                smtp.close()
        except ssl.SSLCertVerificationError:
            raise NotMailed("certificate", host) from None
        except ssl.SSLError:
            raise NotMailed("dropped" if reached else "no-tls", host) from None
        except smtplib.SMTPAuthenticationError:
            raise NotMailed("password", host) from None
        except (smtplib.SMTPServerDisconnected, ConnectionError) as ended:
            slow = isinstance(ended.__context__, TimeoutError)  # smtplib says of both that the server is gone
            raise NotMailed(("hangs" if slow else "dropped") if reached else "unreachable", host) from None
        except TimeoutError:
            raise NotMailed("hangs" if reached else "unreachable", host) from None
        except (smtplib.SMTPException, ValueError):
            # What was raised may hold what was said: it goes no further.
            raise NotMailed("garbage", host) from None
        except _Unnoted as unnoted:
            raise unnoted.error from None
        except OSError:
            raise NotMailed("dropped" if reached else "unreachable", host) from None

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        smtp = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=self.step_s, context=ssl.create_default_context())
            if server.security == "tls"
            else smtplib.SMTP(server.host, server.port, timeout=self.step_s)
        )
        # A letter and its end are two writes: the second would wait for the first to be acknowledged.
        if smtp.sock is not None:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    def _let_in(self, smtp: smtplib.SMTP) -> None:
        server = self.server
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            if not smtp.has_extn("starttls"):
                raise NotMailed("no-tls", server.host)
            try:
                smtp.starttls(context=ssl.create_default_context())
            except smtplib.SMTPResponseException:
                raise NotMailed("no-tls", server.host) from None
            smtp.ehlo_or_helo_if_needed()  # what was said before is forgotten
        if server.user and server.password is not None:
            try:
                smtp.login(server.user, server.password.reveal())
            except (smtplib.SMTPNotSupportedError, UnicodeError):
                raise NotMailed("password", server.host) from None

    def _send(self, smtp: smtplib.SMTP, sender: str, letter: Mail) -> None:
        """One letter. Its end, a dot on a line of its own, is the step after which the server may have taken it."""
        self.errand.check()
        code, _ = smtp.mail(sender)
        if code != 250:
            raise NotMailed("stranger" if code == _STRANGER else "sender", self.server.host, code)
        code, _ = smtp.rcpt(letter.to)
        if code not in (250, 251):
            self._refused(smtp, letter, code)
            return
        code, _ = smtp.docmd("DATA")
        if code != 354:
            self._refused(smtp, letter, code)
            return
        smtp.send(_DOTS.sub(b"..", letter.data))
        self.errand.check()
        self._noted("begun", letter)
        smtp.send(b"\r\n.\r\n")
        code, _ = smtp.getreply()
        self._noted("sent" if code == 250 else "not-sent", letter)
        if code != 250:
            self._refused(smtp, letter, code)

    def _refused(self, smtp: smtplib.SMTP, letter: Mail, code: int) -> None:
        if code == 421:  # the server goes away
            raise smtplib.SMTPServerDisconnected
        self.done.refused.append(Refusal(letter.to, code))
        smtp.rset()

    def _noted(self, fate: Fate, letter: Mail) -> None:
        try:
            self.note(fate, letter.to)
        except Exception as error:
            raise _Unnoted(error) from error


class _Unnoted(Exception):
    """What was to be remembered could not be: that is no word of the server's."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
