"""What kind of body a name is, its level and its places; and that what a name does not say for certain is null."""

from __future__ import annotations

import pytest

from parsers.agencies.kinds import name_to_kind

KINDS = {
    "D": "department",
    "G": "government",
    "O": "government_office",
    "T": "township",
    "A": "authorised_organisation",
}

KNOWN = """
铜官区住房和城乡建设局              D county  铜官区
铜陵市铜官区住房和城乡建设局        D county  铜陵市 铜官区
株洲市住房和城乡建设局              D city    株洲市
湖南省株洲市天元区教育局            D county  湖南省 株洲市 天元区
区住建局                            D county  区
市民政局                            D -       市
市民族宗教事务局                    D -       市
南昌县民政局                        D county  南昌县
市教育局                            D -       市
县政府办                            O county  县
区人民政府办公室                    O county  区
长春市退役军人事务局                D city    长春市
五常市工业信息科技局                D county  五常市
株洲市住房和城乡建设局(市人民防空办公室) D city 株洲市
某某县文化旅游体育与广播电影电视局  D county  某某县
铜陵市市场监督管理局                D city    铜陵市
铜官区市场监督管理局                D county  铜官区
铜官区城市管理局                    D county  铜官区
市城市管理综合行政执法局            D -       市
县市场监督管理局                    D county  县
市市政管理局                        D -       市
广东省财政厅                        D province 广东省
广西壮族自治区人力资源和社会保障厅  D province 广西壮族自治区
上海市浦东新区建设和交通委员会      D county  上海市 浦东新区
上海市规划和自然资源局              D province 上海市
北京市人民政府国有资产监督管理委员会 D province 北京市
湘潭市卫健委                        D city    湘潭市
阿坝藏族羌族自治州发展和改革委员会  D city    阿坝藏族羌族自治州
汶川县人民检察院                    - county  汶川县
兴安盟审计局                        D city    兴安盟
锡林郭勒盟行政公署                  G city    锡林郭勒盟
扎赉特旗农牧和科技局                D county  扎赉特旗
广州市越秀区民政局                  D county  广州市 越秀区
兰州市城关区司法局                  D county  兰州市 城关区
沧州市新华区审计局                  D county  沧州市 新华区
喀什地区财政局                      D city    喀什地区
国家税务总局株洲市税务局            D city    株洲市
国家税务总局桃江县税务局            D county  桃江县
中华人民共和国南京海关              D -
国家统计局宿迁调查队                D -
铜陵市气象局                        D city    铜陵市
武汉市邮政管理局                    D city    武汉市
中国人民银行株洲市分行              D city    株洲市
宿迁市消防救援支队                  D city    宿迁市
财政部                              D national
国家发展和改革委员会                D national
国家市场监督管理总局                D national
株洲市生态环境局渌口分局            D city    株洲市
株洲市住房公积金管理中心            A city    株洲市
上海市                              G province 上海市
宿迁市                              G city    宿迁市
广元市利州区                        G county  广元市 利州区
洪泽区人民政府                      G county  洪泽区
新疆维吾尔自治区人民政府            G province 新疆维吾尔自治区
恩施土家族苗族自治州人民政府        G city    恩施土家族苗族自治州
上海市浦东新区人民政府              G county  上海市 浦东新区
神农架林区人民政府                  G county  神农架林区
晋城市城区人民政府                  G county  晋城市 城区
新乡市红旗区民政局                  D county  新乡市 红旗区
荆州市沙市区民政局                  D county  荆州市 沙市区
乌鲁木齐市新市区教育局              D county  乌鲁木齐市 新市区
津市市市场监督管理局                D county  津市市
赣州市赣县区人民政府                G county  赣州市 赣县区
乐山市市中区政府办                  O county  乐山市 市中区
桐城市人民政府                      G county  桐城市
辉县市公安局                        D county  辉县市
秦皇岛市山海关区水务局              D county  秦皇岛市 山海关区
商丘市梁园区住建局                  D county  商丘市 梁园区
科尔沁右翼中旗                      G county  科尔沁右翼中旗
国家税务总局珠海市香洲区税务局      D county  珠海市 香洲区
六枝特区                            G county  六枝特区
昌吉市                              G county  昌吉市
西乡县                              G county  西乡县
景德镇市                            G city    景德镇市
萍乡市                              G city    萍乡市
仙桃市人民政府                      G county  仙桃市
上海市人民政府办公厅                O province 上海市
硚口区人民政府办公室                O county  硚口区
杭州市上城区政府办                  O county  杭州市 上城区
兴国县良村镇人民政府                T township 兴国县
桐梓县夜郎镇                        T township 桐梓县
太平镇人民政府                      T township
原村乡                              T township
木塔乡人民政府                      T township
木场乡政府                          T township
扎赉特旗好力保镇                    T township 扎赉特旗
巴彦塔拉苏木人民政府                T township
绥滨县连生乡人民政府                T township 绥滨县
大通回族土族自治县朔北藏族乡        T township 大通回族土族自治县
道里区经纬街道办事处                T township 道里区
砲里街道                            T township
白云街                              T township
驼峰路街道办                        T township
底张街办                            T township
崔各庄地区办事处                    T township
兴国县良村镇人民政府办公室          T township 兴国县
"""

UNKNOWN = (
    "平潭综合实验区",
    "平潭综合实验区管理委员会",
    "株洲高新技术产业开发区管理委员会",
    "西咸新区",
    "某某区委宣传部",
    "中共株洲市委办公室",
    "株洲市委",
    "株洲市残疾人联合会",
    "株洲市总工会",
    "株洲市图书馆",
    "定西市公共资源交易中心",
    "株洲市第一中学",
    "株洲仲裁委员会",
    "株洲市自来水有限公司",
    "湖南省人民政府驻北京办事处",
    "萍乡",
    "本机关",
)


def expected(line: str) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    name, kind, level, *regions = line.split()
    return name, KINDS.get(kind), None if level == "-" else level, tuple(regions)


@pytest.mark.parametrize("line", KNOWN.strip().split("\n"), ids=lambda line: line.split()[0])
def test_a_name_tells_kind_level_and_places(line: str) -> None:
    name, kind, level, regions = expected(line)
    found = name_to_kind(name)
    assert (found.kind, found.level, found.regions) == (kind, level, regions)


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_doubt_is_null(name: str) -> None:
    assert name_to_kind(name).kind is None


@pytest.mark.parametrize(
    ("name", "is_led"),
    [
        ("国家税务总局株洲市税务局", True),
        ("宿迁市气象局", True),
        ("国家统计局宿迁调查队", True),
        ("南京海关", True),
        ("武汉市邮政管理局", True),
        ("株洲市统计局", False),
        ("株洲市财政局", False),
        ("株洲市图书馆", None),
    ],
)
def test_a_body_led_from_above_is_told(name: str, *, is_led: bool | None) -> None:
    assert name_to_kind(name).vertically_led is is_led


@pytest.mark.parametrize(
    ("name", "is_subdistrict"),
    [
        ("道里区经纬街道办事处", True),
        ("白云街", True),
        ("底张街办", True),
        ("太平镇人民政府", False),
        ("株洲市民政局", False),
    ],
)
def test_a_subdistrict_is_told_from_a_township(name: str, *, is_subdistrict: bool) -> None:
    assert name_to_kind(name).is_subdistrict is is_subdistrict
