"""What the detector's records have in common."""

import msgspec


class Record(msgspec.Struct, eq=False):
    """A base for records that are compared by identity; a class of its own, for mypyc passes no class keywords on."""
