"""How legal texts are told apart, however they are cited."""

from datetime import date
from eqms.domain.legal_texts import cited_as
from eqms.domain.legal_texts import Keys
from eqms.domain.legal_texts import keys_of
from eqms.domain.legal_texts import kind_of
from eqms.domain.legal_texts import number_in
from eqms.domain.legal_texts import number_key
from hypothesis import given
from hypothesis import strategies as st
import pytest


class TestNumber:
    @pytest.mark.parametrize(
        "written",
        [
            "123/2015/NĐ-CP",
            "Số 123/2015/NĐ-CP",
            "số: 0123 / 2015/ NĐ – CP",
            "123/2015/nđ-cp.",
            "123/2015/NĐ‑CP;",
            "123/2015/ND-CP",
        ],
    )
    def test_one_number_however_it_is_written(self, written):
        assert number_key(written) == "123/2015/nd-cp"

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            ("60/2014/QH13", "60/2014/qh13"),
            ("TCVN ISO 9001 : 2015", "tcvn iso 9001:2015"),
            ("01/2016/TTLT-TANDTC-BTP", "1/2016/ttlt-tandtc-btp"),
            ("", ""),
            ("không số", ""),
        ],
    )
    def test_numbers_of_all_kinds(self, written, key):
        assert number_key(written) == key

    @given(st.text(max_size=40))
    def test_a_key_is_its_own_key(self, text):
        assert number_key(number_key(text)) == number_key(text)

    @given(
        st.integers(1, 9999),
        st.integers(1945, 2100),
        st.sampled_from(["NĐ-CP", "TT-BTP", "QĐ-TTg", "NQ-HĐND", "TTLT-BTP-BCA"]),
        st.sampled_from(["", "số ", "Số: ", " "]),
        st.sampled_from(["-", "–", " - "]),
    )
    def test_ways_of_writing_do_not_matter(self, number, year, kind, before, dash):
        plain = f"{number}/{year}/{kind}"
        assert number_key(f"{before}0{number}/{year}/{kind.replace('-', dash)}") == number_key(
            plain
        )

    @pytest.mark.parametrize(
        ("sentence", "number"),
        [
            ("Nghị định số 23/2015/NĐ-CP ngày 16/02/2015 của Chính phủ", "23/2015/NĐ-CP"),
            ("Luật Hộ tịch số 60/2014/QH13", "60/2014/QH13"),
            ("Quyết định số 101/QĐ-BKHCN ngày 21/01/2019", "101/QĐ-BKHCN"),
            ("Tiêu chuẩn quốc gia TCVN ISO 9001:2015", "TCVN ISO 9001:2015"),
            ("QCVN 01:2021/BYT", "QCVN 01:2021/BYT"),
            ("Bộ luật Dân sự năm 2015", ""),
            ("Nghị định của Chính phủ sửa đổi Nghị định số 19/2011/NĐ-CP", ""),
        ],
    )
    def test_a_number_in_a_sentence(self, sentence, number):
        assert number_in(sentence) == number


class TestLaws:
    @pytest.mark.parametrize(
        "cited",
        [
            "Luật Hộ tịch năm 2014",
            "Luật Hộ tịch 2014",
            "Luật Hộ tịch số 60/2014/QH13",
            "Luật Hộ tịch số 60/2014/QH13 ngày 20/11/2014 của Quốc hội",
            "Luật hộ tịch ngày 20 tháng 11 năm 2014",
        ],
    )
    def test_name_and_year_with_or_without_number(self, cited):
        assert "luat ho tich 2014" in keys_of(name=cited).sure

    def test_by_number_and_by_name_it_is_one_text(self):
        by_number = keys_of("60/2014/QH13", "Luật Hộ tịch", issued_on=date(2014, 11, 20))
        assert by_number.sure == ("60/2014/qh13", "luat ho tich 2014")
        assert set(keys_of(name="Luật Hộ tịch năm 2014").sure) <= set(by_number.sure)

    def test_without_a_year_nobody_knows_which(self):
        assert keys_of(name="Luật Hộ tịch") == Keys()

    def test_other_texts_have_no_name_of_their_own(self):
        assert keys_of(name="Nghị định của Chính phủ năm 2015") == Keys()


