from eqms.domain.secrecy import secrecy_marks
import pytest
import unicodedata


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("MẬT", ("MẬT",)),
        ("Độ mật: TỐI MẬT", ("TỐI MẬT",)),
        ("TUYỆT\nMẬT và MẬT", ("TUYỆT MẬT", "MẬT")),
        (unicodedata.normalize("NFD", "TỐI MẬT"), ("TỐI MẬT",)),
        ("bảo mật thông tin, mật khẩu", ()),
        ("BẢO MẬT THÔNG TIN", ()),
        ("BÍ MẬT KINH DOANH", ()),
        ("MẬTX", ()),
        ("", ()),
    ],
)
def test_only_stamped_marks_are_found(text, marks):
    assert secrecy_marks(text) == marks
