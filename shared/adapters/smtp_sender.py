"""E-mail by SMTP (RFC 5321) with STARTTLS and a verified certificate: never in the clear, and no name in a header."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from shared import log
from shared.ports.clock import Clock
from shared.ports.notices import NotSent, NotTaken, Outgoing, Refused, Unclear

TIMEOUT: Final = 5.0
"""Seconds for each answer of the server; who bounds the whole call is `WarySender`."""
_TAKEN: Final = 250
_TAKEN_CODES: Final = frozenset({_TAKEN, 251})
"""Done, and done by passing it on (RFC 5321 4.2.3)."""
_TEMPORARY: Final = range(400, 500)
_FOR_GOOD: Final = range(500, 600)


class SmtpSender:
    """Sends by one mail server, as `sender`; `login` gives user and password, or None where none is asked for.

    `context` stands in for the machine's own trust in tests.
    """

    connected = True

    def __init__(
        self,
        server: tuple[str, int],
        sender: str,
        login: Callable[[], tuple[str, str]] | None,
        clock: Clock,
        *,
        context: ssl.SSLContext | None = None,
        seconds: float = TIMEOUT,
    ) -> None:
        self._server = server
        self._sender = sender
        self._login = login
        self._clock = clock
        self._context = context
        self._seconds = seconds

    def send(self, out: Outgoing) -> None:
        """Hand it over on a connection of its own."""
        session = self._opened()
        try:
            self._address(session, out)
            self._give(session, out)
            with suppress(smtplib.SMTPException, OSError):
                session.quit()
        finally:
            session.close()

    @property
    def _domain(self) -> str:
        return self._sender.partition("@")[2]

    def _opened(self) -> smtplib.SMTP:
        """Greeted, encrypted and logged in; whatever goes wrong here, nothing has been taken."""
        try:
            host, port = self._server
            session = smtplib.SMTP(host, port, timeout=self._seconds, local_hostname=self._domain)
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(_code(error)) from error
        try:
            self._secure(session)
        except BaseException:
            session.close()
            raise
        return session

    def _secure(self, session: smtplib.SMTP) -> None:
        try:
            session.starttls(context=self._context or ssl.create_default_context())
            session.ehlo_or_helo_if_needed()
            if self._login is not None:
                session.login(*self._login())
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError, UnicodeError) as error:
            log.alarm("smtp.misconfigured", error)
            raise NotTaken(_code(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(_code(error)) from error

    def _address(self, session: smtplib.SMTP, out: Outgoing) -> None:
        try:
            code, _ = session.mail(self._sender)
            if code != _TAKEN:
                log.alarm("smtp.misconfigured", code=str(code))
                raise NotTaken(str(code))
            code, _ = session.rcpt(out.to)
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(_code(error)) from error
        _judge(code)

    def _give(self, session: smtplib.SMTP, out: Outgoing) -> None:
        """From the first byte of the message on, a lost answer leaves it open whether it was taken."""
        try:
            code, _ = session.data(self._message(out).as_bytes())
        except smtplib.SMTPDataError as error:
            _judge(error.smtp_code, Unclear)
            raise Unclear(_code(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unclear(_code(error)) from error
        _judge(code, Unclear)

    def _message(self, out: Outgoing) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = out.to
        message["Subject"] = out.subject
        message["Date"] = format_datetime(self._clock.now())
        # The same for every try: a mailbox that gets it twice can tell.
        message["Message-ID"] = f"<{out.id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{out.text}\n", cte="quoted-printable")
        return message


def _judge(code: int, senseless: type[NotSent] = NotTaken) -> None:
    """Nothing when it is well; an answer that makes no sense is `senseless`."""
    if code in _TAKEN_CODES:
        return
    if code in _TEMPORARY:
        raise NotTaken(str(code))
    if code in _FOR_GOOD:
        raise Refused(str(code))
    raise senseless(str(code))


def _code(error: Exception) -> str:
    code = getattr(error, "smtp_code", None)
    return str(code) if isinstance(code, int) else type(error).__name__
