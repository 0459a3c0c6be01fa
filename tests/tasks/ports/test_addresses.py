"""Which addresses a webhook may go to."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ports.addresses import is_allowed, is_public, text_to_opening

NOT_PUBLIC = (
    "0.0.0.0", "10.0.0.1", "100.64.0.10", "127.0.0.1",  # noqa: S104 - an address to refuse
    "127.255.255.254", "169.254.169.254", "172.16.5.5",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::169.254.169.254", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1")


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused_however_it_is_wrapped(address: str) -> None:
    assert not is_allowed(address, 443, "https", ())


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed_by_https_at_443_only(address: str) -> None:
    ways = [(443, "https"), (443, "http"), (80, "http"), (8443, "https")]
    assert [is_allowed(address, port, scheme, ()) for port, scheme in ways] == [True, False, False, False]


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_judged_the_same_in_every_wrapping(number: int) -> None:
    plain = is_public(ip_address(number))
    wrapped = [ip_address(prefix + number) for prefix in (0xFFFF << 32, 0x64FF9B << 96)]
    six_to_four = ip_address((0x2002 << 112) + (number << 80))
    assert [is_public(address) for address in (*wrapped, six_to_four)] == [plain] * 3


@pytest.mark.parametrize(
    ("opening", "address", "port", "covered"),
    [
        ("127.0.0.0/8", "127.0.0.1", 9000, True),
        ("127.0.0.0/8", "::ffff:127.0.0.1", 9000, True),
        ("127.0.0.0/8", "128.0.0.1", 9000, False),
        ("10.1.0.0/16:8080", "10.1.2.3", 8080, True),
        ("10.1.0.0/16:8080", "10.1.2.3", 8081, False),
        ("192.0.2.7", "192.0.2.7", 80, True),
        ("fd00::/8", "fd12::1", 8443, True),
        ("[fd00::/8]:8443", "fd12::1", 8443, True),
        ("[fd00::/8]:8443", "fd12::1", 443, False),
        ("0.0.0.0/0:80", "8.8.8.8", 80, True),
        ("0.0.0.0/0:80", "127.0.0.1", 80, False),
        ("::/0", "::1", 80, False),
    ],
)
def test_an_opening_covers_its_network_and_port_and_no_wide_one_covers_what_is_private(
    opening: str, address: str, port: int, *, covered: bool
) -> None:
    assert is_allowed(address, port, "http", (text_to_opening(opening),)) is covered


@pytest.mark.parametrize(
    "text",
    ["", "example.com", "10.0.0.0/33", "10.1.2.3/8", "10.0.0.0/8:", "10.0.0.0/8:0", "10.0.0.0/8:70000",
     "10.0.0.0/8:八", "[fd00::/8", "[fd00::/8]8443", "[fd00::/8]:"],
)  # fmt: skip
def test_an_opening_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence will do, the settings write their own
        text_to_opening(text)
