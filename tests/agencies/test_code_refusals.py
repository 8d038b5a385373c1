"""What cannot be a code is refused by every channel with the reason."""

from cast import PASSWORD
import pytest
import requests


@pytest.mark.parametrize("code", ["a{}b", "QT\u0000", "x" * 61, "-/-"])
def test_rest_answers_400_with_the_reason(live_agency, code):
    answer = requests.post(
        live_agency.absolute_url(),
        json={"@type": "Procedure", "title": "Thử", "code": code},
        headers={"Accept": "application/json"},
        auth=("author", PASSWORD),
        timeout=30,
    )
    assert answer.status_code == 400
    assert "code" in answer.text
