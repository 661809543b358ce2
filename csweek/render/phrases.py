"""The few fixed words of csweek itself that recipients and owners read; all others stand in the themes."""

from collections.abc import Mapping
from types import MappingProxyType

from csweek.bundled import translations
from csweek.model.basics import Channel, Practice, Words


def words(en: str, sv: str, ko: str, bs: str) -> Words:
    """Return a text in the languages that csweek itself speaks, and in those of templates/words."""
    further = {locale: texts[en] for locale, texts in translations().items() if en in texts}
    return Words(MappingProxyType({"en": en, "sv": sv, "ko": ko, "bs": bs, **further}))


FOR = words("For: {}", "För: {}", "대상: {}", "Za: {}")
HELD_BY = words("Led by: {}", "Ansvarig: {}", "담당: {}", "Vodi: {}")
SPOTLIGHT = words("In the spotlight: {}", "I fokus: {}", "함께 생각할 주제: {}", "U fokusu: {}")
MINUTES = words("{} min", "{} min", "{}분", "{} min")
PREPARE = words("Prepare: {}", "Förbered: {}", "준비: {}", "Priprema: {}")
NEEDED_ON = words("Needed on {}", "Ska vara klart den {}", "예정일: {}", "Treba za: {}")

ON_CARD = words("On the card: {}", "På kortet: {}", "카드 문구: {}", "Na kartici: {}")
TO_SAY = words("To say: {}", "Att säga: {}", "전할 말: {}", "Šta reći: {}")
ORGANISERS = words("Organisers", "Arrangörer", "운영 담당자", "Organizatori")
ORDER = words("Order: {}", "Beställ: {}", "주문: {}", "Naručiti: {}")
INVITE = words("Invite: {}", "Bjud in: {}", "초대: {}", "Pozvati: {}")
CARDS = words("Cards", "Kort", "카드", "Kartice")
PRINT_WEEK = words(
    "Print the cards for week {}",
    "Skriv ut korten för vecka {}",
    "{}주 차 카드 인쇄하기",
    "Odštampati kartice za {}. sedmicu",
)
MARK_WEEK = words(
    "Mark what was held in week {}",
    "Bocka av det som blev av i vecka {}",
    "{}주 차에 한 일 표시하기",
    "Označiti šta je održano u {}. sedmici",
)
TYPE_THIS = words("Type: {}", "Skriv: {}", "입력할 명령: {}", "Ukucati: {}")

PRACTICES: Mapping[Practice, Words] = MappingProxyType(
    {
        Practice.HEROES: words("Heroes", "Hjältar", "영웅", "Heroji"),
        Practice.WOW: words("Wow", "Wow", "칭찬 전하기", "Wow"),
        Practice.OUTSIDE_IN: words("Outside-in", "Utifrån och in", "고객의 눈으로", "Očima korisnika"),
        Practice.SKIP_LEVEL: words("Skip-level", "Möt ledningen", "리더와의 만남", "Susret s rukovodstvom"),
        Practice.CAREER: words("Career", "Karriär", "커리어", "Karijera"),
        Practice.CELEBRATION: words("Celebration", "Firande", "축하 행사", "Proslava"),
    }
)

NEUTRAL: Mapping[Channel, Words] = MappingProxyType(
    {
        Channel.CARD: words("Thank-you card", "Tackkort", "감사 카드", "Zahvalnica"),
        Channel.NOTE: words("Thank-you note", "Tackhälsning", "감사 쪽지", "Poruka zahvale"),
        Channel.CALL: words("Thank-you call", "Tacksamtal", "감사 전화", "Telefonska zahvala"),
        Channel.VISIT: words("Short visit", "Kort besök", "짧은 방문", "Kratka posjeta"),
        Channel.MEETING: words("Meeting", "Möte", "모임", "Sastanak"),
        Channel.ANNOUNCEMENT: words("Announcement", "Meddelande", "안내", "Obavijest"),
        Channel.GIFT: words("Something to give", "Något att ge", "전할 선물", "Poklon"),
        Channel.TASK: words("Task", "Uppgift", "할 일", "Zadatak"),
    }
)
"""What a surprise is called where others may look over the owner's shoulder: it names nobody."""

NOT_100_MM = words(
    "Not 100 mm? Print at actual size.",
    "Inte 100 mm? Skriv ut i verklig storlek.",
    "100mm가 아닌가요? 실제 크기로 인쇄하세요.",
    "Nije 100 mm? Štampati u stvarnoj veličini.",
)

PROOF = words("Proof", "Provtryck", "교정용", "Probni otisak")

