"""Finding plugins: by entry point, by file beside the pipeline, by module; each imported only when it is used."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import CodeType, ModuleType

import attrs

from copydesk._errors import INTERRUPTIONS, PluginError, describe
from copydesk._plugins._checks import check_plugin, tables_for
from copydesk._plugins._plugin import PROJECT, is_plugin
from copydesk._problems import did_you_mean

_loading = threading.Lock()


@attrs.frozen
class InstalledPlugin:
    """An entry point of the group ``copydesk``: a name that pipelines can use, and what stands behind it."""

    name: str
    target: str
    """``package:Class``, or a module that holds one class a stage."""
    distribution: str
    version: str
    entry_point: EntryPoint = attrs.field(repr=False)

    def classes(self) -> tuple[type, ...]:
        """Import it and return its plugin classes, checked.

        Raises PluginError where it cannot be imported or breaks the rules.
        """
        try:
            loaded = self.entry_point.load()
        except INTERRUPTIONS:
            raise
        except BaseException as error:
            raise PluginError(
                f"plugin {self.name!r} of {self.distribution} {self.version} cannot be imported: {_told(error)}"
            ) from error
        return _plugin_classes(loaded, f"plugin {self.name!r}")


def installed_plugins() -> tuple[InstalledPlugin, ...]:
    """Every plugin that an installed distribution offers, by name; nothing is imported."""
    found = [
        InstalledPlugin(
            entry.name,
            entry.value,
            entry.dist.name if entry.dist else "?",
            entry.dist.version if entry.dist else "?",
            entry,
        )
        for entry in entry_points(group=PROJECT)
    ]
    return tuple(sorted(set(found), key=lambda plugin: (plugin.name, plugin.distribution)))


Installed = Callable[[], tuple[InstalledPlugin, ...]]
"""What tells which plugins are installed; looking takes milliseconds."""


def find_plugin(reference: str, stage: str, folder: Path, installed: Installed = installed_plugins) -> type:
    """The plugin class that ``reference`` names, checked, and fit for ``stage``.

    ``reference`` is an installed plugin's name, ``file.py:Class`` at or below ``folder``, or
    ``package.module:Class``; ``stage`` is ``ingest``, ``enrich``, ``export`` or ``use``.

    Raises PluginError where there is none, it cannot be imported, or it breaks the rules.
    """
    classes = find_plugin_classes(reference, folder, installed)
    for cls in classes:
        if stage in tables_for(cls):
            return cls
    tables = sorted({table for cls in classes for table in tables_for(cls)})
    raise PluginError(
        f"plugin {reference!r} is nothing for [[{stage}]]; it belongs under {' or '.join(f'[[{it}]]' for it in tables)}"
    )


def find_plugin_classes(reference: str, folder: Path, installed: Installed = installed_plugins) -> tuple[type, ...]:
    """Every plugin class that ``reference`` names, checked; a module may hold one a stage.

    Raises PluginError where there is none, it cannot be imported, or it breaks the rules.
    """
    target, colon, attribute = reference.rpartition(":")
    if not colon:
        return _named(reference, installed()).classes()
    module = _file_module(target, folder) if target.endswith(".py") else _package_module(target)
    try:
        loaded = getattr(module, attribute)
    except AttributeError:
        hint = did_you_mean(attribute, vars(module))
        raise PluginError(f"{target} has no class {attribute!r}" + (f"; {hint}" if hint else "")) from None
    return _plugin_classes(loaded, f"plugin {reference!r}")


def _named(name: str, installed: tuple[InstalledPlugin, ...]) -> InstalledPlugin:
    matches = [plugin for plugin in installed if plugin.name == name]
    if len(matches) == 1:
        return matches[0]
    if matches:
        offers = " and ".join(f"{plugin.distribution} ({plugin.target})" for plugin in matches)
        raise PluginError(f"plugin {name!r} is offered by {offers}; name one of them as package:Class")
    raise UnknownPluginError(name, tuple(plugin.name for plugin in installed))


class UnknownPluginError(PluginError):
    """No installed distribution offers a plugin of this name."""

    def __init__(self, name: str, installed: tuple[str, ...]) -> None:
        self.hint = did_you_mean(name, installed)
        super().__init__(f"no plugin is named {name!r}")
        if name.endswith(".py"):
            self.hint = f"write {name}:Class"


def _package_module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except INTERRUPTIONS:
        raise
    except BaseException as error:
        raise PluginError(f"module {name!r} cannot be imported: {_told(error)}") from error


def _file_module(reference: str, folder: Path) -> ModuleType:
    path = (folder / reference).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise PluginError(
            f"plugin file {reference!r} lies outside {folder}; put it beside the pipeline file or below it"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PluginError(f"plugin file {path} cannot be read: {error.strerror}") from error
    digest = hashlib.sha256(content).hexdigest()
    name = f"_copydesk_{path.stem}_{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}"
    with _loading:
        known = sys.modules.get(name)
        if known is None or vars(known)["__digest__"] != digest:
            known = _run_file(name, path, digest)
    return known


class _Loader(SourceFileLoader):
    """Compiles a file each time: a .pyc tells an edited file from the old one by whole seconds only."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _run_file(name: str, path: Path, digest: str) -> ModuleType:
    loader = _Loader(name, str(path))
    module = ModuleType(name)
    vars(module).update(__file__=str(path), __loader__=loader, __digest__=digest)
    # attrs and pickle look a class's module up by name, also while it runs.
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except INTERRUPTIONS:
        raise
    except BaseException as error:
        del sys.modules[name]
        raise PluginError(f"plugin file {path} cannot be run: {_told(error)}") from error
    return module


def _plugin_classes(loaded: object, named: str) -> tuple[type, ...]:
    if isinstance(loaded, ModuleType):
        classes = tuple(_classes_of(loaded))
        if not classes:
            raise PluginError(f"{named} is the module {loaded.__name__}, which holds no class with @copydesk.plugin")
    elif inspect.isclass(loaded):
        classes = (loaded,)
    else:
        raise PluginError(f"{named} is {loaded!r:.80}, which is no class; name a class with @copydesk.plugin")
    for cls in classes:
        check_plugin(cls)
    return classes


def _classes_of(module: ModuleType) -> Iterator[type]:
    for value in vars(module).values():
        if is_plugin(value) and value.__module__.partition(".")[0] == module.__name__.partition(".")[0]:
            yield value


def _told(error: BaseException) -> str:
    """An import error in one line, with the file and line it was raised at."""
    if isinstance(error, PluginError):
        return str(error)
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg} ({error.filename}:{error.lineno})"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "importlib" not in frame.filename]
    where = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames and frames[-1].filename != __file__ else ""
    return describe(error) + where
