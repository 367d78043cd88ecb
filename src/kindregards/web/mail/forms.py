"""What the person says about a mail account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from kindregards.sources.imap_hosts import Server, server_for
from kindregards.web.models import MailAccount, MailFolder, SendingServer

NO_ADDRESS = "That is no e-mail address. Write it like ada@home.example."
NO_HOST = "Write the name of the server, such as imap.home.example."
HOST = re.compile(r"[A-Za-z0-9_.:-]{1,253}")
SECURITIES = (
    ("tls", "TLS from the start (port 993)"),
    ("starttls", "STARTTLS (port 143)"),
    ("none", "None, for a program on this computer only"),
)
SENDING_SECURITIES = (
    ("tls", "TLS from the start (port 465)"),
    ("starttls", "STARTTLS (port 587)"),
    ("none", "None, for a program on this computer only"),
)


class AddressForm(forms.Form):
    """The one thing to begin with."""

    address = forms.CharField(max_length=320, error_messages={"required": NO_ADDRESS})

    def clean_address(self) -> str:
        """An address that names a domain."""
        address = str(self.cleaned_data["address"]).strip()
        if server_for(address) is None:
            raise forms.ValidationError(NO_ADDRESS)
        return address


class ConnectionForm(forms.Form):
    """The server, the name there, and the password, which no page ever shows again."""

    user = forms.CharField(
        max_length=320, error_messages={"required": "Write the name you sign in with there."}
    )
    host = forms.CharField(max_length=253, error_messages={"required": NO_HOST})
    port = forms.IntegerField(
        min_value=1,
        max_value=65535,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "The port is a number up to 65535.",
        ),
    )
    security = forms.ChoiceField(choices=SECURITIES)
    password = forms.CharField(
        max_length=1000,
        strip=False,
        error_messages={"required": "Without the password there is no way in."},
    )

    def clean_host(self) -> str:
        """The name alone, also where a whole address of a web page was given."""
        host = (
            str(self.cleaned_data["host"]).strip().removeprefix("imaps://").removeprefix("smtps://")
        )
        host = host.strip("/")
        if not HOST.fullmatch(host):
            raise forms.ValidationError(NO_HOST)
        return host.lower()


class SendingForm(ConnectionForm):
    """The server that takes letters out, and whether a copy of each is to be put into sent mail."""

    keeps_copy = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["security"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = SENDING_SECURITIES


class FoldersForm(forms.Form):
    """Which folders are read, from which day on, and whether sent mail is noticed."""

    folders = forms.MultipleChoiceField(
        error_messages={"required": "Choose at least one folder; most letters are in the inbox."}
    )
    since_date = forms.DateField(
        required=False,
        error_messages={"invalid": "Write the day like 2026-11-23, or leave it empty."},
    )

    reads_sent = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, folders: Sequence[MailFolder], **rest: Any) -> None:
        super().__init__(data, **rest)
        field = self.fields["folders"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), one.name) for one in folders]


def first_values(address: str, server: Server) -> dict[str, Any]:
    """What a ConnectionForm begins with for a new account."""
    return {
        "user": address,
        "host": server.host,
        "port": server.port,
        "security": server.security,
    }


def values_of(account: MailAccount | SendingServer) -> dict[str, Any]:
    """What a ConnectionForm begins with for an account that is there."""
    return {
        "user": account.user,
        "host": account.host,
        "port": account.port,
        "security": account.security,
    }
