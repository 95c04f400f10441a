"""The contests that come with Realpolitik.

They stand in ``examples/`` at the top of the repository. A wheel carries a copy inside the package, so
the same name finds them in a checkout, in an editable installation and in an installed wheel.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from realpolitik.errors import UnknownName

__all__ = ["bundled", "bundled_contest"]

HOMES = (Path(__file__).parent / "examples", Path(__file__).parents[2] / "examples")
"""Inside an installed package; at the top of a checkout. The first one that has the name wins."""


def bundled(homes: Iterable[Path] = HOMES) -> dict[str, Path]:
    """Find the bundled contests.

    Parameters
    ----------
    homes : folders whose subfolders may be contests; those that do not exist are passed over.

    Returns
    -------
    dict : name to folder, in alphabetical order.
    """
    files = [file for home in homes for file in home.glob("*/contest.yaml")]
    folders = {file.parent.name: file.parent for file in reversed(files)}
    return dict(sorted(folders.items()))


def bundled_contest(name: str, homes: Iterable[Path] = HOMES) -> Path:
    """Return the folder of one bundled contest; it may be read-only, so copy it before changing it.

    Raises
    ------
    UnknownName : no contest of that name comes with Realpolitik; carries the names that do.
    """
    folders = bundled(homes)
    if name not in folders:
        raise UnknownName("bundled contest", name, tuple(folders))
    return folders[name]
