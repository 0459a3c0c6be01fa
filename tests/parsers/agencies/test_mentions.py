"""Whose report a text presents itself as, and when that is another body than the one that filed it."""

from __future__ import annotations

import pytest

from parsers.agencies.mentions import are_different, find_foreign_reports, text_to_reporter


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("根据条例规定，现公布区统计局2023年政府信息公开工作年度报告。", "区统计局"),
        ("特公布2023年温州市人力资源和社会保障局信息公开工作年度报告。", "温州市人力资源和社会保障局"),
        ("现将木塔乡人民政府2024年政府信息公开工作年度报告公布如下", "木塔乡人民政府"),
        ("我局编制并向社会公开莆田市涵江区民政局2023年度政府信息公开工作年度报告", "莆田市涵江区民政局"),
        ("制定西湖区发展和改革委员会2023年政府信息公开工作年度报告", "西湖区发展和改革委员会"),
        ("编制本报告。按照《某某市2022年政府信息公开工作年度报告》要求", None),
        ("现公布本机关2023年政府信息公开工作年度报告", None),
        ("关于做好2023年政府信息公开工作年度报告编制工作的通知", None),
    ],
)
def test_a_text_that_presents_itself_names_its_reporter(text: str, name: str | None) -> None:
    assert text_to_reporter(text) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲县石桥镇人民政府", "梅子镇"),
        ("清溪街道办事处", "柳泉街道"),
        ("澄湖县水务局", "丹霞县水务局"),
        ("澄湖县水务局", "澄湖县教育局"),
        ("白沙区人民政府", "东屏区民政局"),
    ],
)
def test_bodies_of_another_place_or_field_are_different(one: str, other: str) -> None:
    assert are_different(one, other)
    assert are_different(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("太平镇人民政府", "太平镇"),
        ("桐梓县夜郎镇", "夜郎镇人民政府"),
        ("街道办事处", "清溪街道"),
        ("澄湖县水务局", "县水利局"),
        ("南京市江宁区民政局", "江宁区民政局"),
        ("长春市南关区民政局", "长春市"),
        ("铜官区住建局", "铜陵市铜官区住房和城乡建设局"),
        ("澄湖县农业农村局", "澄湖县林业局"),
        ("澄湖县某某服务中心", "澄湖县教育局"),
        ("澄湖县政务服务局", "澄湖县人社局"),
        ("白沙区人民政府", "白沙区人民政府办公室"),
    ],
)
def test_another_way_of_writing_or_a_doubt_is_no_difference(one: str, other: str) -> None:
    assert not are_different(one, other)
    assert not are_different(other, one)


def test_the_span_of_a_foreign_report_is_that_of_its_name() -> None:
    text = "现公布梅子镇人民政府2023年政府信息公开工作年度报告。"
    ((start, end, name),) = find_foreign_reports(text, ("石桥镇人民政府",))
    assert text[start:end] == name == "梅子镇人民政府"
