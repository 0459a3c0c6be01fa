"""What departments work on: the fields that a department's name names, and the words that belong to other fields."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from parsers.model.value import Value


class Field(Value):
    """A field of departments (departments.toml says what its columns mean)."""

    id: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    near: tuple[str, ...]


@lru_cache(maxsize=1)
def fields() -> tuple[Field, ...]:
    """Read once, when first asked for."""
    data = tomllib.loads((files("parsers.agencies") / "departments.toml").read_text(encoding="utf-8"))
    return tuple(
        Field(id=row["id"], names=tuple(row["names"]), words=tuple(row["words"]), near=tuple(row["near"]))
        for row in data["fields"]
    )


def names_to_fields(names: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields that these names of one department name; none for a department that is not known here."""
    return tuple(field for field in fields() if any(piece in name for piece in field.names for name in names))


@lru_cache(maxsize=64)
def foreign_words(own: tuple[Field, ...]) -> tuple[str, ...]:
    """Words of fields that are neither these nor near to them, the longest first."""
    close = {own_field.id for own_field in own} | {near for own_field in own for near in own_field.near}
    pieces = [piece for own_field in own for piece in (*own_field.words, *own_field.names)]
    words = [word for field in fields() if field.id not in close for word in field.words]
    return tuple(sorted((word for word in words if not _overlaps(word, pieces)), key=lambda word: (-len(word), word)))


def _overlaps(word: str, pieces: list[str]) -> bool:
    """住房公积金 holds 住房: a word that shares a piece with an own one tells nothing."""
    return any(piece in word or word in piece for piece in pieces)


@lru_cache(maxsize=64)
def foreign_work(own: tuple[Field, ...]) -> re.Pattern[str] | None:
    """Finds where an office speaks of its work in the words of another; null for a department without a known field.

    Only what is said of one's own work counts: how well it is known (公众对人社工作的知晓度), what it is like
    (结合人社工作实际), and how its system is seen. Working together with others, or for them, is everybody's right.
    """
    if not own:
        return None
    words = "|".join(map(re.escape, foreign_words(own)))
    return re.compile(
        rf"(?:公众|群众|社会|社会各界|市民|居民|人民群众|百姓)对(?:全?[省市区县州])?(?:{words})"
        rf"(?:部门|系统|领域|事业|政策)?(?:各项|有关|相关)?(?:工作|信息|政策|业务)?的(?:知晓|知悉|满意|了解|认知|认识|关注|理解|支持|信任|认可|参与|期待)[度率]?"
        rf"|(?:紧密|密切|紧紧|充分)?(?:结合|围绕)(?:我?(?:全?[省市区县州]|局|委|办))?(?:{words})(?:部门|系统)?(?:重点|中心|业务)?工作(?:实际|职能|特点|重点|中心|需要)"
        rf"|(?:树立|展示|塑造|维护|提升)(?:我?(?:全?[省市区县州]))?(?:{words})(?:部门|系统|队伍)?(?:的?(?:良好|新))?形象"
    )
