"""Invented decisions in the form of DEU; nothing in them ever happened."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

ACTORS = ("com", "ep", "de", "fr", "it", "nl", "lu", "pl")


def rows(dossiers: int = 12, seed: int = 7) -> list[dict[str, str]]:
    """Two issues a dossier; the outcome is a position or near the mean."""
    rng = np.random.default_rng(seed)
    found = []
    for dossier in range(dossiers):
        for issue in range(2):
            present = [actor for actor in ACTORS if actor != "pl" or dossier % 2]
            place = dict(zip(present, (rng.integers(0, 5, len(present)) * 25).tolist(), strict=True))
            care = dict(zip(present, rng.integers(10, 100, len(present)).tolist(), strict=True))
            chosen = place[present[int(rng.integers(len(present)))]]
            middle = round(sum(place.values()) / len(place) + rng.normal(0, 10))
            outcome = chosen if rng.random() < 0.5 else min(max(middle, 0), 100)
            row = {"prnr": f"d{dossier:02d}123", "isnr": f"i{issue}"}
            row |= {"proc": "COD" if dossier % 3 else "CNS", "counvte": "QMV" if dossier % 4 else "Unan"}
            row |= {f"p{actor}": str(place.get(actor, "")) for actor in ACTORS}
            row |= {f"s{actor}": str(care.get(actor, "")) for actor in ACTORS}
            row |= {"rp": "0" if rng.random() < 0.6 else "", "out": str(outcome)}
            found.append(row)
    return found


def write(path: Path, found: list[dict[str, str]], separator: str = "\t") -> Path:
    """Write rows as a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(found[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(found)
    return path
