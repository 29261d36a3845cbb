"""Who may open groups and see sessions: as placement says."""

from stepdown.placement.permissions import DIRECTS, SEES_GROUPS, create_groups

__all__ = ["DIRECTS", "SEES_GROUPS", "create_groups"]
