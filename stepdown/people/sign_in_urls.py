"""The pages of allauth that exist here, one by one, each with its mark; every other page of it is left out."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest
from django.urls import URLPattern, path, re_path

from stepdown.people import directory
from stepdown.people.access import account_page, first_page, public
from stepdown.people.views import sessions, sign_in
from stepdown.people.views.still_here import still_here

CALLBACK = "openid_connect_callback"  # as allauth asks for it
View = Callable[..., Any]


def marked(view: View, mark: Callable[[View], View]) -> View:
    """The view with its mark; a form that was refused is answered with 422, as everywhere."""

    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer = view(request, *args, **kwargs)
        page = getattr(answer, "context_data", None) or {}
        if request.method == "POST" and any(page[name].errors for name in ("form", "webauthn_form") if page.get(name)):
            answer.status_code = 422
        return answer

    return mark(opened)


def page(route: str, view: View, mark: Callable[[View], View], name: str) -> URLPattern:
    return path(route, marked(view, mark), name=name)


urlpatterns = [
    page("sign-in/", sign_in.sign_in, public, "account_login"),
    page("sign-in/second-factor/", sign_in.second_factor, public, "mfa_authenticate"),
    page("sign-in/passkey/", webauthn.login_webauthn, public, "mfa_login_webauthn"),
    page("sign-in/directory/", directory.sign_in, public, "directory_sign_in"),
    path("sign-in/directory/back/", public(directory.come_back), {"provider_id": directory.ID}, CALLBACK),
    page("sign-in/closed/", account.account_inactive, public, "account_inactive"),
    page("sign-in/forgotten/", account.password_reset, public, "account_reset_password"),
    page("sign-in/forgotten/sent/", account.password_reset_done, public, "account_reset_password_done"),
    page(
        "sign-in/forgotten/changed/",
        account.password_reset_from_key_done,
        public,
        "account_reset_password_from_key_done",
    ),
    re_path(  # allauth puts "<account>-<key>" together by itself
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        marked(account.password_reset_from_key, public),
        name="account_reset_password_from_key",
    ),
    page("sign-out/", sign_in.sign_out, first_page, "account_logout"),
    page("account/confirm/", account.reauthenticate, first_page, "account_reauthenticate"),
    page("account/password/", sign_in.password_change, first_page, "account_change_password"),
    path("account/sessions/", sessions.own_sessions, name="account_sessions"),
    path("still-here/", still_here, name="still_here"),
    page("account/second-factor/", sign_in.own_account, account_page, "mfa_index"),
    page("account/second-factor/code/", sign_in.activate_totp, account_page, "mfa_activate_totp"),
    page("account/second-factor/code/remove/", totp.deactivate_totp, account_page, "mfa_deactivate_totp"),
    page("account/second-factor/passkey/", sign_in.add_webauthn, account_page, "mfa_add_webauthn"),
    page(
        "account/second-factor/passkey/<int:pk>/remove/", sign_in.remove_webauthn, account_page, "mfa_remove_webauthn"
    ),
    page("account/recovery-codes/", recovery.view_recovery_codes, account_page, "mfa_view_recovery_codes"),
    page("account/recovery-codes/new/", recovery.generate_recovery_codes, account_page, "mfa_generate_recovery_codes"),
    page("account/recovery-codes/file/", recovery.download_recovery_codes, account_page, "mfa_download_recovery_codes"),
]
