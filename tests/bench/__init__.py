"""How fast the program is, as ratios against bare tools in the same run; ``make bench`` starts them, no test does."""
