"""Why an installation's data can not be opened; each message is one clear line for the person who starts it."""


class CannotOpen(Exception):
    """The data can not be opened; `str(error)` is one line to show."""


class AlreadyOpen(CannotOpen):
    """Another process has the data open for writing; only one may."""


class OtherStage(CannotOpen):
    """The data belongs to another stage or another board (nämnd)."""


class OtherVersion(CannotOpen):
    """The data was written by a newer version of the product."""


class NotWritable(CannotOpen):
    """The disk does not let us write there, or what lies there is no data of ours."""


class NoAccount(CannotOpen):
    """This process has no service account by which the cloud could know it."""


class NoMasterKey(CannotOpen):
    """The master key is missing, damaged or readable by others."""


class NoKeys(CannotOpen):
    """The data is there without the keys that open it."""
