"""Stands in for the google provider: knows every argument and nothing else, so Terraform can validate and mock.

Started by Terraform itself, with the schema beside it. It can neither plan nor apply anything real.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import tf.provider
import tf.runner
from tf.gen import tfplugin_pb2 as wire
from tf.gen import tfplugin_pb2_grpc as calls

NAMED = re.compile(r'"(google_\w+)"')
NESTING = wire.Schema.NestedBlock.NestingMode


def block(described: dict[str, dict[str, Any]]) -> Any:
    """The block in Terraform's wire format; what may be left out may be answered by the cloud as well."""
    made = wire.Schema.Block()
    for name, (kind, required) in described["arguments"].items():
        made.attributes.add(
            name=name,
            type=json.dumps(kind).encode(),
            required=required is True,
            optional=required is False,
            computed=required is not True,
        )
    for name, (nested, many, required, single) in described["blocks"].items():
        made.block_types.add(
            type_name=name,
            block=block(nested),
            nesting=NESTING.SINGLE if single else NESTING.LIST,
            min_items=1 if required and not single else 0,
            max_items=0 if many or single else 1,
        )
    return made


def named_here() -> set[str]:
    """The names of resources and data sources, right or wrong, in the folder that Terraform works in."""
    return {name for path in Path().glob("*.tf") for name in NAMED.findall(path.read_text("utf-8"))}


class StandIn(calls.ProviderServicer):  # type: ignore[misc] # the package has no types here
    """Answers what `terraform validate` asks; every other call is refused as unknown."""

    def __init__(self, _: object) -> None:
        self._schema = json.loads(Path(sys.argv[0]).with_name("schema.json").read_text("utf-8"))

    def GetProviderSchema(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802 - the protocol's name
        """What the schema holds of all that is named here: the whole of it would take seconds at every start."""
        provider = block(self._schema["provider"])
        for one in provider.attributes:
            one.computed = False  # the cloud answers nothing about the provider's own settings
        answer = wire.GetProviderSchema.Response(
            provider=wire.Schema(block=provider), server_capabilities=wire.ServerCapabilities()
        )
        for kind, schemas in (("resources", answer.resource_schemas), ("data-sources", answer.data_source_schemas)):
            for name in named_here() & self._schema[kind].keys():
                schemas[name].CopyFrom(wire.Schema(block=block(self._schema[kind][name])))
        return answer

    def ValidateProviderConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """Terraform has compared with the schema; there is nothing to add."""
        return wire.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """As above."""
        return wire.ValidateResourceConfig.Response()

    def ValidateDataResourceConfig(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """As above."""
        return wire.ValidateDataResourceConfig.Response()

    def StopProvider(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """Nothing is under way."""
        return wire.StopProvider.Response()


if __name__ == "__main__":
    tf.provider.ProviderServicer = StandIn
    tf.runner.run_provider(None, sys.argv)
