"""Six fixed hues for the six dimensions of Article 13: the same in chart, form and print.

Chosen by search in OKLab so that every pair stays apart for full colour vision and for the three kinds of colour
blindness (simulation matrices of Machado, Oliveira and Fernandes, 2009), every hue has its own step of lightness
(so that a grey print still tells them apart), neighbours on the radar are far apart in lightness, and each can be
read as text on paper white (contrast of 4.5 and more, WCAG 2.2). On a dark window the same hues are lifted.
"""

from typing import Final

ON_PAPER: Final = ("#134678", "#945c2d", "#214101", "#982339", "#04847c", "#893c97")
ON_DARK: Final = ("#8092dc", "#f7b266", "#c1e9a0", "#f08760", "#89ddd3", "#c2a7dd")
