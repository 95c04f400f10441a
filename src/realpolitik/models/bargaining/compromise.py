"""The compromise model: the mean of positions, weighted by who matters and who cares."""

from __future__ import annotations

from realpolitik.models.bargaining.mean import weighted_mean
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["compromise"]


@model("compromise", accepts=ActorTable, reference="VandenBos1991")
def compromise(table: ActorTable) -> Settlement:
    """Everybody gives way in proportion: the mean of positions weighted by capability times salience.

    It is also the asymmetric Nash bargaining solution if everybody loses by the square of the distance
    and no agreement is very costly to all.

    Parameters
    ----------
    table : positions in the unit of the issue; salience in [0, 1]; capability at least 0.

    Returns
    -------
    Settlement : outcome float[draws, issues], exact.

    Raises
    ------
    ModelError : capability times salience is zero for everybody in some draw.

    References
    ----------
    Van den Bos 1991, Dutch EC Policy Making; Achen 2006, in Thomson et al., The European Union Decides,
    ch. 10, finds it as good as the complex models. Checked: tests/reference/compromise.yaml.
    """
    outcome = weighted_mean(table, table.weight("capability", "salience"))
    method = "mean of positions weighted by capability times salience"
    return Settlement(table.issues, outcome, "compromise", None, True, method)
