from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.pricegrid.formats.encodings import look_at_bytes

LISTS = {
    "cp932": ("商品コード,商品名,価格\nA-1,六角ボルト 20mm,1200円\n", "品番;品名;単価\nB1;電動工具用充電池;４５００\n"),
    "euc_jp": ("商品コード,商品名,価格\nA-1,六角ボルト 20mm,1200円\n", "品名,価格\n木箱,100\n"),
    "cp949": ("상품코드,상품명,가격\nA-1,육각 볼트 20mm,1200원\n", "품번,품명,단가\n1,스테인리스 나사,300\n"),
    "big5": ("編號,名稱,價格\nA-1,六角螺絲 20公釐,12.50\n", "貨號;品名;單價\nB1;電動起子;450\n"),
    "gb18030": ("编号,名称,价格\nA-1,六角螺栓 20毫米,12.50\n", "货号;品名;单价\nB1;电动螺丝刀;450\n"),
}


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in LISTS.items() for text in texts])
def test_lists_of_east_asia_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    assert path.read_bytes().decode(look_at_bytes(path).encoding) == text
