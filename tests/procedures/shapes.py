"""Procedures of every shape that a flow chart has to draw."""

from types import SimpleNamespace


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> &amp; ]]>\x00\x0b\ufffe"
LONG = "Xem xét hồ sơ, nếu hợp lệ thì ký duyệt, nếu không thì trả lại và nêu rõ lý do. " * 6


def step(title, responsible="Chuyên viên", times=("½ ngày",), **more):
    return {"title": title, "responsible": responsible, "times": list(times), **more}


def procedure(*steps, scenarios=(), title="Đăng ký kết hôn"):
    """Stands in for a revision: what its flow is made of."""
    return SimpleNamespace(title=title, scenarios=list(scenarios), steps=list(steps))


SHAPES = {
    "one step": procedure(step("Ký", times=())),
    "one table": procedure(
        step("Tiếp nhận hồ sơ", "Cán bộ tiếp nhận"),
        step("- Thẩm tra\n+ Hợp lệ: trình ký\n+ Không hợp lệ: trả lại"),
        step("Ký", "Lãnh đạo UBND\nPhối hợp: Văn phòng"),
        step("Đóng dấu, trả kết quả", "Cán bộ tiếp nhận", output="BM 01"),
    ),
    "two cases in one table": procedure(
        step("Thẩm tra", times=("02 ngày", "22 ngày")),
        step("Ký", "Lãnh đạo", times=("", "1,5 ngày")),
        scenarios=[{"label": "Không xác minh"}, {"label": "Có xác minh"}],
    ),
    "several tables": procedure(
        step("Tiếp nhận", "Văn thư", case="Nộp trực tiếp"),
        step("Ký", "Lãnh đạo", case="Nộp trực tiếp"),
        step("Tiếp nhận", "Cổng dịch vụ công", case="Nộp trực tuyến"),
        step("Kiểm tra", case="Nộp trực tuyến"),
        step("Ký", "Lãnh đạo", case="Nộp trực tuyến"),
        step("Chuyển", "Văn thư"),
    ),
    "nobody responsible": procedure(step("Tiếp nhận", ""), step("", "", times=("",))),
    "long texts": procedure(step(LONG, LONG, times=(LONG,), output=LONG), title=LONG),
    "hostile texts": procedure(
        step(HOSTILE, HOSTILE, times=(HOSTILE, HOSTILE), output=HOSTILE, case=HOSTILE),
        step("Ký", HOSTILE, case="B"),
        scenarios=[{"label": HOSTILE}],
        title=HOSTILE,
    ),
}
