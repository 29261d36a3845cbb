"""Sentences for the demo's notes: about one person, never naming another."""

from random import Random

SHARED = (
    "Opened with a round of check-ins, then worked on the topic in pairs and closed with a plan for tonight.",
    "The group compared what the last days asked of them and tried the skill twice before the check-out.",
    "After the check-in the group sorted its own warning signs and chose one step each for the weekend.",
)
PRESENT = (
    "Named the hour after work as the hardest. Used the skill in practice and said it took four minutes.",
    "Spoke about an argument at home and found two ways to leave the room before it grows.",
    "Listened most of the time; when asked, tied the topic to the drive past the store.",
    "Practiced saying no to an offered drink and wrote down whom to call first.",
    "Told the group about a hard Saturday. Looked at what came before it and changed the plan for the weekend.",
    "Made a budget for the first pay day without use. Wants to show it to a sister.",
    "Sleeps better. Noticed the urge at noon and went for a walk with a co-worker.",
    "Asked for ideas for a family dinner. Chose to bring a friend and leave by nine.",
    "Said the week was heavy. Took a short time out and came back calmer.",
    "Gave another member feedback on a plan and took one idea home.",
)
ABSENT = ("No call. Two calls made, message left as allowed.", "Called in sick.", "Had to work a double shift.")
ATTESTATION = "I led this session and these notes are mine."


def about(rng: Random, missed: bool) -> str:
    return rng.choice(ABSENT if missed else PRESENT)
