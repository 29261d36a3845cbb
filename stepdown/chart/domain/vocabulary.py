"""The short answers of a group note. What is stored on the left, what people read on the right.

A part has four questions: how the person took part, how they responded, whether there was anything for their safety,
and what comes next. Source: glossary, "group note": individual part with participation, response, risk, plan.
"""

TOOK_PART = {
    "openly": "Openly",
    "when_asked": "When asked",
    "quietly": "Quietly",
    "left_and_back": "Left and came back",
}
RESPONSE = {
    "practiced": "Practiced the skill",
    "feedback": "Gave feedback",
    "own_life": "Linked it to own life",
    "hard_to_reach": "Hard to reach",
}
SAFETY = {
    "none_seen": "None seen",
    "urge_raised": "Urge raised",
    "talked_after": "Talked after group",
    "safety_plan": "Safety plan used",
}
PLAN = {
    "go_on": "Go on",
    "individual": "Individual session",
    "call_tomorrow": "Call tomorrow",
    "change_plan": "Change the plan",
}
INTERVENTIONS = {
    "check_in": "Check-in round",
    "process": "Process",
    "psychoeducation": "Psychoeducation",
    "skill_practice": "Skill practice",
    "cognitive_behavioral": "Cognitive-behavioral work",
    "motivational": "Motivational interviewing",
    "return_to_use_plan": "Plan against return to use",
    "mutual_support": "Mutual support",
    "mindfulness": "Mindfulness",
    "check_out": "Check-out round",
}

# Question, field of the part, answers, whether one answer only.
QUESTIONS = (
    ("Took part", "took_part", TOOK_PART, True),
    ("Response", "response", RESPONSE, False),
    ("Safety tonight", "safety", SAFETY, True),
    ("Plan", "plan", PLAN, False),
)


def said(codes: list[str], answers: dict[str, str]) -> list[str]:
    """The words of stored codes, in the order of the vocabulary; a code that is no longer offered is said as it is."""
    return [words for code, words in answers.items() if code in codes] + [c for c in codes if c not in answers]
