"""The deadlines of the law in words, for staff: what each is called, and the paragraph with its length."""

from typing import Final

from shared.web.texts import mark

CLOCKS: Final = {
    "skyddsbedomning": mark("Skyddsbedömning"),
    "forhandsbedomning": mark("Förhandsbedömning"),
    "aterkoppling": mark("Återkoppling"),
    "aterkoppling_genast": mark("Återkoppling"),
    "utredning": mark("Utredning"),
    "uppfoljning": mark("Uppföljning"),
    "synpunkt": mark("Svar på synpunkt"),
    "bistand_genast": mark("Läsa ansökan i dag"),
    "bistand_genomgang": mark("Läsa ansökan"),
    "bistand_beslut": mark("Beslut"),
    "komplettering": mark("Komplettering"),
    "bistand_sex_manader": mark("Långsam handläggning"),
    "overklagande": mark("Lämna till domstolen"),
}
LAW: Final = {
    "skyddsbedomning": mark("20 kap. 1 § SoL, genast"),
    "forhandsbedomning": mark("20 kap. 2 § SoL, 14 dagar från att anmälan kom in"),
    "aterkoppling": mark("19 kap. 6 § SoL, en vecka från beslutet"),
    "aterkoppling_genast": mark(
        "19 kap. 6 § SoL, genast när en utredning redan pågår eller anmälaren frågar efter beslutet"
    ),
    "bistand_genast": mark("14 kap. 2 § SoL, samma arbetsdag när något inte kan vänta"),
    "bistand_genomgang": mark("14 kap. 2 § SoL, senast nästa arbetsdag"),
    "bistand_beslut": mark("9 § FL, 14 dagar från att ansökan kom in (kommunens mål)"),
    "bistand_sex_manader": mark("12 § FL, efter sex månader kan den sökande begära beslut"),
    "komplettering": mark("20 § FL, den dag som handläggaren har valt"),
    "overklagande": mark("46 § FL, skyndsamt, högst en vecka (JO:s praxis)"),
    "synpunkt": mark("14 kap. 6 § SoL, svar inom en månad (artikel 12.3 i dataskyddsförordningen)"),
    "utredning": mark("20 kap. 3 § SoL, fyra månader från att utredningen inleddes"),
    "uppfoljning": mark("23 kap. 1–5 §§ SoL, avslutad inom två månader från att utredningen avslutades"),
}
EXTENDED: Final = mark("20 kap. 3 § SoL, förlängd för en viss tid")
"""The paragraph of an investigation that has been given more time."""
