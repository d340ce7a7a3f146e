"""XLSX and XLSM, read from the XML itself.

openpyxl takes nine times as long and gives up over many a small irregularity; calamine knows no styles, merges or
hidden rows and mistakes some numbers for dates. This reader streams rows and knows the look of every cell.
"""
