"""Mail accounts: adding one, its folders, and letting it go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindregards.sources.imap import Folder
from kindregards.sources.imap_errors import MailAccountError
from kindregards.sources.imap_hosts import server_at, server_for
from kindregards.web.mail.forms import (
    AddressForm,
    ConnectionForm,
    FoldersForm,
    first_values,
    values_of,
)
from kindregards.web.mail.passwords import is_keyring_there, password_of
from kindregards.web.mail.queries import account_of, accounts_of
from kindregards.web.mail.services import (
    GIVE_IT_AGAIN,
    Connection,
    add_account,
    ask_server,
    change_connection,
    choose_folders,
    connection_of,
    fetch_soon,
    keep_folders,
    pause_account,
    remove_account,
    resume_account,
)
from kindregards.web.mail.words import standing
from kindregards.web.models import MailAccount, SendingServer
from kindregards.web.requests import owner_of

FIRST_LOOK_BACK = timedelta(days=365)
WHERE_KEPT = {
    True: "It is kept in the keyring of your system, and goes to that server alone.",
    False: "It is kept encrypted in the data folder, and goes to that server alone.",
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The accounts, each with how it stands, and a place for another one."""
    now = timezone.now()
    context = {
        "accounts": [(one, standing(one, now)) for one in accounts_of(owner_of(request))],
        "form": AddressForm(),
        "room": "settings",
    }
    return render(request, "mail/listing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adding(request: HttpRequest) -> HttpResponse:
    """First the address alone, then what its provider needs; the server is asked at once."""
    given = AddressForm(request.POST or request.GET or None)
    if not given.is_valid():
        status = 422 if given.errors else 200
        return render(
            request, "mail/address.html", {"form": given, "room": "settings"}, status=status
        )
    address = given.cleaned_data["address"]
    form = ConnectionForm(request.POST or None, initial=_first_values(address))
    if request.method != "POST":
        return _connecting(request, form, address=address)
    found = _asked(form)
    if isinstance(found, str):
        return _connecting(request, form, address=address, trouble=found)
    account = add_account(
        owner=owner_of(request),
        address=address,
        where=_where(form),
        password=form.cleaned_data["password"],
        folders=found,
        now=timezone.now(),
    )
    messages.info(request, "The server let you in. Choose the folders, and letters can come.")
    return redirect("mail-page", pk=account.pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: how it stands, its folders, and what can be done with it."""
    return _page(request, account_of(owner_of(request), pk))


@require_POST
def folders(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep which folders are read; the first letters come soon after."""
    account = account_of(owner_of(request), pk)
    form = FoldersForm(request.POST, folders=list(account.folders.all()))
    if not form.is_valid():
        return _page(request, account, form)
    choose_folders(
        account=account,
        chosen=[int(one) for one in form.cleaned_data["folders"]],
        since=form.cleaned_data["since_date"],
        reads_sent=form.cleaned_data["reads_sent"],
        now=timezone.now(),
    )
    messages.info(request, "Kept. Letters from these folders come by themselves from now on.")
    return redirect("mail-page", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another password or server. The password goes only to the server it is given for."""
    account = account_of(owner_of(request), pk)
    form = ConnectionForm(request.POST or None, initial=values_of(account))
    if request.method != "POST":
        return _connecting(request, form, account=account)
    found = _asked(form)
    if isinstance(found, str):
        return _connecting(request, form, account=account, trouble=found)
    change_connection(
        account=account,
        where=_where(form),
        password=form.cleaned_data["password"],
        folders=found,
        now=timezone.now(),
    )
    messages.info(request, "The server let you in. It goes on from where it was.")
    return redirect("mail-page", pk=pk)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the server whether it still lets in, and which folders there are now."""
    account = account_of(owner_of(request), pk)
    password = password_of(account)
    try:
        if password is None:
            raise MailAccountError(GIVE_IT_AGAIN.format(user=account.user))
        keep_folders(account=account, found=ask_server(connection_of(account), password))
        messages.info(request, "The connection works. The folders are as the server lists them.")
    except MailAccountError as trouble:
        messages.warning(request, str(trouble))
    return redirect("mail-page", pk=pk)


@require_POST
def fetch_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch at once, in the background."""
    fetch_soon(account=account_of(owner_of(request), pk), now=timezone.now())
    return redirect("mail-page", pk=pk)


@require_safe
def standing_now(request: HttpRequest, pk: int) -> HttpResponse:
    """How the account stands: the piece of its page that changes while letters come."""
    account, now = account_of(owner_of(request), pk), timezone.now()
    return render(request, "mail/_standing.html", _standing(account, now))


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch no more by itself."""
    pause_account(account=account_of(owner_of(request), pk))
    messages.info(request, "It rests. Nothing is fetched until you resume it.")
    return redirect("mail-page", pk=pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch by itself again."""
    resume_account(account=account_of(owner_of(request), pk), now=timezone.now())
    messages.info(request, "Letters come by themselves again.")
    return redirect("mail-page", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the account and its password; the letters stay."""
    account = account_of(owner_of(request), pk)
    address = account.address
    remove_account(account=account)
    messages.info(request, f"{address} was removed and its password forgotten. Its letters stay.")
    return redirect("mail-list")


def _standing(account: MailAccount, now: datetime) -> dict[str, Any]:
    is_due = account.next_at is not None and account.next_at <= now and account.begun_at is not None
    waits = account.is_paused or account.needs_person
    return {
        "account": account,
        "standing": standing(account, now),
        "left_count": account.run.left.count() if account.run else 0,
        "is_busy": account.is_busy(now) or (is_due and not waits),
    }


def _page(
    request: HttpRequest, account: MailAccount, form: FoldersForm | None = None
) -> HttpResponse:
    all_folders = sorted(account.folders.all(), key=lambda one: (one.role != "inbox", one.name))
    since = account.since_date
    if account.begun_at is None:
        since = (timezone.localtime(timezone.now()) - FIRST_LOOK_BACK).date()
    chosen = {one.pk for one in all_folders if one.is_chosen and form is None}
    context = {
        "form": form
        or FoldersForm(
            folders=all_folders, initial={"since_date": since, "reads_sent": account.reads_sent}
        ),
        "folders": [(one, one.pk in chosen) for one in all_folders],
        "has_sent": any(one.role == "sent" for one in all_folders),
        "sending_server": SendingServer.objects.filter(account=account).first(),
        **_standing(account, timezone.now()),
        "room": "settings",
    }
    return render(request, "mail/page.html", context, status=422 if form else 200)


def _connecting(
    request: HttpRequest,
    form: ConnectionForm,
    *,
    address: str = "",
    account: MailAccount | None = None,
    trouble: str = "",
) -> HttpResponse:
    if account is not None:
        address = account.address
        server = server_at(account.host, account.port)
    else:
        server = server_for(address)
    context = {
        "form": form,
        "address": address,
        "account": account,
        "server": server,
        "is_unsure": account is None and server is not None and not server.sure,
        "protocol": "IMAP",
        "shows_server": bool(trouble or form.errors) or server is None or not server.sure,
        "trouble": trouble,
        "where_kept": WHERE_KEPT[is_keyring_there()],
        "room": "settings",
    }
    status = 422 if trouble or form.errors else 200
    return render(request, "mail/connecting.html", context, status=status)


def _first_values(address: str) -> dict[str, Any]:
    server = server_for(address)
    return first_values(address, server) if server else {}


def _asked(form: ConnectionForm) -> tuple[Folder, ...] | str:
    """The server's folders, or the sentence that says why there are none."""
    if not form.is_valid():
        return "Something is missing yet."
    try:
        return ask_server(_where(form), form.cleaned_data["password"])
    except MailAccountError as trouble:
        return str(trouble)


def _where(form: ConnectionForm) -> Connection:
    given = form.cleaned_data
    return Connection(given["user"], given["host"], given["port"], given["security"])
