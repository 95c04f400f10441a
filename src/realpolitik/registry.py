"""Names of models, crisis templates, readers, engines and report sections, and the one place that finds them.

A part of the product registers itself with a decorator in a file of its own; nothing else is edited.
Built-in parts are found by walking their package once, those of third parties by the entry points
``realpolitik.models``, ``realpolitik.templates``, ``realpolitik.readers``, ``realpolitik.engines`` and
``realpolitik.sections``.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, TypeVar

from realpolitik.errors import UnknownName

__all__ = [
    "Entry",
    "Registry",
    "engine",
    "engines",
    "model",
    "models",
    "reader",
    "readers",
    "section",
    "sections",
    "templates",
]

Function = TypeVar("Function", bound=Callable[..., Any])
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Entry:
    """One registered part."""

    name: str
    """Kebab-case, unique within its kind."""

    function: Callable[..., Any]
    """What does the work."""

    about: Mapping[str, Any] = field(default_factory=dict)
    """What the decorator was told: ``accepts``, ``reference``, ``variants`` and so on."""

    @property
    def summary(self) -> str:
        """First line of the docstring."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    def __call__(self, *args: Any, **offered: Any) -> Any:
        """Call the part with those of the offered keywords that it declares."""
        wanted = inspect.signature(self.function).parameters
        return self.function(*args, **{key: value for key, value in offered.items() if key in wanted})


class Registry:
    """Parts of one kind by name.

    Parameters
    ----------
    kind : the word used in messages, e.g. ``"model"``.
    packages : dotted names of the packages whose modules register built-in parts.
    """

    def __init__(self, kind: str, *packages: str) -> None:
        self.kind = kind
        self.packages = packages
        self._entries: dict[str, Entry] = {}
        self._loaded = False

    def register(self, name: str, **about: Any) -> Callable[[Function], Function]:
        """Decorate a function so that it can be found as ``name``."""
        if not KEBAB.match(name):
            raise ValueError(f"{self.kind} name {name!r} is not kebab-case (letters, digits, single hyphens)")

        def keep(function: Function) -> Function:
            known = self._entries.get(name)
            if known and (known.function.__module__, known.function.__qualname__) != (
                function.__module__,
                function.__qualname__,
            ):
                raise ValueError(f"{self.kind} '{name}' is already registered by {known.function.__module__}")
            self._entries[name] = Entry(name, function, about)
            return function

        return keep

    def load(self) -> None:
        """Import every built-in and installed part once."""
        if self._loaded:
            return
        self._loaded = True
        for package in self.packages:
            root = importlib.import_module(package)
            for module in pkgutil.walk_packages(root.__path__, f"{package}."):
                importlib.import_module(module.name)
        for point in entry_points(group=f"realpolitik.{self.kind}s"):
            point.load()

    def get(self, name: str) -> Entry:
        """Return the part of that name.

        Raises
        ------
        UnknownName : nobody registered it; carries the names that exist.
        """
        self.load()
        if name not in self._entries:
            raise UnknownName(self.kind, name, self.names())
        return self._entries[name]

    def names(self, **about: Any) -> tuple[str, ...]:
        """Names in alphabetical order, of those parts whose ``about`` holds the given values."""
        self.load()
        return tuple(
            sorted(
                name
                for name, entry in self._entries.items()
                if all(entry.about.get(key) == value for key, value in about.items())
            )
        )


models = Registry("model", "realpolitik.models")
templates = Registry("template", "realpolitik.models.crisis.templates")
readers = Registry("reader", "realpolitik.reading")
engines = Registry("engine", "realpolitik.forecast.engines")
sections = Registry("section", "realpolitik.report")


def model(
    name: str, *, accepts: type, reference: str, variants: tuple[str, ...] = (), predictive: bool = False
) -> Callable[[Function], Function]:
    """Register a model.

    Parameters
    ----------
    accepts : its input view.
    variants : its named rule sets, default first.
    predictive : whether its outcome in each draw is itself drawn from what it says may happen, errors of the model
        included, so that no further error is to be added.
    """
    return models.register(name, accepts=accepts, reference=reference, variants=variants, predictive=predictive)


def reader(name: str) -> Callable[[Function], Function]:
    """Register a reader: ``(Document) -> Iterable[Claim]``."""
    return readers.register(name)


def engine(name: str, *, address: bool = False) -> Callable[[Function], Function]:
    """Register an engine: a context manager that hands out ``run(task, items) -> Iterator`` of results in order.

    Parameters
    ----------
    address : whether it needs one.
    """
    return engines.register(name, address=address)


def section(name: str, *, order: int) -> Callable[[Function], Function]:
    """Register a section of the report: ``(Forecast) -> list[Block]``; ``order`` is its place in the page."""
    return sections.register(name, order=order)
