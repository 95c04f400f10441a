"""How a chamber votes: quorum, boycott, passage, and who decides it.

:func:`passage` samples a vote in every draw, :func:`exact_passage` computes its probability for one draw,
:func:`who_decides` and :func:`walk_out` say on whom a vote hangs, :func:`exact_swings` what each bloc could do
before it, :func:`exact_margins` by how much it passes, :func:`smallest_coalitions` who can force or stop it.
"""

from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.exact import Passage, exact_passage, exact_passages
from realpolitik.models.voting.margin import Margins, exact_margins
from realpolitik.models.voting.passage import passage
from realpolitik.models.voting.pivotal import Pivots, WalkOut, walk_out, who_decides
from realpolitik.models.voting.shock import struck
from realpolitik.models.voting.smallest import Smallest, no_show_profiles, smallest_coalitions
from realpolitik.models.voting.swings import WAYS, Swings, exact_swings, sampled_swings
from realpolitik.models.voting.vote import Vote

__all__ = [
    "WAYS",
    "Ballot",
    "Margins",
    "Passage",
    "Pivots",
    "Smallest",
    "Swings",
    "Vote",
    "WalkOut",
    "exact_margins",
    "exact_passage",
    "exact_passages",
    "exact_swings",
    "no_show_profiles",
    "passage",
    "sampled_swings",
    "smallest_coalitions",
    "struck",
    "walk_out",
    "who_decides",
]
