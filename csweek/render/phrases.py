"""The few fixed words of csweek itself that recipients and owners read; all others stand in the themes."""

from collections.abc import Mapping
from types import MappingProxyType

from csweek.model import Channel, Practice, Words


def _words(en: str, sv: str, ko: str, bs: str) -> Words:
    return Words(MappingProxyType({"en": en, "sv": sv, "ko": ko, "bs": bs}))


FOR = _words("For: {}", "Till: {}", "받는 분: {}", "Za: {}")
HELD_BY = _words("Held by: {}", "Håller i det: {}", "진행: {}", "Vodi: {}")
SPOTLIGHT = _words("In the spotlight: {}", "I fokus: {}", "지금 함께 생각할 힘: {}", "U središtu pažnje: {}")
MINUTES = _words("{} min", "{} min", "{}분", "{} min")
PREPARE = _words("Prepare: {}", "Förbered: {}", "준비: {}", "Pripremiti: {}")
NEEDED_ON = _words("Needed on {}", "Ska vara klart {}", "필요한 날: {}", "Potrebno do: {}")
SITE = _words("Site: {}", "Plats: {}", "근무지: {}", "Lokacija: {}")

PRACTICES: Mapping[Practice, Words] = MappingProxyType(
    {
        Practice.HEROES: _words("Heroes", "Hjältar", "영웅", "Heroji"),
        Practice.WOW: _words("Wow", "Wow", "와우", "Wow"),
        Practice.OUTSIDE_IN: _words("Outside-in", "Utifrån och in", "고객의 눈으로", "Očima kupca"),
        Practice.SKIP_LEVEL: _words("Skip-level", "Möt ledningen", "리더와의 만남", "Susret s rukovodstvom"),
        Practice.CAREER: _words("Career", "Karriär", "경력", "Karijera"),
        Practice.CELEBRATION: _words("Celebration", "Firande", "축하", "Proslava"),
    }
)

NEUTRAL: Mapping[Channel, Words] = MappingProxyType(
    {
        Channel.CARD: _words("Thank-you card", "Tackkort", "감사 카드", "Kartica zahvale"),
        Channel.NOTE: _words("Thank-you note", "Tackhälsning", "감사 쪽지", "Poruka zahvale"),
        Channel.CALL: _words("Thank-you call", "Tacksamtal", "감사 전화", "Poziv zahvale"),
        Channel.VISIT: _words("Short visit", "Kort besök", "짧은 방문", "Kratka posjeta"),
        Channel.MEETING: _words("Meeting", "Möte", "모임", "Sastanak"),
        Channel.ANNOUNCEMENT: _words("Announcement", "Meddelande", "알림", "Obavijest"),
        Channel.GIFT: _words(
            "Something to hand over", "Något att lämna över", "전달할 것", "Nešto za uručiti"
        ),
        Channel.TASK: _words("Task", "Uppgift", "할 일", "Zadatak"),
    }
)
"""What a surprise is called where others may look over the owner's shoulder: it names nobody."""
