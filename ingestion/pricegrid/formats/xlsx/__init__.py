"""XLSX and XLSM, read from the XML itself.

openpyxl takes six to ten times as long and gives up over many a small irregularity; calamine holds the whole sheet,
knows no styles, merges or hidden rows and mistakes some numbers for dates. This reader streams rows in half of
calamine's memory, at about its speed, and knows the look of every cell.
"""
