"""The deadlines of the law in words, for staff: what each is called, and the paragraph with its length."""

from typing import Final

from shared.web.texts import mark

CLOCKS: Final = {
    "skyddsbedomning": mark("Skyddsbedömning"),
    "forhandsbedomning": mark("Förhandsbedömning"),
    "aterkoppling": mark("Återkoppling"),
    "aterkoppling_genast": mark("Återkoppling"),
    "utredning": mark("Utredning"),
}
LAW: Final = {
    "skyddsbedomning": mark("20 kap. 1 § SoL, genast"),
    "forhandsbedomning": mark("20 kap. 2 § SoL, 14 dagar från att anmälan kom in"),
    "aterkoppling": mark("19 kap. 6 § SoL, en vecka från beslutet"),
    "aterkoppling_genast": mark(
        "19 kap. 6 § SoL, genast när en utredning redan pågår eller anmälaren frågar efter beslutet"
    ),
    "utredning": mark("20 kap. 3 § SoL, fyra månader från att utredningen inleddes"),
}
