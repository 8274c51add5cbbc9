"""The whole store contract: every keeper's test class inherits it and passes it unchanged."""

from tests.contracts.store_commits import CommitsContract
from tests.contracts.store_limits import LimitsContract
from tests.contracts.store_model import ModelContract
from tests.contracts.store_queries import QueriesContract
from tests.contracts.store_races import RacesContract
from tests.contracts.store_together import TogetherContract


class StoreContract(CommitsContract, LimitsContract, QueriesContract, TogetherContract, RacesContract, ModelContract):
    """Compare-and-set over small documents, with Firestore's edges."""
