"""A process that sends one message by a gateway on this machine; whoever runs the gateway may kill it meanwhile.

Arguments: the data folder, the gateway's address, the message's id.
"""

import sys
from pathlib import Path

from shared.adapters.sms_gateway import SmsGateway
from shared.app import House, open_house
from shared.domain.ids import MessageId
from shared.domain.messages import Channel
from shared.records.sending import Sending
from shared.settings import Settings, Stage


def settings(folder: Path) -> Settings:
    """Stage demo over the folder."""
    return Settings(stage=Stage.DEMO, origin="http://localhost:8080", var=folder)


def sending(house: House, gateway: str) -> Sending:
    """What sends from the house's outbox by the gateway."""
    way = SmsGateway(gateway, "Kommunen", lambda: ("u", "p"))
    ways = {Channel.SMS: way, Channel.EMAIL: way}
    return Sending(
        house._vault,
        house._outbox,
        ways,
        directory=house.directory,
        reach=house._reach,
        origin=house.settings.origin,
    )


def main(folder: str, gateway: str, message: str) -> None:
    """Send it."""
    house = open_house(settings(Path(folder)))
    sending(house, gateway).send(MessageId(message))
    house.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
