"""A way out of the house that nobody has connected: what is to go by it waits, and is told of loudly."""

from shared.ports.notices import NotTaken, Outgoing


class NoWayOut:
    """Takes nothing."""

    connected = False

    def send(self, out: Outgoing) -> None:  # noqa: ARG002 - it takes nothing
        """Raise `NotTaken`: it may be connected tomorrow."""
        raise NotTaken("not_connected")
