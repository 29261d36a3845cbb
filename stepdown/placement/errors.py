"""What placement says no with. Each carries the sentence a person reads."""

from uuid import UUID

from stepdown.kernel.db import RuleBroken


class GroupFull(RuleBroken):
    """No chair of the group is free for the whole of the time asked for."""


class DoesNotFit(RuleBroken):
    """The person's time or the leader's license stands against this group."""


class ChainMoved(RuleBroken):
    """Staff stopped the chain, or took this person out of it, since it was looked at."""


class PlanDoesNotHold(RuleBroken):
    """Something in a plan holds no more; nothing of it was done. `sentences`: by id of the episode."""

    def __init__(self, sentences: dict[UUID, str]) -> None:
        super().__init__("Nothing was offered, as not everything holds any more.", "plan")
        self.sentences = sentences
