"""rapidocr as two functions: where lines of text stand, and what stands in a picture of one line.

Its models lie in its wheel and are named by their path: given one, rapidocr looks nowhere else, so nothing is fetched.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import cv2
import numpy as np
from rapidocr.ch_ppocr_det import TextDetector
from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer
from rapidocr.main import DEFAULT_CFG_PATH
from rapidocr.utils.parse_parameters import ParseParams

Pixels: TypeAlias = np.ndarray
"""A grey picture: rows of bytes, 0 is black."""

THREADS = 1
"""One core a document, as for every other format; more would also fail where a child may start no threads."""

READING_SIDE = 1280
"""Pixels of a page's longer side when lines are looked for: an A4 page at 110 dpi, where 11 points are 17 pixels."""

NARROW = (3, 48, 96)
"""Channels, height and least width of what the recogniser is given; its usual 320 would be padding for a cell."""

BATCH = 1
"""One picture at a time is the fastest on a processor, and then no reading depends on what else is on the page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read in one picture, and the least of the probabilities of its characters (0 to 1)."""

    text: str
    sure: float


class Engine:
    """Both models, loaded once. Make it in the process that uses it: its sessions do not survive a fork."""

    def __init__(self) -> None:
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)  # its log names files of this machine
        models = files("rapidocr") / "models"
        settings = ParseParams.update_batch(
            ParseParams.load(DEFAULT_CFG_PATH),
            {
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": THREADS,
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Det.limit_type": "max",
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "Rec.rec_img_shape": NARROW,
                "Rec.rec_batch_num": BATCH,
                "Rec.font_path": str(models),  # unused, but without one it fetches a font
            },
        )
        for part in (settings.Det, settings.Rec):
            part.engine_cfg = settings.EngineConfig["onnxruntime"]
        self._detector = TextDetector(settings.Det)
        self._recogniser = TextRecognizer(settings.Rec)

    def detect(self, page: Pixels, side: int = READING_SIDE) -> list[tuple[int, int, int, int]]:
        """Boxes (left, top, right, bottom; pixels) of lines or pieces of lines, seen at so many pixels a side."""
        self._detector.limit_side_len = side
        found = self._detector(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)).boxes
        corners = () if found is None else found
        return [(*map(int, np.floor(c.min(axis=0))), *map(int, np.ceil(c.max(axis=0)))) for c in corners]  # type: ignore[misc] # two and two

    def recognise(self, crops: list[Pixels]) -> list[Seen]:
        """What stands in each picture of one line, in the same order."""
        if not crops:
            return []
        coloured = [cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for crop in crops]
        found = self._recogniser(TextRecInput(img=coloured, return_word_box=True))
        return [
            Seen(text=str(text).strip(), sure=float(min(word.confs, default=0.0)) if word else 0.0)
            for text, word in zip(found.txts, found.word_results, strict=True)
        ]


@cache
def engine() -> Engine:
    """The engine of this process, made when the first picture is met."""
    return Engine()
