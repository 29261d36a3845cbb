"""The standby room of a group."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from stepdown.ui.fields import Form

NO_ADDRESS = _(
    "This is no address of a meeting. It begins with https://, as in https://meet.example.org/evening-group."
)


class StandbyForm(Form):
    """Where a group meets when video does not work here; nothing: nowhere."""

    address = forms.CharField(
        label=_("Address of the standby room"),
        help_text=_("What one opens to be in a meeting there. It says nobody’s name. Leave it empty to have none."),
        max_length=500,
        required=False,
        validators=[URLValidator(schemes=["https"], message=NO_ADDRESS)],
        widget=forms.URLInput(attrs={"class": "w-20", "autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        where = urlsplit(address)
        if where.username or where.password:
            raise forms.ValidationError(_("Leave out the name and password before the @."))
        if where.hostname and where.hostname in {urlsplit(settings.PUBLIC_URL).hostname, *settings.ALLOWED_HOSTS}:
            raise forms.ValidationError(_("This is our own address. The standby room is at another service."))
        return address
