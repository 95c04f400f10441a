"""Who takes part in a report, under which names.

The way of the data: :mod:`raw_names` (stretches) → :mod:`naming`, :mod:`groups`, :mod:`offices` (mentions) →
:mod:`discourse` (what pronouns and roles refer to) → :mod:`casting`, :mod:`persons`, :mod:`bodies` (one actor out of
many mentions) → :mod:`actors` (as claims). Known actors stand in :mod:`gazetteer`.
"""
