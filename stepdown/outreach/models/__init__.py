"""What the product says to people outside its pages, and what they tell it."""

from stepdown.outreach.models.concerns import Concern, ConcernQuerySet
from stepdown.outreach.models.messages import Message, Received

__all__ = ["Concern", "ConcernQuerySet", "Message", "Received"]
