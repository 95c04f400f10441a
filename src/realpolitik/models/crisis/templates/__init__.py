"""The crises that can be named: deterrence, threats of sanctions, signals, escalation, an ultimatum."""

from realpolitik.errors import UnknownName
from realpolitik.models.crisis.template import Template
from realpolitik.models.crisis.templates.deterrence import DETERRENCE
from realpolitik.models.crisis.templates.escalation import CHICKEN, LADDER
from realpolitik.models.crisis.templates.sanctions import THREAT, THREAT_UNKNOWN
from realpolitik.models.crisis.templates.signal import SIGNAL
from realpolitik.models.crisis.templates.ultimatum import ULTIMATUM

__all__ = ["TEMPLATES", "template"]

TEMPLATES = {found.name: found for found in (DETERRENCE, THREAT, THREAT_UNKNOWN, SIGNAL, CHICKEN, LADDER, ULTIMATUM)}
"""By name, in the order in which they are listed."""


def template(name: str) -> Template:
    """Return the template of that name.

    Raises
    ------
    UnknownName : there is none; carries the names that exist.
    """
    if name not in TEMPLATES:
        raise UnknownName("crisis template", name, tuple(TEMPLATES))
    return TEMPLATES[name]
