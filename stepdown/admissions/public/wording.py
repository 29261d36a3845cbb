"""The self-screen's questions, warnings and reasons as people read them. The ids are the instrument's."""

from django.utils.translation import gettext_lazy as _

ASK = {
    "ss_lost_control": _("Do you often drink or use more than you meant to?"),
    "ss_time_money": _("Are you spending more and more time or money on drinking or using?"),
    "ss_family_concern": _("Has family or someone close to you said they are worried about your drinking or drug use?"),
    "ss_dui": _("Have you had a DUI/OWI/DWI citation or another legal problem linked to drinking or using?"),
    "ss_duties": _("Has drinking or using got in the way of work, school or taking care of family?"),
    "ss_tried_stop": _("Have you tried to cut down or stop and found you could not?"),
    "ss_stop_sick": _(
        "When you stop or cut down, do you get sick, shaky, sweaty, or have you ever had a seizure or seen or heard "
        "things that were not there?"
    ),
    "ss_daily_heavy": _("Do you drink heavily, or take opioids or sedatives, every day or nearly every day?"),
    "ss_home_unsafe": _("Is your home unsafe for you, or do you live with people who drink heavily or use drugs?"),
    "ss_cannot_leave": _("Do work or family duties make it impossible for you to go away for full-time treatment?"),
    "ss_self_harm": _("Right now or in the past month, have you had thoughts of killing yourself?"),
    "ss_overdose": _("In the past 30 days, have you overdosed or needed someone to revive you?"),
}

REASON = {
    "ss_lost_control": _("You drink or use more than you mean to."),
    "ss_time_money": _("It takes more and more of your time or money."),
    "ss_family_concern": _("Someone close to you is worried."),
    "ss_dui": _("You had a DUI or other legal trouble."),
    "ss_duties": _("It gets in the way of work, school or family."),
    "ss_tried_stop": _("You tried to cut down, and it was hard."),
    "ss_stop_sick": _("You get sick when you stop."),
    "ss_daily_heavy": _("You drink heavily or use every day or nearly every day."),
    "ss_home_unsafe": _("Home is not safe, or people there drink heavily or use."),
    "ss_cannot_leave": _("You cannot leave work or family for full-time care."),
    "ss_self_harm": _("You have thoughts of killing yourself."),
    "ss_overdose": _("You overdosed in the past 30 days."),
}

SAYS = {
    "emergency_help_now": _("Please get help now. You do not have to wait for us."),
    "medical_check_first": _("Talk to a doctor first. Then this program may help you."),
    "talk_about_residential": _("Let us talk about a safe place first."),
    "iop_may_fit": _("This program may help you. Talk to us today."),
    "general_information": _("Your answers show no common sign. We are still here."),
}
