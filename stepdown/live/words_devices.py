"""What the door's and the room's scripts say about camera, microphone and sound, in the reader's language.

{device} is a word of `devices`. Browsers and faults have the names that capture.js gives.
"""

from typing import Any

from django.utils.translation import gettext as _


def devices() -> dict[str, str]:
    return {"camera": _("camera"), "microphone": _("microphone")}


def faults() -> dict[str, str]:
    """What is wrong with a device."""
    return {
        "insecure": _(
            "This address is not safe enough for the {device}. Open your own link again: it starts with https."
        ),
        "denied": _("The browser does not let us use your {device}."),
        "system": _("Your device does not let the browser use the {device}."),
        "unanswered": _("The browser asked about your {device} and got no answer."),
        "taken": _("Another app uses your {device}."),
        "missing": _("We find no {device} on this device."),
        "unable": _("This browser cannot use your {device}."),
        "unknown": _("Your {device} did not start. Try again, or open your link in another browser."),
    }


def mend() -> dict[str, dict[str, str]]:
    """fault -> browser -> how to mend it there. "phone", "iphone", "app": every one such; "any": what is left."""
    leave_app = _("Another app shows you this page. Open your link in Safari or Chrome instead.")
    return {
        "denied": {
            "app": leave_app,
            "safari-ios": _(
                "Open Settings, then Safari (under Apps if you do not see it). Set {device} to Allow. "
                "Come back and try again."
            ),
            "iphone": _(
                "Open Settings, then your browser (under Apps if you do not see it). Switch {device} on. "
                "Come back and try again."
            ),
            "firefox-android": _(
                "Touch the sign left of the address. Touch {device}, so that it is allowed. Then try again."
            ),
            "safari": _("In the menu Safari, open Settings for This Website. Set {device} to Allow. Then try again."),
            "firefox": _("Click the sign left of the address and remove the block on the {device}. Then try again."),
            "android": _("Touch the sign left of the address, then Permissions. Switch {device} on. Then try again."),
            "any": _("Click the sign left of the address. Switch {device} on. Then try again."),
        },
        "system": {
            "android": _(
                "Open Settings, then Apps, then your browser, then Permissions. Allow {device}. Then try again."
            ),
            "any": _(
                "Open the settings of your computer, then Privacy, then {device}. Allow your browser. "
                "Then close the browser and open your link again."
            ),
        },
        "unable": {
            "app": leave_app,
            "any": _("Open your link in the newest Chrome, Edge, Firefox or Safari."),
        },
        "unanswered": {"any": _("Touch Try again. When the browser asks, choose Allow.")},
        "taken": {
            "phone": _("End a call that is still on, and close other apps that use the {device}. Then try again."),
            "any": _(
                "Close other apps and tabs that use the {device}, such as Zoom or Teams. Then try again. "
                "If it still fails, close the browser and open your link again."
            ),
        },
        "missing": {
            "phone": _("Start your phone anew and open your link again. You can also use another phone or a computer."),
            "any": _(
                "Plug it in, or look for a switch or a cover at your computer. Then try again. "
                "You can also open your link on your phone."
            ),
        },
        "silent": {
            "phone": _("Speak closer to the phone. If you use headphones, unplug or disconnect them and try again."),
            "any": _("Look for a mute switch at your headset or on your keyboard, or choose another one under Change."),
        },
        "unheard": {
            "iphone": _(
                "Turn the volume up and silent mode off. Check that your headphones are connected. Then play it again."
            ),
            "any": _("Turn the volume up. Check that your headphones are plugged in or connected. Then play it again."),
        },
    }


def door() -> dict[str, Any]:
    return {
        "faults": faults(),
        "devices": devices(),
        "mend": mend(),
        "allow": _("When the browser asks, choose Allow."),
        "camera": {
            "asking": _("Looking for your camera"),
            "works": _("Camera works"),
            "off": _("Going on without camera"),
        },
        "microphone": {
            "asking": _("Looking for your microphone"),
            "works": _("We hear you"),
            "say": _("Say something"),
            "on": _("Your microphone is on."),
            "silent": _("We hear nothing yet"),
            "off": _("Going on without microphone"),
        },
        "sound": {"heard": _("You hear the sound")},
    }
