"""A time stamping authority for tests: its certificates, and a server on this machine."""

from asn1crypto import keys
from asn1crypto import tsp
from asn1crypto import x509
from contextlib import contextmanager
from cryptography import x509 as crypto
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from functools import cache
from http.server import BaseHTTPRequestHandler
from http.server import HTTPServer
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from threading import Thread


NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=365)


def authority(name="TSA"):
    """A root and a certificate for time stamping under it; returns (root as PEM, stamper)."""
    return _made(name)


@cache
def _made(name):
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    issuer = _name(f"{name} Root")
    root = (
        _builder(issuer, issuer, root_key)
        .add_extension(crypto.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(key_cert_sign=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        _builder(_name(name), issuer, key)
        .add_extension(crypto.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(_key_usage(digital_signature=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    stamper = DummyTimeStamper(
        x509.Certificate.load(leaf.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        fixed_dt=NOON,
    )
    return root.public_bytes(Encoding.PEM).decode(), stamper


@contextmanager
def serving(answer):
    """Serve ``answer(request bytes) -> (status, content type, bytes)``; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, content_type, data = answer(body)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def stamps(body):
    """Answer as an authority does."""
    _root, stamper = authority()
    reply = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
    return 200, "application/timestamp-reply", reply.dump()


def _name(text):
    return crypto.Name([crypto.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(subject, issuer, key):
    return (
        crypto.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(crypto.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(END)
    )


def _key_usage(**given):
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return crypto.KeyUsage(**{name: given.get(name, False) for name in names})
