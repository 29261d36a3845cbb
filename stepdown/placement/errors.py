"""What placement says no with. Each carries the sentence a person reads."""

from stepdown.kernel.db import RuleBroken


class GroupFull(RuleBroken):
    """No chair of the group is free for the whole of the time asked for."""


class DoesNotFit(RuleBroken):
    """The person's time or the leader's license stands against this group."""


class ChainMoved(RuleBroken):
    """Staff stopped the chain, or took this person out of it, since it was looked at."""
