"""What the room's scripts say, in the reader's language. Given to them as JSON in the page."""

from typing import Any

from django.utils.translation import gettext as _

from stepdown.live import words_devices
from stepdown.live.domain.refusals import Reason
from stepdown.live.models import PrivateWord


def ordinals() -> list[str]:
    """first to tenth, for a place in the row of those who wait."""
    return [
        _("first"),
        _("second"),
        _("third"),
        _("fourth"),
        _("fifth"),
        _("sixth"),
        _("seventh"),
        _("eighth"),
        _("ninth"),
        _("tenth"),
    ]


def places() -> list[str]:
    """1st to 12th, for a raised hand."""
    return [
        _("1st"),
        _("2nd"),
        _("3rd"),
        _("4th"),
        _("5th"),
        _("6th"),
        _("7th"),
        _("8th"),
        _("9th"),
        _("10th"),
        _("11th"),
        _("12th"),
    ]


def private_words() -> list[tuple[str, str]]:
    """(kind, sentence) of what can be told to the leaders alone."""
    return [(kind, str(PrivateWord.Kind(kind).label)) for kind in PrivateWord.Kind.values]


def reactions() -> dict[str, str]:
    """What one can say without speaking; the kinds of messages.REACTIONS."""
    return {
        "with_you": _("With you"),
        "me_too": _("Me too"),
        "thank_you": _("Thank you"),
        "take_time": _("Take your time"),
    }


def word_sent(leaders: list[str]) -> str:
    """What the patient reads once a private word was sent. `leaders`: first names of those who lead and are there."""
    if leaders:
        return _("%(leader)s has it. Only the leaders see it.") % {"leader": leaders[0]}
    return _("No leader is in the room right now. They see it as soon as they are back. In danger, touch Get help.")


def parts(topic: str) -> dict[str, str]:
    """Names of the parts of a session, by the kinds of domain/agenda.py; `topic` is the session's, or empty."""
    return {
        "check_in": _("Check-in"),
        "process": _("Process"),
        "skills": _("Skills: %(topic)s") % {"topic": topic} if topic else _("Skills"),
        "practice": _("Practice"),
        "check_out": _("Check-out"),
        "break": _("Break"),
    }


def aside(leader: str) -> dict[str, str]:
    """What is said of side rooms; `leader` leads."""
    return {
        "asks": _("{name} asks you to a side room, just the two of you."),
        "asksFirst": _("{name} would like to talk with you first, just the two of you."),
        "someone": leader,
        "with": _("You are in a side room with {name}."),
        "alone": _("You are in a side room. Wait a moment."),
        "pair": _("You are in a pair with {name}."),
        "three": _("You are in a small group with {name}."),
        "left": _("{left} left"),
        "inPairs": _("The group is in pairs until {time}."),
        "minute": _("One minute left, then all come back."),
        "minutes": _("Five minutes left, then all come back."),
        "told": _("{name}: {text}"),
        "went": _("{name} is with the counselor now."),
        "back": _("You are back with the group."),
        "letIn": _("Let {name} in"),
        "now": _("You are with the group now."),
        "returned": _("{name} is back."),
        "leaderAside": _("{name} is in a side room and comes back in a moment. Stay here."),
        "asked": _("Asked. You go there together as soon as they agree."),
        "declined": _("They would rather stay with the group."),
        "waitsOn": _("They would rather wait."),
    }


def unable() -> dict[str, str]:
    """What a browser that cannot take part is told, by what it lacks (able.js)."""
    return {
        "calls": _(
            "This browser cannot join a video meeting. Open your link in the newest Chrome, Edge, Firefox or Safari."
        ),
        "encryption": _(
            "This browser is too old for this group. Update it, or open your link in the newest Chrome, Edge, Firefox "
            "or Safari."
        ),
    }


def encryption() -> dict[str, str]:
    """What is said of an encrypted room."""
    return {
        "devices": _("{count} devices can open what you send, yours included."),
        "alone": _("Nobody else is here yet, so there is no code."),
    }


def sorry() -> dict[str, str]:
    """What is said when the live process listens no longer, by its reason. Who is not allowed in reads why not."""
    broken = _("Something went wrong on this page. Open it again.")
    return {
        **dict.fromkeys((Reason.BROKEN, Reason.TOO_LONG, Reason.OUT_OF_ORDER, Reason.DESCRIPTION), broken),
        Reason.NOT_LEADER: _("Only a leader of this group can do that."),
        Reason.TOO_MANY: _("Too much was sent from this page at once. Wait a moment, then open it again."),
        Reason.NO_VIDEO: _("Video is not set up here yet."),
    }


