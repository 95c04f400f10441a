"""How a chamber votes: quorum, boycott, passage, and who decides it.

:func:`passage` samples a vote in every draw, :func:`exact_passage` computes its probability for one draw,
:func:`who_decides` and :func:`walk_out` say on whom a vote hangs.
"""

from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.exact import Passage, exact_passage
from realpolitik.models.voting.passage import passage
from realpolitik.models.voting.pivotal import Pivots, WalkOut, walk_out, who_decides
from realpolitik.models.voting.vote import Vote

__all__ = [
    "Ballot",
    "Passage",
    "Pivots",
    "Vote",
    "WalkOut",
    "exact_passage",
    "passage",
    "walk_out",
    "who_decides",
]
