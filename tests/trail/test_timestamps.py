"""Time stamps: got over HTTP, verified without a connection."""

from asn1crypto import cms
from eqms.trail import timestamps
from trail.authority import authority
from trail.authority import NOON
from trail.authority import serving
from trail.authority import stamps
import asyncio
import pytest


DIGEST = "ab" * 32


def token(name="TSA", digest=DIGEST):
    stamper = authority(name)[1]
    return asyncio.run(stamper.async_timestamp(bytes.fromhex(digest), "sha256")).dump()


class TestVerifying:
    def test_a_stamp_by_a_trusted_authority(self):
        stamp = timestamps.verify(token(), DIGEST, authority()[0])
        assert stamp == (NOON, True, True)

    def test_without_its_root_it_is_intact_but_not_trusted(self):
        assert timestamps.verify(token(), DIGEST, "") == (NOON, True, False)
        assert timestamps.verify(token(), DIGEST, authority("Other")[0]) == (NOON, True, False)

    def test_of_another_hash(self):
        assert not timestamps.verify(token(), "cd" * 32, authority()[0]).intact

    def test_with_a_changed_byte(self):
        whole = token()
        signed = cms.ContentInfo.load(whole)["content"]
        signature = signed["signer_infos"][0]["signature"].native
        place = whole.index(signature)
        broken = bytearray(whole)
        broken[place] ^= 1
        assert not timestamps.verify(bytes(broken), DIGEST, authority()[0]).intact

    def test_with_another_time(self):
        written = NOON.strftime("%Y%m%d%H%M%SZ").encode()
        forged = token().replace(written, b"20250310050000Z")
        assert not timestamps.verify(forged, DIGEST, authority()[0]).intact

    @pytest.mark.parametrize("rubbish", [b"", b"\x30\x03\x02\x01\x01", b"not DER"])
    def test_what_is_no_token(self, rubbish):
        assert timestamps.verify(rubbish, DIGEST, authority()[0]) == (None, False, False)

    def test_roots_must_be_certificates(self):
        with pytest.raises(ValueError, match="PEM"):
            timestamps.certificates("no certificate")


class TestAsking:
    def test_an_authority_that_answers(self):
        with serving(stamps) as url:
            got = timestamps.request(url, DIGEST)
        assert timestamps.verify(got, DIGEST, authority()[0]).trusted

    @pytest.mark.parametrize(
        "answer",
        [
            lambda body: (500, "text/html", b"sorry"),
            lambda body: (200, "application/timestamp-reply", b"rubbish"),
            lambda body: (200, "application/timestamp-reply", b""),
            lambda body: stamps(body.replace(bytes.fromhex(DIGEST), bytes(32))),
        ],
        ids=["error", "rubbish", "nothing", "stamp of something else"],
    )
    def test_one_that_answers_otherwise(self, answer):
        with serving(answer) as url, pytest.raises(timestamps.NoStamp):
            timestamps.request(url, DIGEST)

    def test_one_that_is_not_there(self):
        with serving(stamps) as url:
            pass
        with pytest.raises(timestamps.NoStamp):
            timestamps.request(url, DIGEST)
