"""Given names that show a gender: whom «she» can mean."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import tomli

from copydesk_quotes._languages._pack import Pack


@cache
def _shared() -> dict[str, str]:
    """The gender of the names that all languages share, by the name as written."""
    data = tomli.loads((files("copydesk_quotes") / "packs" / "given" / "given.toml").read_text("utf-8"))
    genders: dict[str, str] = {}
    for script in data.values():
        genders.update(dict.fromkeys(script["women"].split(), "f"))
        genders.update(dict.fromkeys(script["men"].split(), "m"))
    return genders


def given_names(pack: Pack) -> dict[str, str]:
    """The gender of given names in one language; a name that its pack lists for both shows none."""
    genders = dict(_shared())
    genders.update(dict.fromkeys(pack.women, "f"))
    genders.update(dict.fromkeys(pack.men, "m"))
    genders.update(dict.fromkeys(set(pack.women) & set(pack.men), ""))
    return genders