CALIBRATE_FRONT = words("Front", "Framsida", "앞면", "Prednja strana")
CALIBRATE_BACK = words("Back", "Baksida", "뒷면", "Zadnja strana")
CALIBRATE = (
    words(
        "Print this at actual size, on both sides of one sheet, as you print the cards.",
        "Skriv ut den här sidan i verklig storlek, på båda sidor av ett ark, så som korten skrivs ut.",
        "카드를 인쇄할 때와 같이 실제 크기로 한 장의 양면에 인쇄하세요.",
        "Štampati ovo u stvarnoj veličini, s obje strane jednog lista, kao i kartice.",
    ),
    words(
        "Measure from the left edge of the paper to the upright line: it should be 20 mm.",
        "Mät från papperets vänsterkant till det lodräta strecket: det ska vara 20 mm.",
        "종이 왼쪽 끝에서 세로선까지 재세요. 20mm여야 해요.",
        "Izmjeriti od lijeve ivice papira do uspravne crte: treba biti 20 mm.",
    ),
    words(
        "Measure from the upper edge to the level line: it should be 20 mm too.",
        "Mät från överkanten till det vågräta strecket: det ska också vara 20 mm.",
        "위쪽 끝에서 가로선까지 재세요. 역시 20mm여야 해요.",
        "Izmjeriti od gornje ivice do vodoravne crte: također treba biti 20 mm.",
    ),
    words(
        "Take each from 20 and give it to {option}: with 19.2 and 20.5 mm it is {option} 0.8mm,-0.5mm.",
        "Dra av måtten från 20 och skriv: vid 19,2 och 20,5 mm blir det {option} 0.8mm,-0.5mm.",
        "20에서 잰 값을 빼서 적으세요. 19.2mm와 20.5mm라면 {option} 0.8mm,-0.5mm예요.",
        "Oduzeti mjere od 20 i upisati: za 19,2 i 20,5 mm to je {option} 0.8mm,-0.5mm.",
    ),
    words(
        "Each line with ends is 100 mm long. If it is not, the printer scales: choose actual size.",
        "Varje streck med ändar ska vara 100 mm. Annars ändrar skrivaren storleken: välj verklig storlek.",
        "양 끝이 막힌 선은 100mm예요. 다르면 프린터가 크기를 바꾼 것이니 실제 크기를 고르세요.",
        "Svaka crta s krajevima duga je 100 mm. Ako nije, štampač mijenja veličinu: izabrati stvarnu.",
    ),
)
"""What the calibration page says."""

TOLD = words(
    "We were told this about you:",
    "Det här fick vi höra om dig:",
    "이런 이야기를 들었어요.",
    "Ovo smo čuli:",
)
CUSTOMER_TOLD = words(
    "A customer told us this:",
    "Det här berättade en kund:",
    "고객이 들려준 이야기예요.",
    "Čuli smo od korisnika:",
)
TOLD_THIS_MONTH = words(
    "This is what we were told this month.",
    "Det här fick vi höra den här månaden.",
    "이번 달에 들은 이야기예요.",
    "Ovo smo čuli ovog mjeseca.",
)
SEEN = words("This is what we saw:", "Det här såg vi:", "우리가 본 일이에요.", "Ovo smo vidjeli:")

OCCASIONS: Mapping[str, Words] = MappingProxyType(
    {
        "": words(
            "A few words by hand.",
            "Några rader skrivna för hand.",
            "손으로 적은 몇 마디예요.",
            "Nekoliko riječi pisanih rukom.",
        ),
        "birthday": words("For your birthday.", "Till din födelsedag.", "생일을 축하드려요.", "Za rođendan."),
        "first-day": words(
            "For your first day with us.",
            "Till din första dag hos oss.",
            "첫 출근을 환영해요.",
            "Za prvi dan s nama.",
        ),
        "last-day": words(
            "For your last day with us.",
            "Till din sista dag hos oss.",
            "마지막 근무일에 드려요.",
            "Za posljednji dan s nama.",
        ),
        "back-from-leave": words(
            "For your first day back.",
            "Till din första dag tillbaka.",
            "다시 함께하는 첫날에 드려요.",
            "Za prvi dan po povratku.",
        ),
        "csw": words(
            "Customer Service Week {year}.",
            "Kundserviceveckan {year}.",
            "{year}년 고객 서비스 주간이에요.",
            "Sedmica korisničke podrške {year}.",
        ),
        "day-after": words(
            "The day after Customer Service Week {year}.",
            "Dagen efter Kundserviceveckan {year}.",
            "{year}년 고객 서비스 주간이 끝난 다음 날이에요.",
            "Dan nakon Sedmice korisničke podrške {year}.",
        ),
        "skip-level": words(
            "An invitation to sit down together.",
            "En inbjudan till ett samtal.",
            "함께 이야기 나누는 자리에 초대해요.",
            "Poziv na zajednički razgovor.",
        ),
        "anniversary-one": words(
            "One year with us.", "Ett år hos oss.", "함께한 지 {count}년이에요.", "{count} godina s nama."
        ),
        "anniversary-few": words(
            "{count} years with us.",
            "{count} år hos oss.",
            "함께한 지 {count}년이에요.",
            "{count} godine s nama.",
        ),
        "anniversary-other": words(
            "{count} years with us.",
            "{count} år hos oss.",
            "함께한 지 {count}년이에요.",
            "{count} godina s nama.",
        ),
    }
)
"""The one true line of a card without a story; ``anniversary`` by the plural form of its number."""
