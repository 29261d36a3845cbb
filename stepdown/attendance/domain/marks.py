"""The small mark that stands for one attendance, told apart by shape. Keys are those of the drawing."""

MARK_OF = {
    "scheduled": "future",
    "present": "present",
    "late": "present",
    "partial": "partial",
    "left_early": "partial",
    "no_show": "missed",
    "cancelled_patient": "missed",
    "cancelled_late": "missed",
    "excused": "excused",
    "cancelled_site": "excused",
    "made_up": "made_up",
}
