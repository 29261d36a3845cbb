"""When no media server answers: the room elsewhere that a group falls back to, and how long that was."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.kernel.db import Row
from stepdown.live.models.lasting import one_open
from stepdown.people.models import Staff
from stepdown.placement.models import Group
from stepdown.timetable.models import Session


class StandbyRoom(Row):
    """A group's room at another service, for when video does not work here; no address: it has none. It is used while
    an agreement with that service is in force. Source: RULE PRIV-24."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="standby")
    address = models.URLField(max_length=500, blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=~Q(address=""),
                name="standby_room_of_one_group",
                violation_error_message=_(
                    "Another group has this address, and the two could meet in it. Give each group a room of its own."
                ),
            )
        ]


class VideoAway(Row):
    """A stretch of an open room in which no media server answered. `address`: the standby room that its people were
    told of, empty when the group has none. Nobody was seen by us meanwhile: its attendance is confirmed by hand."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="video_away")
    since = models.DateTimeField()
    address = models.URLField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            one_open("one_video_away_at_a_time", _("It is known already that video does not work.")),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="video_is_back_after_it_went"
            ),
        ]
