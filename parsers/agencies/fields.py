"""What departments work on: the fields that a department's name names, and the words that belong to other fields."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from parsers.model.value import Value

ANY = "*"
"""Near to every field."""


class Field(Value):
    """A field of departments (departments.toml says what its columns mean)."""

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    common: tuple[str, ...]
    near: tuple[str, ...]


@lru_cache(maxsize=1)
def fields() -> tuple[Field, ...]:
    """Read once, when first asked for."""
    data = tomllib.loads((files("parsers.agencies") / "departments.toml").read_text(encoding="utf-8"))
    return tuple(
        Field(id=row["id"], **{column: tuple(row[column]) for column in ("names", "words", "common", "near")})
        for row in data["fields"]
    )


def names_to_fields(names: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields that these names of one department name; none for a department that is not known here."""
    return tuple(field for field in fields() if any(piece in name for piece in field.names for name in names))


def _foreign(own: tuple[Field, ...], words: tuple[str, ...]) -> str:
    """Those of these words that share no piece with an own one (住房公积金 holds 住房), as a choice; longest first."""
    pieces = [piece for field in own for piece in (*field.words, *field.common, *field.names)]
    kept = [word for word in words if not any(piece in word or word in piece for piece in pieces)]
    return "|".join(sorted(kept, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=64)
def foreign_work(own: tuple[Field, ...]) -> re.Pattern[str] | None:
    """Finds where an office speaks of its work in the words of another; null for a department without a known field.

    Only what is said of one's own work counts: what the public thinks of it (公众对人社工作的知晓度), what it is like
    (结合人社工作实际), whose decisions are made public, how its people are seen, and who it is that sets to work at the
    beginning of a sentence. Working together with others, or for them, is everybody's right.
    """
    close = {field.id for field in own} | {near for field in own for near in field.near}
    if not own or ANY in close:
        return None
    others = tuple(field for field in fields() if field.id not in close)
    words = _foreign(own, tuple(word for field in others for word in field.words))
    every = _foreign(own, tuple(word for field in others for word in (*field.words, *field.common)))
    area = "(?:全?[省市区县州])?"
    return re.compile(
        rf"(?:公众|群众|社会|社会各界|市民|居民|百姓)对{area}(?:{every})(?:部门|系统|领域|事业)?(?:各项|有关|相关)?工作的"
        r"(?:知晓|知悉|满意|了解|认知|认识|关注|理解|支持|信任|认可|参与)[度率]?"
        rf"|(?:结合|围绕)(?:我?{area}|[我本][局委办])(?:{words})(?:部门|系统)?(?:重点|中心|业务)?工作(?:实际|职能|特点|需要)"
        rf"|推进{area}(?:{words})(?:工作|领域)?(?:重大)?(?:行政)?决策[、,，]?执行"
        rf"|(?:树立|展示|塑造)我?{area}(?:{words})(?:部门|系统|队伍)?的?(?:良好|新)?形象"
        rf"|(?:^|(?<=[。;；]))(?:20\d\d年度?[,，]?)?[省市区县州]?(?:{every})[局委厅]"
        r"(?:高度重视|认真(?:贯彻|落实|做好)|严格(?:按照|落实|执行)|深入贯彻|始终坚持|坚持以)(?=[^,，。;；]{0,20}(?:信息公开|政务公开|习近平))"
    )
