"""The tables of the chart."""

from stepdown.chart.models.contacts import ContactAddendum, ContactNote
from stepdown.chart.models.counseling import CounselingNote
from stepdown.chart.models.deadlines import Deadline, DeadlineMove
from stepdown.chart.models.diagnoses import Diagnosis, Remission
from stepdown.chart.models.drug_tests import DrugTest, DrugTestResult, DrugTestSchedule, DrugTestTalk
from stepdown.chart.models.homework import Homework, HomeworkOf
from stepdown.chart.models.late import LateNote
from stepdown.chart.models.notes import Addendum, GroupNote, NoteFormat, NotePart, SavedText
from stepdown.chart.models.own_notes import CoSignature, NoteVoid, SentBack
from stepdown.chart.models.plans import Objective, PlanAnswer, PlanVersion, Progress
from stepdown.chart.models.returns import ReturnAddendum, ReturnResponse, ReturnToUse
from stepdown.chart.models.safety import SafetyPlan
from stepdown.chart.models.templates import NoteTemplate
from stepdown.chart.models.welfare import Missed, MissedSession, WelfareStep

# A patient's own note, of either kind.
Own = NotePart | ContactNote

__all__ = [
    "Addendum",
    "CoSignature",
    "ContactAddendum",
    "ContactNote",
    "CounselingNote",
    "Deadline",
    "DeadlineMove",
    "Diagnosis",
    "DrugTest",
    "DrugTestResult",
    "DrugTestSchedule",
    "DrugTestTalk",
    "GroupNote",
    "Homework",
    "HomeworkOf",
    "LateNote",
    "Missed",
    "MissedSession",
    "NoteFormat",
    "NotePart",
    "NoteTemplate",
    "NoteVoid",
    "Objective",
    "Own",
    "PlanAnswer",
    "PlanVersion",
    "Progress",
    "Remission",
    "ReturnAddendum",
    "ReturnResponse",
    "ReturnToUse",
    "SafetyPlan",
    "SavedText",
    "SentBack",
    "WelfareStep",
]
