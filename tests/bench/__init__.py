"""How fast the program is, as ratios against bare tools in the same run. Started by ``make bench``, never by the tests."""
