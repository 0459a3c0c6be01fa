"""Pictures of pages to blocks: stand it upright, find its rules, read its cells twice and its prose once.

These modules import numpy, OpenCV and rapidocr (the extra `gouji[ocr]`), so only a page without text may import them.
"""
