"""What is said of the digital signatures in a PDF, and what is not."""

from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval.copies.facts import Chain
from eqms.approval.copies.facts import Later
from eqms.approval.copies.facts import TimeSource
from eqms.approval.copies.facts import Verdict
from eqms.approval.copies.trust import certificates_in
from eqms.approval.copies.verification import Unreadable
from eqms.approval.copies.verification import verify
from signed_pdf import changed_later
from signed_pdf import DEPUTY
from signed_pdf import encrypted
from signed_pdf import flipped
from signed_pdf import ISSUER
from signed_pdf import Issuer
from signed_pdf import issuer
from signed_pdf import plain
from signed_pdf import signed
from signed_pdf import signed_once
from signed_pdf import SIGNER
import pytest
import time_machine


def trusted():
    return certificates_in(issuer().pem)


def look(data, roots=()):
    """What is said of the first signature; of a file that cannot be read, that."""
    try:
        return verify(data, roots)[0]
    except Unreadable:
        return None


def verdict(data, roots=()):
    found = look(data, roots)
    return found.verdict if found is not None else "unreadable"


class TestIntact:
    def test_one_signature(self):
        [found] = verify(signed_once(), [])
        assert (found.signer, found.verdict, found.later) == (
            SIGNER,
            Verdict.INTACT,
            Later.NOTHING,
        )

    def test_its_certificate_is_kept(self):
        [found] = verify(signed_once(), [])
        certificate = found.certificate
        assert SIGNER in certificate.subject
        assert ISSUER in certificate.issuer
        assert certificate.valid_from < datetime.now(UTC) < certificate.valid_until
        kept = x509.Certificate.load(certificate.der)
        assert kept.sha256.hex() == certificate.sha256
        assert f"{kept.serial_number:x}" == certificate.serial

    def test_several_signatures(self):
        twice = signed(signed_once(), issuer().signer(DEPUTY), field="Chữ ký 2")
        first, second = verify(twice, [])
        assert (first.signer, second.signer) == (SIGNER, DEPUTY)
        assert (first.verdict, second.verdict) == (Verdict.INTACT, Verdict.INTACT)
        assert (first.later, second.later) == (Later.HARMLESS, Later.NOTHING)