class TestOneLine:
    @pytest.mark.parametrize(
        ("kind", "number", "title", "line"),
        [
            ("decree", "23/2015/NĐ-CP", "Chứng thực", "Nghị định số 23/2015/NĐ-CP: Chứng thực"),
            ("law", "60/2014/QH13", "Luật Hộ tịch", "Luật Hộ tịch số 60/2014/QH13"),
            ("law", "60/2014/QH13", "Hộ tịch", "Luật số 60/2014/QH13: Hộ tịch"),
            ("law", "", "Luật Hộ tịch năm 2014", "Luật Hộ tịch năm 2014"),
            ("law", "", "Hộ tịch năm 2014", "Luật Hộ tịch năm 2014"),
            ("standard", "TCVN ISO 9001:2015", "Yêu cầu", "Tiêu chuẩn TCVN ISO 9001:2015: Yêu cầu"),
            ("decree", "1/2020/NĐ-CP", "Nghị định số 01/2020/NĐ-CP", "Nghị định số 01/2020/NĐ-CP"),
            ("other", "5/HD", "Hướng dẫn", "số 5/HD: Hướng dẫn"),
        ],
    )
    def test_as_it_is_cited(self, kind, number, title, line):
        assert cited_as(kind, number, title) == line

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Nghị quyết liên tịch số 1", "joint_resolution"),
            ("NGHỊ QUYẾT số 1", "resolution"),
            ("Luật Hộ tịch", "law"),
            ("Bộ luật Dân sự", "code"),
            ("Hướng dẫn số 1", "other"),
        ],
    )
    def test_the_kind_of_a_citation(self, text, kind):
        assert kind_of(text) == kind


class TestNumbersThatSeveralHave:
    def test_the_year_tells_numbers_without_one_apart(self):
        first = keys_of("101/QĐ-BKHCN", issued_on=date(2019, 1, 21))
        second = keys_of("101/QĐ-BKHCN", issued_on=date(2021, 2, 3))
        assert first == Keys(("101/qd-bkhcn@2019",), ("101/qd-bkhcn",))
        assert not set(first.sure) & set(second.sure)
        assert first.vague == second.vague

    def test_the_place_tells_those_of_local_bodies_apart(self):
        lam_dong = keys_of("12/2020/QĐ-UBND", issuer="UBND tỉnh Lâm Đồng")
        dak_nong = keys_of(
            name="Quyết định số 12/2020/QĐ-UBND ngày 05/5/2020 của UBND tỉnh Đắk Nông về lệ phí"
        )
        assert lam_dong == Keys(("12/2020/qd-ubnd@lam dong",), ("12/2020/qd-ubnd",))
        assert dak_nong.sure == ("12/2020/qd-ubnd@dak nong",)
        hau_giang = keys_of(
            name="Nghị quyết số 04/2023/NQ-HĐND của HĐND tỉnh Hậu Giang Quy định các khoản thu phí"
        )
        assert hau_giang.sure == ("4/2023/nq-hdnd@hau giang",)

    @pytest.mark.parametrize("dated", ["ngày 5/6/2019", "ngày 05 tháng 6 năm 2019"])
    def test_the_date_may_stand_in_the_citation_only(self, dated):
        cited = f"Quyết định số 1901/QĐ-BKHCN {dated} về kế hoạch năm 2020"
        assert keys_of(name=cited).sure == ("1901/qd-bkhcn@2019",)
        assert keys_of(name="Quyết định số 1901/QĐ-BKHCN về kế hoạch năm 2020").sure == (
            "1901/qd-bkhcn",
        )

    def test_year_and_place(self):
        keys = keys_of("963/QĐ-UBND", issuer="UBND tỉnh Đắk Nông", issued_on=date(2016, 6, 17))
        assert keys.sure == ("963/qd-ubnd@2016@dak nong",)
        assert set(keys.vague) == {
            "963/qd-ubnd",
            "963/qd-ubnd@2016",
            "963/qd-ubnd@dak nong",
        }

    @given(st.text(max_size=40), st.text(max_size=60), st.dates())
    def test_sure_and_vague_never_overlap(self, number, name, day):
        keys = keys_of(number, name, issued_on=day)
        assert not set(keys.sure) & set(keys.vague)
        assert all((*keys.sure, *keys.vague))
