"""What the parts of a safety plan are called, in the words of the person whose plan it is."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "signs": _("Signs that it is getting hard"),
    "alone": _("What I can do on my own"),
    "places": _("People and places that take my mind off it"),
    "people": _("People I can ask for help"),
    "professionals": _("People whose job it is to help"),
    "safe": _("Making my place safe"),
    "reasons": _("What I live for"),
}
HINTS = {
    "signs": _("What do you think, feel or do before it gets bad?"),
    "alone": _("What helps for a while, without anyone else?"),
    "places": _("You do not have to tell them why you come or call."),
    "people": _("Who may know that it is hard right now?"),
    "professionals": _("Your counselor, your doctor. 988 and 911 are always on your plan."),
    "safe": _("What will you give away, lock up or pour out? Who can keep it for you?"),
    "reasons": _("Who or what is worth it?"),
}
ADVICE = {
    "no_step": _("There is nothing yet that you can do on your own. One small thing helps."),
    "no_person": _("There is nobody yet whom you can ask for help. One name helps."),
    "no_number": _("Nobody you can ask for help has a phone number yet. Add one to call with one tap."),
}
