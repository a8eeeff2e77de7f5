"""The closed lists of the program in words, once: the command line, paper and the window all say them the same way.

Codes are for files and scripts; people read these.
"""
