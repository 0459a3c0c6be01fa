"""What could not be read, counted by its code, with the place where it was met first."""

from __future__ import annotations

from parsers.model.document import Place, Problem

_SENTENCES: tuple[tuple[str, str], ...] = (
    ("HIDDEN_TEXT", "文档中有 {} 处隐藏文字，没有读取"),
    ("STRUCK_TEXT", "文档中有 {} 处文字已被划去，没有读取"),
    ("PICTURE", "文档中有 {} 幅图片或图表，其中的文字没有读取"),
    ("EMBEDDED_OBJECT", "文档中有 {} 个嵌入对象（如 Excel 表格），其中的内容没有读取"),
    ("EXTERNAL_CONTENT", "文档引用了 {} 处外部内容，没有读取"),
    ("EXTERNAL_TEMPLATE", "文档引用了别处的模板，没有打开"),
    ("LIST_NUMBER", "有 {} 处数字前带有自动编号，编号没有读入"),
    ("FIELD_BROKEN", "文档中的域代码不完整，域代码可能混入正文"),
    ("LIMIT_NESTING", "有 {} 处表格或文本框嵌套过深，没有读取"),
    ("LIMIT_COLUMNS", "有 {} 行表格的列数超过上限，其后的单元格没有读取"),
    ("LIMIT_PIECES", "文档的段落和单元格超过上限，其后没有读取"),
)
"""Code and sentence, in the order in which they are told."""


class Notes:
    """Collects codes while the document is walked."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._firsts: dict[str, str | None] = {}

    def add(self, code: str, path: str | None) -> None:
        """One more of this code, met at `path`."""
        self._counts[code] = self._counts.get(code, 0) + 1
        self._firsts.setdefault(code, path)

    def count(self, code: str) -> int:
        """How many of this code."""
        return self._counts.get(code, 0)

    def problems(self) -> tuple[Problem, ...]:
        """One problem a code."""
        return tuple(
            Problem(code=code, message=sentence.format(self._counts[code]), place=self._place(code))
            for code, sentence in _SENTENCES
            if code in self._counts
        )

    def _place(self, code: str) -> Place | None:
        path = self._firsts[code]
        return None if path is None else Place(path=path)
