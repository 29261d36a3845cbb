"""The pages of sign-in that differ from allauth's own."""

import json
from typing import Any

from allauth.account import views
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from stepdown.people import directory, endings
from stepdown.people.homes import home_address_of
from stepdown.people.sessions import end_sessions, sessions_of
from stepdown.people.sign_in import LAST_FACTOR
from stepdown.ui.tell import tell


class _Proves:
    """Setting up a factor proves that one holds it: the session counts as signed in with it from then on."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)  # type: ignore[misc]  # the view it is mixed into
        record_authentication(self.request, authenticated_user(self.request), "mfa", type="set_up")
        return answer


class OwnAccount(IndexView):
    """`home`: where the center has it that one lives, from the second factor on."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me = self.request.staff
        return super().get_context_data(**kwargs) | {"home": home_address_of(me, me) if me else None}


class SecondFactor(AuthenticateView):
    """`options` is for the script of the passkey button, as JSON."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        return page | {"options": json.dumps(page["js_data"]["request_options"])}


class SetUpCodes(_Proves, ActivateTOTPView):
    pass


class AddPasskey(_Proves, AddWebAuthnView):
    """Every passkey may sign in without a password: the device itself asks for a finger, a face or its code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        options = auth.begin_registration(authenticated_user(self.request), passwordless=True)
        return page | {"options": json.dumps(options)}


class RemovePasskey(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            raise PermissionDenied(LAST_FACTOR)
        return super().form_valid(form)


class SignIn(views.LoginView):
    """`directory` is the name of the center's own, where there is one; `directory_is_off`: no agreement covers it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = settings.DIRECTORY_NAME if settings.DIRECTORY_URL else ""
        is_off = bool(name) and not directory.may_sign_in()
        return super().get_context_data(**kwargs) | {"directory": name, "directory_is_off": is_off}


def password_change(request: HttpRequest) -> HttpResponse:
    """Every other browser of the account is signed out, as allauth has it; later stages are told of it here."""
    account = request.user
    if not account.is_authenticated:
        return views.password_change(request)
    if not account.has_usable_password():
        tell(request, _("Your organization keeps your password. Change it there."))
        return redirect("mfa_index")
    elsewhere = [one.number for one in sessions_of(account, request.session.session_key) if not one.is_this]
    answer = views.password_change(request)
    if answer.status_code == 302 and elsewhere:
        end_sessions(account=account, by=request.account_staff, numbers=elsewhere)
    return answer


sign_in = SignIn.as_view()
own_account = OwnAccount.as_view()
second_factor = SecondFactor.as_view()
activate_totp = SetUpCodes.as_view()
add_webauthn = AddPasskey.as_view()
remove_webauthn = RemovePasskey.as_view()


def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, and leaves nothing in the browser: what pages kept there until it was saved goes as well."""
    mark = endings.staff_browser(request)
    answer = views.logout(request)
    if request.method == "POST":
        endings.tell([mark])
        answer["Clear-Site-Data"] = '"storage"'
    return answer
