"""Setting up the server that takes letters out, beside a mail account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kindregards.sources.imap_hosts import sending_server_at, sending_server_for
from kindregards.sources.smtp_errors import NOT_SENT, SendingError
from kindregards.web.mail.forms import SendingForm, first_values, values_of
from kindregards.web.mail.passwords import is_keyring_there
from kindregards.web.mail.queries import account_of
from kindregards.web.mail.sending import ask_sending_server, set_up_sending, stop_sending
from kindregards.web.mail.services import Connection
from kindregards.web.mail.views import WHERE_KEPT
from kindregards.web.models import MailAccount, SendingServer
from kindregards.web.requests import owner_of


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """The server that takes letters out; it is signed in to at once, and nothing is sent."""
    account = account_of(owner_of(request), pk)
    form = SendingForm(request.POST or None, initial=_first_values(account))
    if request.method != "POST":
        return _page(request, account, form)
    trouble = _asked(form)
    if trouble:
        return _page(request, account, form, trouble)
    set_up_sending(
        account=account,
        where=_where(form),
        password=form.cleaned_data["password"],
        keeps_copy=form.cleaned_data["keeps_copy"],
    )
    messages.info(request, "The server let you in. A letter goes only when you press for it.")
    return redirect("mail-page", pk=pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the server that takes letters out, and its password."""
    account = account_of(owner_of(request), pk)
    stop_sending(account=account)
    messages.info(request, "Nothing can be sent from here any more; the password was forgotten.")
    return redirect("mail-page", pk=pk)


def _page(
    request: HttpRequest, account: MailAccount, form: SendingForm, trouble: str = ""
) -> HttpResponse:
    there = SendingServer.objects.filter(account=account).first()
    server = sending_server_for(account.address)
    if there is not None:
        server = sending_server_at(there.host, there.port)
    is_unsure = there is None and (server is None or not server.sure)
    context = {
        "form": form,
        "account": account,
        "server": server,
        "is_unsure": is_unsure,
        "shows_server": bool(trouble or form.errors) or is_unsure,
        "trouble": trouble,
        "where_kept": WHERE_KEPT[is_keyring_there()],
        "protocol": "SMTP",
        "room": "settings",
    }
    status = 422 if trouble or form.errors else 200
    return render(request, "mail/sending.html", context, status=status)


def _first_values(account: MailAccount) -> dict[str, Any]:
    there = SendingServer.objects.filter(account=account).first()
    if there is not None:
        return values_of(there) | {"keeps_copy": there.keeps_copy}
    server = sending_server_for(account.address)
    if server is None:
        return {"keeps_copy": True}
    name = account.user if "@" in account.user else account.address
    return first_values(name, server) | {"keeps_copy": not server.keeps_sent}


def _asked(form: SendingForm) -> str:
    """Why the server does not let in; "" where it does."""
    if not form.is_valid():
        return "Something is missing yet."
    try:
        ask_sending_server(_where(form), form.cleaned_data["password"])
    except SendingError as trouble:
        return str(trouble).removeprefix(NOT_SENT).strip()
    return ""


def _where(form: SendingForm) -> Connection:
    given = form.cleaned_data
    return Connection(given["user"], given["host"], given["port"], given["security"])
