"""How usual the letters beyond ASCII are in the languages that an encoding was made for."""

from __future__ import annotations

from collections.abc import Mapping


def weights(*groups: tuple[str, float]) -> dict[str, float]:
    return {letter: weight for letters, weight in groups for letter in letters}


_CYRILLIC = weights(("оеаинтсрвл", 1.0), ("кмдпуяыьгзбчйії", 0.6), ("хжшюцщэфєўё", 0.2))
WESTERN = weights(("äöüßéèàáíóúñçãêâåæø", 1.0), ("ôîûëïìòùõœ", 0.5))
CENTRAL = weights(("áéíóúýäöüßłąężźśćń", 1.0), ("čřěůšžęőűşţ", 0.9), ("ďťňľĺôâîăç", 0.5), ("ŕ", 0.1))
TURKISH = weights(("ğışöüç", 1.0), ("âî", 0.5), ("äßéèàñáíó", 0.9))
GREEK = weights(("αοιετσνηυρπκμλςωάίόέή", 1.0), ("γδβθχφξζψύώ", 0.6))
ARABIC = weights(("اليومنترةبدسعفحكهقجأ", 1.0), ("خشصضطظغزثءإآىئؤذ", 0.6))
HEBREW = weights(("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", 1.0))
THAI = weights(
    ("กขคฆงจฉชซญฐณดตถทธนบปผฝพฟภมยรลวศษสหอฮ", 1.0),
    ("ะาำเแโใไ\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4c", 1.0),
)
BALTIC = weights(("āēīūčšžģķļņąęėįųõäöü", 1.0))
CANDIDATES: Mapping[str, Mapping[str, float]] = {
    "cp1252": WESTERN,
    "cp1251": _CYRILLIC,
    "cp866": _CYRILLIC,
    "koi8-u": _CYRILLIC,
    "cp1250": CENTRAL,
    "cp1254": TURKISH,
    "cp1253": GREEK,
    "cp1256": ARABIC,
    "cp1255": HEBREW,
    "cp1257": BALTIC,
    "cp874": THAI,
    "latin-1": WESTERN,
}
