"""Addresses of signing in and of one's own account."""

from django.urls import path

from shequtong.accounts.views import account, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/password/", sign_in.password, name="password"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/code/again/", sign_in.code_again, name="code-again"),
    path("sign-in/second/", sign_in.second, name="second"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password-change"),
    path("account/sessions/end/", account.revoke, name="end-session"),
    path("account/language/", account.language, name="language"),
]