class TestChain:
    def test_without_trusted_certificates_nobody_looks(self):
        found = look(signed_once())
        assert (found.chain, found.revocation) == (Chain.NOT_CHECKED, "not_checked")

    def test_it_leads_to_a_trusted_one(self):
        assert look(signed_once(), trusted()).chain is Chain.TRUSTED

    def test_it_leads_to_none(self):
        stranger = certificates_in(Issuer("Tổ chức khác").pem)
        assert look(signed_once(), stranger).chain is Chain.NOT_TRUSTED

    def test_a_namesake_of_a_trusted_one_is_not_trusted(self):
        assert look(signed(plain(), Issuer().signer()), trusted()).chain is Chain.NOT_TRUSTED

    def test_a_certificate_that_has_ended_since_was_good_when_it_signed(self):
        then = datetime.now(UTC) - timedelta(days=400)
        ended = issuer().signer(since=then, until=then + timedelta(days=100))
        with time_machine.travel(then + timedelta(days=50), tick=False):
            data = signed(plain(), ended)
        found = look(data, trusted())
        assert found.signed_at < found.certificate.valid_until < datetime.now(UTC)
        assert found.chain is Chain.TRUSTED

    def test_a_certificate_that_had_ended_was_not(self):
        yesterday = datetime.now(UTC) - timedelta(days=1)
        old = issuer().signer(since=yesterday - timedelta(days=300), until=yesterday)
        found = look(signed(plain(), old), trusted())
        assert (found.verdict, found.chain) == (Verdict.INTACT, Chain.NOT_TRUSTED)

    @pytest.mark.parametrize("text", ["x", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
    def test_a_text_without_certificates_is_refused(self, text):
        with pytest.raises(ValueError):
            certificates_in(text)

    def test_several_certificates_in_one_text(self):
        assert len(certificates_in(f"{issuer().pem}\n{Issuer('Khác').pem}")) == 2
        assert certificates_in(" \n") == []


class TestTime:
    def test_the_signers_clock_is_called_that(self):
        found = look(signed_once())
        assert found.time_source is TimeSource.SIGNER
        assert abs(found.signed_at - datetime.now(UTC)) < timedelta(hours=1)

    def test_a_time_stamp(self):
        moment = datetime.now(UTC).replace(microsecond=0)
        data = signed(plain(), stamper=issuer().time_stamper(moment))
        found = look(data, trusted())
        assert (found.time_source, found.signed_at) == (TimeSource.STAMP, moment)
        assert look(data).time_source is TimeSource.STAMP_NOT_CHECKED


class TestBroken:
    def test_content_added_after_signing(self):
        found = look(changed_later(signed_once()))
        assert (found.verdict, found.later) == (Verdict.CHANGED_LATER, Later.CONTENT)

    def test_two_bytes_exchanged_in_the_text_of_the_page(self):
        data = signed_once()
        assert data.count(b"(Trang 1)") == 1
        assert verdict(data.replace(b"(Trang 1)", b"(Trang 7)")) is Verdict.BROKEN

    @pytest.mark.parametrize("place", [b"%PDF", b"/MediaBox", b"/ByteRange", b"/Contents <"])
    def test_a_byte_of_the_structure(self, place):
        data = signed_once()
        for offset in range(1, len(place)):
            assert verdict(flipped(data, data.index(place) + offset)) in (
                Verdict.BROKEN,
                "unreadable",
            )

    def test_a_byte_of_the_padding_after_the_signature(self):
        data = signed_once()
        place = data.index(b"0" * 200) + 100
        assert verdict(flipped(data, place)) is Verdict.BROKEN

    def test_a_byte_of_the_signers_certificate(self):
        data = signed_once()
        key = look(data).certificate.der[-40:].hex().encode()
        place = max(data.find(key), data.find(key.upper()))
        assert place > 0
        assert verdict(flipped(data, place)) in (Verdict.BROKEN, "unreadable")

    def test_any_byte_of_what_was_signed(self):
        data = signed_once()
        start, end = data.index(b"/Contents <"), data.index(b"> ", data.index(b"/Contents <"))
        for place in [*range(0, start, 37), *range(end, len(data), 37)]:
            assert verdict(flipped(data, place)) in (Verdict.BROKEN, "unreadable"), place

    def test_any_byte_of_the_signature_itself(self):
        data = signed_once()
        der = issuer().certificate.public_bytes(serialization.Encoding.DER).hex().encode()
        envelope = data.lower().index(der) + len(der)
        name = ISSUER.encode().hex().encode()
        start = data.lower().index(name, envelope) + len(name)
        for place in range(start, data.index(b"0" * 200), 53):
            assert verdict(flipped(data, place)) in (Verdict.BROKEN, "unreadable"), place

    def test_a_byte_of_the_issuers_certificate_or_name(self):
        data = signed_once()
        der = issuer().certificate.public_bytes(serialization.Encoding.DER).hex().encode()
        end = data.lower().index(der) + len(der)
        for place in range(end - 40, end):
            assert verdict(flipped(data, place)) in (Verdict.BROKEN, "unreadable"), place
        name = data.lower().index(ISSUER.encode().hex().encode(), end)
        assert verdict(flipped(data, name + 1)) in (Verdict.BROKEN, "unreadable")

    @pytest.mark.parametrize("length", [0, 1, 8, 100, 1000, 5000])
    def test_a_file_that_was_cut_off(self, length):
        assert verdict(signed_once()[:length]) in (Verdict.BROKEN, "unreadable")


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "error_pdf_unreadable"),
            (b"hello", "error_pdf_unreadable"),
            (b"%PDF-1.7\n" + b"x" * 1000, "error_pdf_unreadable"),
            (b"\xff\xd8\xff\xe0" + b"x" * 1000, "error_pdf_unreadable"),
        ],
    )
    def test_what_is_no_pdf(self, data, message):
        with pytest.raises(Unreadable) as refusal:
            verify(data, [])
        assert refusal.value.message == message

    def test_a_pdf_that_nobody_signed(self):
        with pytest.raises(Unreadable) as refusal:
            verify(plain(), [])
        assert refusal.value.message == "error_pdf_unsigned"

    def test_an_encrypted_pdf(self):
        with pytest.raises(Unreadable) as refusal:
            verify(encrypted(), [])
        assert refusal.value.message == "error_pdf_encrypted"