def room(leader: str) -> dict[str, Any]:
    """`leader` is the first name of who leads. What one of several leaders did has their name from the page: {name}."""
    return {
        "tile": {
            "you": _("{name} (you)"),
            "youAlone": _("You"),
            "leader": _("Leader"),
            "roles": {"supervisor": _("Clinical supervisor"), "observer": _("Observer"), "guest": _("Guest")},
            "pinned": _("Kept large"),
            "more": _("{name}: more"),
            "selfHidden": _("Hidden from you. The others see you."),
            "cameraOff": _("Camera off"),
            "soundOnly": _("Sound only"),
            "picturesOff": _("Pictures off"),
            "connecting": _("Connecting"),
            "weak": _("The line is weak. Coming back."),
            "lost": _("Lost for a moment. Coming back."),
            "unopened": _("No picture or sound yet. We keep trying."),
            "away": {"word": _("With the counselor"), "leader": _("In a side room"), "pair": _("In a pair")},
        },
        "someone": _("A leader"),
        "aside": aside(leader),
        "encryption": encryption(),
        "unable": unable(),
        "said": {
            "in": _("You are in the room."),
            "joined": _("{name} joined."),
            "left": _("{name} left."),
            "micOn": _("Your microphone is on."),
            "micOff": _("Your microphone is off."),
            "cameraOn": _("Your camera is on."),
            "cameraOff": _("Your camera is off."),
            "micOnLater": _("Your microphone goes on when you are back."),
            "micOffLater": _("Your microphone stays off when you are back."),
            "cameraOnLater": _("Your camera goes on when you are back."),
            "cameraOffLater": _("Your camera stays off when you are back."),
            "mutedByLeader": _("%(leader)s turned your microphone off. Turn it on again when it is your turn.")
            % {"leader": "{name}"},
            "breakBegan": _("The break has begun. Cameras and microphones are off."),
            "breakMinute": _("One minute left of the break."),
            "breakOver": _("The break is over."),
            "handsUp": _("{name} raised a hand, {place}."),
            "myHandUp": _("Your hand is up."),
            "myHandDown": _("Your hand is down."),
            "turn": _("{name} has the turn."),
            "myTurn": _("It is your turn to speak."),
            "paused": _("The room is paused. Nobody sees or hears anybody. Stay here."),
            "resumed": _("The group goes on. Come back when you are ready."),
            "locked": _("The room is locked: nobody new comes in."),
            "unlocked": _("The room is open again."),
            "videoBack": _("Video works again."),
            "wayChanged": _("The way to the standby room has changed."),
            "leaderBack": _("Someone is there now who leads the group."),
            "roundBegan": _("A check-in round begins. {name} is the first."),
            "topic": _("The topic is now: {name}"),
            "roundOver": _("The check-in round is over."),
            "pinned": _("The picture of {name} stays large."),
            "reaction": _("{name}: {word}"),
            "wrote": _("{name} writes: {text}"),
            "chatOpen": _("The chat is open."),
            "chatClosed": _("The chat is closed. Its lines are gone."),
            "soundOnlyOn": _("Sound only. Your camera is off, and you see no pictures."),
            "soundOnlyOff": _("Pictures are on again."),
            "poor": _("Your line is weak. You can go on with sound only."),
            "moved": _("Your {device} was disconnected. Now in use: {label}."),
            "heldOver": _("Your {device} is back."),
            "wordOpen": _("You told %(leader)s: {word}") % {"leader": leader},
            "wordAnswered": _("%(leader)s to you alone: {answer}") % {"leader": "{name}"},
            "lost": _("We lost you for a moment. Coming back. You keep your place."),
            "found": _("You are back."),
        },
        "place": {
            "locked": _("The group is closed for a while. %(leader)s opens it again. You are the {place}.")
            % {"leader": leader},
            "closed": _("%(leader)s lets you in when the group opens. You are the {place}.") % {"leader": leader},
            "opened": _("The group is open. %(leader)s lets you in. You are the {place}.") % {"leader": leader},
            "guest": _(
                "The group has a visit now, from {guest}. You have not agreed to it, so you can come in when it is "
                "over, or before if you agree."
            ),
        },
        "asked": {
            "mic": _("%(leader)s asks you to turn on your microphone.") % {"leader": "{name}"},
            "camera": _("%(leader)s asks you to turn on your camera.") % {"leader": "{name}"},
        },
        "replied": {
            "micYes": _("{name} turns the microphone on."),
            "micNo": _("{name} does not want to speak now."),
            "cameraYes": _("{name} turns the camera on."),
            "cameraNo": _("{name} does not want to be seen now."),
        },
        "reaction": reactions(),
        "unsaid": {
            "closed": _("The chat is closed, so this was not sent."),
            "slow": _("That was too fast, so this was not sent. Try again in a moment."),
            "lost": _("We lost you, and this may not have been sent. Send it again when you are back."),
        },
        "ordinals": ordinals(),
        "places": places(),
        "hand": _("{place}, {n} min"),
        "word": dict(private_words()),
        "answer": {answer: str(PrivateWord.Answer(answer).label) for answer in PrivateWord.Answer.values},
        "faults": words_devices.faults(),
        "devices": words_devices.devices(),
        "mend": words_devices.mend(),
        "held": _("Something else uses your {device}, perhaps a call. It comes back by itself."),
        "sorry": sorry(),
        "refused": _("The room is not open to you now."),
        "notDone": _("That did not go through. Try again."),
        "unsure": _("We lost you for a moment. What you did last may not have gone through: look, and do it again."),
    }
