"""Where a group meets while no media server answers, and when that was."""

from stepdown.live.models import StandbyRoom, VideoAway
from stepdown.placement.models import Group
from stepdown.timetable.models import Session


def standby_room(group: Group) -> StandbyRoom | None:
    """The group's room at another service, as it was set last; its address is empty when it has none."""
    return StandbyRoom.objects.filter(group=group).select_related("set_by").first()


def video_away_now(session: Session) -> VideoAway | None:
    """The stretch without any media server that the room is in."""
    return VideoAway.objects.filter(session=session, ended_at=None).first()


def video_away(session: Session) -> list[VideoAway]:
    """The stretches in which no media server answered, in order."""
    return list(VideoAway.objects.filter(session=session))
