"""PDF files signed with certificates made on the fly; no network."""

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from functools import cache
from io import BytesIO
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.pdf_utils.writer import PdfFileWriter
from pyhanko.sign import PdfSignatureMetadata
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore


SIGNER = "Phạm Thị Duyệt"
DEPUTY = "Trần Văn Phó"
ISSUER = "Tổ chức chứng thực thử nghiệm"

YEAR = timedelta(days=365)


class Issuer:
    """A certification authority with a certificate of its own."""

    def __init__(self, name=ISSUER):
        self.key = _key()
        self.certificate = _certificate(name, self.key, name, self.key, authority=True)
        self.name = name

    @property
    def pem(self):
        """The certificate as administrators paste it."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

    def issue(self, name, since=None, until=None, purpose=None):
        """Key and certificate of a person or a service."""
        key = _key()
        return key, _certificate(name, key, self.name, self.key, since, until, purpose=purpose)

    def signer(self, name=SIGNER, **options):
        """What signs in the name of a person."""
        key, certificate = self.issue(name, **options)
        return signers.SimpleSigner(
            signing_cert=_asn1(certificate),
            signing_key=_asn1_key(key),
            cert_registry=self._store(),
        )

    def time_stamper(self, at=None):
        """A time-stamping authority."""
        key, certificate = self.issue("Dấu thời gian", purpose=ExtendedKeyUsageOID.TIME_STAMPING)
        return DummyTimeStamper(
            tsa_cert=_asn1(certificate),
            tsa_key=_asn1_key(key),
            certs_to_embed=self._store(),
            fixed_dt=at,
        )

    def _store(self):
        store = SimpleCertificateStore()
        store.register(_asn1(self.certificate))
        return store


@cache
def issuer():
    """One authority for all tests; making keys is slow."""
    return Issuer()


@cache
def signed_once():
    """A file that one person signed."""
    return signed(plain())


def plain(pages=1):
    """A file that nobody signed."""
    writer = PdfFileWriter(stream_xrefs=False)
    for number in range(pages):
        text = generic.StreamObject(
            stream_data=f"BT /F1 12 Tf 72 720 Td (Trang {number + 1}) Tj ET".encode()
        )
        page = PageObject(
            contents=writer.add_object(text),
            media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        )
        writer.insert_page(page)
    return written(writer)


def signed(data, signer=None, field="Chữ ký 1", stamper=None, **options):
    """The file with one signature more."""
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", **options)
    output = signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(data)),
        metadata,
        signer=signer or issuer().signer(),
        timestamper=stamper,
    )
    return output.getvalue()


def changed_later(data):
    """The file with another page content appended after signing."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    stream = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Sua len) Tj ET")
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(stream)])
    writer.update_container(page)
    return written(writer)


def encrypted():
    """A file that asks for a password."""
    writer = PdfFileWriter(stream_xrefs=False)
    writer.encrypt("chủ", "người đọc")
    writer.insert_page(
        PageObject(
            contents=writer.add_object(generic.StreamObject(stream_data=b"")),
            media_box=generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        )
    )
    return written(writer)


def written(writer):
    """The bytes of a writer."""
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def flipped(data, place):
    """The file with one bit of one byte changed."""
    broken = bytearray(data)
    broken[place] ^= 1
    return bytes(broken)


def _key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(
    name, key, issuer_name, issuer_key, since=None, until=None, authority=False, purpose=None
):
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since or now - 10 * YEAR)
        .not_valid_after(until or now + YEAR)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority), critical=True)
    )
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def _name(name):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _usage(authority):
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _asn1(certificate):
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _asn1_key(key):
    return asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
