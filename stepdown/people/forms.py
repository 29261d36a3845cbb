"""The forms of signing in, with our labels and sentences; what they check is allauth's."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.ui.fields import FormMixin

E_MAIL = (_("E-mail address"), "", _("Enter your e-mail address."))
PASSWORD = (_("Password"), "", _("Enter your password."))
NEW_PASSWORD = (_("New password"), _("12 characters or more. A few words in a row are good."), _("Enter a password."))
OLD_PASSWORD = (_("Password until now"), "", _("Enter the password you have now."))
AGAIN = (_("New password once more"), "", _("Enter the new password once more."))
CODE = (_("Code"), _("Six digits from your app, or one of your recovery codes."), _("Enter the code."))
APP_CODE = (_("Code"), _("The six digits that your app shows now."), _("Enter the code that your app shows."))
NAME_OF_PASSKEY = (_("Name of this passkey"), _("So that you know it again, for example: my phone."), "")
PASSKEY = (_("Passkey"), "", _("Your device did not answer. Try again, or use a code."))


def worded(**words: tuple[Any, Any, Any]) -> Callable[[type], type]:
    """For each field its label, its hint, and the sentence when it is left out, in place of allauth's."""

    def apply(form: Any) -> type:
        form.base_fields = {name: deepcopy(field) for name, field in form.base_fields.items()}
        for name, said in words.items():
            word(form.base_fields[name], *said)
        return form

    return apply


def word(field: forms.Field, label: Any, hint: Any, when_left_out: Any) -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = when_left_out
    field.widget.attrs.pop("placeholder", None)


class CodeBox:
    """Makes the box of `code` as wide as a code, with digits on a phone's keyboard."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "w-10", "inputmode": "numeric"}


@worded(password=PASSWORD)
class Login(FormMixin, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self.fields["login"], *E_MAIL)
        self.order_fields(["login", "password"])


@worded(password=PASSWORD)
class Reauthenticate(FormMixin, ReauthenticateForm):
    """By a code for who has no password here (`sign_in.AccountAdapter.reauthenticate`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.user.has_usable_password():
            word(self.fields["password"], *CODE)

    def clean_password(self) -> str:
        try:
            return super().clean_password()
        except forms.ValidationError:
            if self.user.has_usable_password():
                raise
            raise forms.ValidationError(_("This code does not fit. Enter the newest one; each works once.")) from None


@worded(email=E_MAIL)
class ResetPassword(FormMixin, ResetPasswordForm):
    pass


@worded(password1=NEW_PASSWORD, password2=AGAIN)
class ResetPasswordKey(FormMixin, ResetPasswordKeyForm):
    pass


@worded(oldpassword=OLD_PASSWORD, password1=NEW_PASSWORD, password2=AGAIN)
class ChangePassword(FormMixin, ChangePasswordForm):
    def clean_password1(self) -> str:
        new = self.cleaned_data["password1"]
        if self.user.check_password(new):
            raise forms.ValidationError(_("This is the password you have now. Choose another one."))
        return new


@worded(code=CODE)
class SecondFactor(CodeBox, FormMixin, AuthenticateForm):
    pass


class PasskeyAnswer:
    """An answer that no passkey gives is a refused form, also when the library that reads it trips over it."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # the form it is mixed into
        except (AttributeError, KeyError, TypeError, ValueError):
            raise forms.ValidationError(PASSKEY[2]) from None


@worded(credential=PASSKEY)
class PasskeyAsSecondFactor(PasskeyAnswer, FormMixin, AuthenticateWebAuthnForm):
    pass


@worded(credential=PASSKEY)
class PasskeyAlone(PasskeyAnswer, FormMixin, LoginWebAuthnForm):
    pass


@worded(code=APP_CODE)
class SetUpCode(CodeBox, FormMixin, ActivateTOTPForm):
    pass


class RemoveCode(FormMixin, DeactivateTOTPForm):
    pass


@worded(name=NAME_OF_PASSKEY, credential=PASSKEY)
class AddPasskey(FormMixin, AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (AttributeError, KeyError, TypeError, ValueError):
            raise forms.ValidationError(PASSKEY[2]) from None
