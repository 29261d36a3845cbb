"""The guided interview: its parts in order, what to say, and what is asked in each.

Danger comes first, always. The order and the questions follow the program manual, "Level of care", section 2; the
words are ours. An answer's path is its place in the level-of-care input.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .answers import value_at
from .zones import zone_of

YES_NO, RATING, NUMBER, CHOICE = "yes_no", "rating", "number", "choice"

# (rating, its word on the chip, what it means). Source: program manual, "Level of care", rating anchors.
ANCHORS = (
    ("0", "No concern", "no concern"),
    ("1", "Mild", "manageable without extra help"),
    ("2", "Needs work", "needs active work in treatment"),
    ("3", "Serious", "needs structured support every day or around the clock"),
    ("4", "Danger", "immediate danger, or unable to function safely"),
)


@dataclass(frozen=True)
class Ask:
    """One question. `kind` says how it is answered; `choices` are (value, label) for a choice."""

    path: str
    words: str
    kind: str = YES_NO
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    highest: int = 0


@dataclass(frozen=True)
class Part:
    """One page of the interview. `needs` are the paths without which it is not finished."""

    slug: str
    title: str
    say: str
    asks: tuple[Ask, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def next_words(self) -> str:
        """As it stands on the button that leads here."""
        return self.title[0].lower() + self.title[1:]


def _rating(name: str, words: str) -> Ask:
    return Ask(f"ratings.{name}", words, RATING)


PARTS: tuple[Part, ...] = (
    Part(
        "danger",
        "Danger now",
        "“Before anything else I want to know that you are safe. These are questions we ask everyone.”",
        (
            Ask("emergency.suicidal_intent_or_plan", "Do they intend to end their life, or have a plan?"),
            Ask("emergency.suicide_behavior_3mo", "Suicidal behavior in the past 3 months?"),
            Ask("emergency.homicidal_intent", "Do they intend to kill someone?"),
            Ask("emergency.overdose_or_unresponsive_now", "Overdose, or not responding, right now?"),
            Ask(
                "emergency.severe_withdrawal_now",
                "Severe withdrawal right now?",
                hint="A seizure, confusion, seeing or hearing things that are not there.",
            ),
            Ask("emergency.acute_psychosis_or_delirium", "Acute psychosis or delirium?"),
            Ask("emergency.medical_emergency_now", "A medical emergency right now?"),
            Ask("emergency.immediate_violence_danger", "Is someone about to be hurt where they are?"),
        ),
        (
            "emergency.suicidal_intent_or_plan",
            "emergency.suicide_behavior_3mo",
            "emergency.overdose_or_unresponsive_now",
            "emergency.severe_withdrawal_now",
        ),
    ),
    Part(
        "about",
        "About you",
        "“Tell me who you are, and how I can reach you in a way that is safe for you.”",
        needs=("age",),
    ),
    Part(
        "withdrawal",
        "Withdrawal",
        "“What do you use, how much, and when was the last time? What happens when you stop?”",
        (
            Ask("withdrawal.daily_alcohol_or_sedative", "Alcohol or sedatives every day?"),
            Ask("withdrawal.history_seizure_or_dt", "Ever a seizure or delirium when stopping?"),
            Ask("withdrawal.opioid_dependent_without_moud", "Dependent on opioids, without medication for it?"),
            Ask("withdrawal.pregnant", "Pregnant?"),
            Ask(
                "withdrawal.ciwa_ar", "CIWA-Ar total", NUMBER, "0 to 67. Only if someone has just measured it.", (), 67
            ),
            Ask("withdrawal.cows", "COWS total", NUMBER, "0 to 48. Only if someone has just measured it.", (), 48),
            _rating("d1", "How much danger is there in stopping?"),
        ),
        ("withdrawal.daily_alcohol_or_sedative", "ratings.d1"),
    ),
    Part(
        "health",
        "Health",
        "“How is your body doing? Is there an illness, a pregnancy, pain or a medicine I should know of?”",
        (_rating("d2", "How much does health get in the way?"),),
        ("ratings.d2",),
    ),
    Part(
        "mood",
        "Mood and thinking",
        "“How have you been feeling? Could you sit with a group for three hours and take part?”",
        (_rating("d3", "How much do mood and thinking get in the way?"),),
        ("ratings.d3",),
    ),
    Part(
        "readiness",
        "Readiness",
        "“Why now? What would you like to be different?”",
        (_rating("d4", "How hard is it for them to want a change?"),),
        ("ratings.d4",),
    ),
    Part(
        "use",
        "Risk of use",
        "“What has helped you before? What makes it hard? What would happen if things went on as they are?”",
        (_rating("d5", "How likely is it that use goes on or comes back?"),),
        ("ratings.d5",),
    ),
    Part(
        "home",
        "Home and people",
        "“I would like to ask about where you live. It helps us find what can work.”",
        (
            Ask("home.safe", "Is home a safe place for them?"),
            Ask("home.lives_with_people_who_use", "Does anyone there drink heavily or use drugs?"),
            Ask("home.homeless", "Are they without a stable place to live?"),
            Ask("home.safe_alternative_housing", "Somewhere safe to stay instead?"),
            _rating("d6", "How much does home get in the way?"),
        ),
        ("home.safe", "home.lives_with_people_who_use", "ratings.d6"),
    ),
    Part(
        "duties",
        "Duties",
        "“What does your week look like? Who needs you, and when?”",
        (
            Ask("duties.work_or_school", "Work or school?"),
            Ask("duties.caregiving", "Looks after children or someone else?"),
            Ask("duties.can_take_leave", "Could they leave these for a few weeks?"),
        ),
        ("duties.work_or_school", "duties.caregiving", "duties.can_take_leave"),
    ),
    Part(
        "history",
        "What happened",
        "“How did you come to call us? What has been tried, and what do you wish for now?”",
        (
            Ask("signs.dui_owi", "A DUI or OWI citation?"),
            Ask("signs.family_concern", "Are family or friends worried?"),
            Ask("signs.increasing_time_money", "More and more time or money going into it?"),
            Ask(
                "dsm_severity",
                "How severe is the disorder?",
                CHOICE,
                "From a diagnostic interview. 2 or 3 criteria are mild, 4 or 5 moderate, 6 or more severe.",
                (
                    ("none", "No disorder"),
                    ("mild", "Mild"),
                    ("moderate", "Moderate"),
                    ("severe", "Severe"),
                    ("in_remission", "In remission"),
                ),
            ),
            Ask("history.failed_outpatient", "Was outpatient care tried before, and not enough?"),
            Ask("history.failed_iop", "Was intensive outpatient care tried before, and not enough?"),
            Ask(
                "preference",
                "What do they wish for?",
                CHOICE,
                "",
                (
                    ("none", "No preference"),
                    ("residential", "Residential care"),
                    ("refuses_residential", "Anything but residential"),
                    ("iop", "Intensive outpatient"),
                    ("outpatient", "Outpatient"),
                ),
            ),
        ),
        ("dsm_severity",),
    ),
    Part(
        "video",
        "Place for video",
        "“The group meets by video. Where would you sit, and on what?”",
        (
            Ask("telehealth.private_space", "A private room, with a door that closes?"),
            Ask("telehealth.device_and_internet", "A phone, tablet or computer, and internet that holds for 3 hours?"),
        ),
        ("telehealth.private_space", "telehealth.device_and_internet"),
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}

# What an admission cannot be made without, beside a date of birth: (key of `about`, how it is said).
ADMISSION_NEEDS = (
    ("first_name", "first name"),
    ("last_name", "last name"),
    ("date_of_birth", "date of birth"),
    ("phone", "phone number"),
    ("state", "state"),
    ("time_zone", "time zone"),
)


@dataclass(frozen=True)
class Progress:
    """A part in the list at the left: whether nothing it needs is open, and a word on what was found."""

    part: Part
    done: bool
    found: str


def progress(answers: Mapping[str, Any], about: Mapping[str, Any]) -> list[Progress]:
    """Every part with how far it is."""
    result = []
    for part in PARTS:
        done = all(value_at(answers, path) is not None for path in part.needs)
        if part.slug == "about":
            done = not facts_missing(about)
        result.append(Progress(part, done, _found(part, answers)))
    return result


def facts_missing(about: Mapping[str, Any]) -> list[str]:
    """What is still needed to admit the person, in words. The time zone is not where the state tells it."""
    known = {**about, "time_zone": not about.get("state") or zone_of(about)}
    return [words for key, words in ADMISSION_NEEDS if not known.get(key)]


def first_open(parts: Iterable[Progress]) -> Part:
    """Where to go on: the first part that is not finished, or the last one."""
    parts = list(parts)
    return next((each.part for each in parts if not each.done), parts[-1].part)


def after(slug: str) -> Part | None:
    """The part that follows; None after the last."""
    at = PARTS.index(BY_SLUG[slug])
    return PARTS[at + 1] if at + 1 < len(PARTS) else None


def before(slug: str) -> Part | None:
    at = PARTS.index(BY_SLUG[slug])
    return PARTS[at - 1] if at else None


def _found(part: Part, answers: Mapping[str, Any]) -> str:
    yes = sum(value_at(answers, ask.path) is True for ask in part.asks)
    if part.slug == "danger":
        return "Danger" if yes else "None" if all(value_at(answers, path) is False for path in part.needs) else ""
    if part.slug == "history":
        signs = sum(value_at(answers, ask.path) is True for ask in part.asks if ask.path.startswith("signs."))
        return f"{signs} sign{'' if signs == 1 else 's'}" if signs else ""
    rating = next((value_at(answers, ask.path) for ask in part.asks if ask.kind == RATING), None)
    return "" if rating is None else str(rating)
