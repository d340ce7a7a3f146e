from catalog.matching import Record, barcode_key, exact_keys, part_key


def test_barcodes_of_any_length_are_one_key():
    assert barcode_key("4006381333931") == barcode_key("04006381333931") == "04006381333931"
    assert barcode_key("036000291452") == "00036000291452"


def test_a_wrong_check_digit_is_no_key():
    assert barcode_key("4006381333932") is None
    assert barcode_key("drill") is None
    assert barcode_key(None) is None


def test_what_shops_number_themselves_is_no_key():
    assert barcode_key("2000000000008") is None
    assert barcode_key("0000000000000") is None


def test_a_part_number_counts_with_its_brand_only():
    assert exact_keys(Record("1", "Drill", mpn="DHP453")) == ()
    assert exact_keys(Record("1", "Drill", brand="Makita", mpn="DHP 453")) == ("mpn:makita:dhp453",)


def test_letters_that_look_alike_make_one_key():
    assert part_key("HP", "СЕ285А") == part_key("hp", "CE285A")
