"""The ways out of the house that the settings name."""

from shared.adapters.no_way_out import NoWayOut
from shared.adapters.secret_file import read_secret
from shared.adapters.wary_sender import WarySender
from shared.domain.messages import Channel
from shared.ports.clock import Clock
from shared.ports.notices import Sender
from shared.settings import Settings


def ways_out(settings: Settings, clock: Clock) -> dict[Channel, Sender]:
    """A sender for each channel; what is not set up takes nothing, and says so."""
    return {Channel.SMS: _sms(settings), Channel.EMAIL: _email(settings, clock)}


def _sms(settings: Settings) -> Sender:
    if not settings.sms_url:
        return NoWayOut()
    from shared.adapters.sms_gateway import SmsGateway

    def login() -> tuple[str, str]:
        return settings.sms_user, read_secret(settings.sms_password_file)

    return WarySender(SmsGateway(settings.sms_url, settings.sms_from, login))


def _email(settings: Settings, clock: Clock) -> Sender:
    if not settings.smtp_host:
        return NoWayOut()
    from shared.adapters.smtp_sender import SmtpSender

    def login() -> tuple[str, str]:
        return settings.smtp_user, read_secret(settings.smtp_password_file)

    server = (settings.smtp_host, settings.smtp_port)
    return WarySender(SmtpSender(server, settings.smtp_from, login if settings.smtp_user else None, clock))
