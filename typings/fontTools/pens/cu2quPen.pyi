from fontTools.pens.ttGlyphPen import TTGlyphPen

class Cu2QuPen:
    def __init__(self, other_pen: TTGlyphPen, max_err: float, reverse_direction: bool = ...) -> None: ...
