"""What plugin authors write with: the plugin decorator and the hook marker."""

from __future__ import annotations

import inspect
from typing import TypeVar, dataclass_transform

import attrs
import pluggy

from copydesk._where import require_types

ClassT = TypeVar("ClassT", bound=type)

PROJECT = "copydesk"
"""The name of the entry-point group, and of pluggy's project."""

_MARK = "__copydesk_plugin__"

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a method as the implementation of the hook of its name."""

hookspec = pluggy.HookspecMarker(PROJECT)
"""Marks a method of a plugin's ``hookspecs`` class as a hook that other plugins may implement."""


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(attrs.field,))
def plugin(cls: ClassT) -> ClassT:
    """Make a class a plugin: its typed fields are its options, its docstring its manual.

    Fields are set by keyword. ``attrs.field(...)`` gives validators and factories; a field with
    ``init=False`` is state of the plugin's own, no option. A string under a field documents it.
    """
    require_types(cls, "plugin")
    made = attrs.define(cls, eq=False, kw_only=True, slots=False)
    setattr(made, _MARK, True)
    return made


def is_plugin(value: object) -> bool:
    """Whether this is a class that ``copydesk.plugin`` made, itself and not only its base."""
    return inspect.isclass(value) and _MARK in vars(value)
