"""Names of WordprocessingML (ECMA-376 part 1, 17) as lxml spells them, and the groups in which the walk treats them."""

from __future__ import annotations

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same elements in files saved as "strict"; ISO/IEC 29500-1."""

_W = f"{{{TRANSITIONAL}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"

BODY, P, TBL, TR, TC = (f"{_W}{name}" for name in ("body", "p", "tbl", "tr", "tc"))
P_PR, R_PR, TR_PR, TC_PR = (f"{_W}{name}" for name in ("pPr", "rPr", "trPr", "tcPr"))
R, T, TAB, PTAB, BR, CR = (f"{_W}{name}" for name in ("r", "t", "tab", "ptab", "br", "cr"))
SYM, NO_BREAK_HYPHEN = (f"{_W}{name}" for name in ("sym", "noBreakHyphen"))
FLD_CHAR, FLD_CHAR_TYPE = f"{_W}fldChar", f"{_W}fldCharType"
VAL, CHAR, FONT, ILVL_ATTRIBUTE, ID = (f"{_W}{name}" for name in ("val", "char", "font", "ilvl", "id"))

DEL, MOVE_FROM, INS = f"{_W}del", f"{_W}moveFrom", f"{_W}ins"
CELL_DEL = f"{_W}cellDel"
VANISH, HIDDEN = f"{_W}vanish", f"{_W}hidden"
VERT_ALIGN, POSITION, STRIKE, DSTRIKE, COLOR, SHD, HIGHLIGHT, FILL = (
    f"{_W}{name}" for name in ("vertAlign", "position", "strike", "dstrike", "color", "shd", "highlight", "fill")
)
TBL_PR, TBL_STYLE, TBL_STYLE_PR = (f"{_W}{name}" for name in ("tblPr", "tblStyle", "tblStylePr"))
P_STYLE, R_STYLE, BASED_ON, STYLE, STYLE_ID = (
    f"{_W}{name}" for name in ("pStyle", "rStyle", "basedOn", "style", "styleId")
)
TYPE, DEFAULT, DOC_DEFAULTS, R_PR_DEFAULT = (f"{_W}{name}" for name in ("type", "default", "docDefaults", "rPrDefault"))

GRID_SPAN, GRID_BEFORE, V_MERGE, H_MERGE = (f"{_W}{name}" for name in ("gridSpan", "gridBefore", "vMerge", "hMerge"))

NUM_PR, NUM_ID, ILVL, NUM, ABSTRACT_NUM, ABSTRACT_NUM_ID = (
    f"{_W}{name}" for name in ("numPr", "numId", "ilvl", "num", "abstractNum", "abstractNumId")
)
LVL, LVL_OVERRIDE, START_OVERRIDE, START, NUM_FMT, LVL_TEXT, LVL_RESTART, IS_LGL, NUM_STYLE_LINK = (
    f"{_W}{name}"
    for name in (
        "lvl",
        "lvlOverride",
        "startOverride",
        "start",
        "numFmt",
        "lvlText",
        "lvlRestart",
        "isLgl",
        "numStyleLink",
    )
)

ALT_CHUNK, SUB_DOC, OBJECT, DRAWING, PICT = (
    f"{_W}{name}" for name in ("altChunk", "subDoc", "object", "drawing", "pict")
)
TXBX_CONTENT = f"{_W}txbxContent"
FOOTNOTE, ENDNOTE = f"{_W}footnote", f"{_W}endnote"
NOTE_MARKS = (f"{_W}footnoteReference", f"{_W}endnoteReference")
FF_DATA, CONTENT_PART = f"{_W}ffData", f"{_W}contentPart"
ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
TEXT_PATH = f"{_V}textpath"
PICTURES = (
    f"{_A}blip",
    f"{_V}imagedata",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
)
"""Pictures, charts and diagrams: what they say is no text."""

ALTERNATE, CHOICE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
M_R, M_T = f"{_M}r", f"{_M}t"
M_RAISED = frozenset(f"{_M}{name}" for name in ("sup", "deg", "num"))
M_LOWERED = frozenset(f"{_M}{name}" for name in ("sub", "den", "lim"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

UNSEEN = frozenset(
    f"{_W}{name}"
    for name in (
        *("pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr", "rt"),
        *("customXmlPr", "smartTagPr", "proofErr", "permStart", "permEnd", "bookmarkStart", "bookmarkEnd"),
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "softHyphen", "annotationRef"),
        *("footnoteRef", "endnoteRef", "footnoteReference", "endnoteReference", "commentReference", "separator"),
        *("continuationSeparator", "lastRenderedPageBreak", "pgNum"),
    )
)
"""Properties, marks, and what the final document no longer shows. Every element not named here is looked into."""
