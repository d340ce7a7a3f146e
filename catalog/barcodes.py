"""What a barcode is in the catalog."""


def is_barcode(text: str) -> bool:
    """Fourteen digits, the last of which follows from the others as GS1 says."""
    if len(text) != 14 or not (text.isascii() and text.isdigit()):
        return False
    return sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(text)) % 10 == 0
