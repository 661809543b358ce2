"""csweek's own words in the weekly note; all others come from the theme and from people."""

from csweek.render.phrases import words

TITLE = words(
    "This week in service", "Veckan i kundservice", "이번 주 고객 서비스 소식", "Sedmica u korisničkoj službi"
)
WEEK = words("Week {number}", "Vecka {number}", "{number}주차", "{number}. sedmica")
SPOTLIGHT = words("In the spotlight", "I fokus", "함께 생각할 주제", "U fokusu")

GREETINGS = (
    words(
        "A few lines about the week, for a quiet minute.",
        "Några rader om veckan, att läsa i en lugn stund.",
        "잠깐 쉬는 틈에 읽을 이번 주 소식이에요.",
        "Nekoliko redova o ovoj sedmici, za mirniji trenutak.",
    ),
    words(
        "Here is what this week holds for everyone who looks after our customers.",
        "Det här händer i veckan för alla som tar hand om våra kunder.",
        "고객을 응대하는 모두를 위한 이번 주 소식이에요.",
        "Evo šta ova sedmica donosi svima koji brinu o našim kupcima.",
    ),
    words(
        "A new week. This is worth knowing before it gets busy.",
        "En ny vecka. Det här är bra att veta innan det blir fullt upp.",
        "새로운 한 주예요. 바빠지기 전에 알아 두면 좋은 소식이에요.",
        "Nova sedmica. Ovo je dobro znati prije gužve.",
    ),
    words(
        "The week in brief, for every shift.",
        "Veckan i korthet, för alla skift.",
        "모든 근무조에 전하는 이번 주 소식이에요.",
        "Sedmica ukratko, za sve smjene.",
    ),
)
"""They take turns, so that the note does not begin in the same way every week."""
GREETING_CSW = words(
    "Customer Service Week is here: five days for everyone who looks after customers.",
    "Nu är Kundserviceveckan här: fem dagar för alla som tar hand om kunder.",
    "고객 서비스 주간이에요. 고객을 응대하는 모두를 위한 닷새예요.",
    "Stigla je Sedmica usluge kupcima: pet dana za sve koji brinu o kupcima.",
)
GREETING_AFTER = words(
    "The five days are over. Now we find out what they were worth.",
    "De fem dagarna är över. Nu visar det sig vad de var värda.",
    "닷새가 끝났어요. 무엇이 남았는지는 이제부터 드러나요.",
    "Pet dana je iza nas. Sada se vidi koliko su vrijedili.",
)

THIS_WEEK = words("This week", "Den här veckan", "이번 주", "Ove sedmice")
FIVE_DAYS = words("The five days", "De fem dagarna", "닷새 일정", "Pet dana")
STORIES = words("Seen and heard", "Sett och hört", "보고 들은 이야기", "Viđeno i čuto")
ANSWERS = words("Raised and answered", "Hinder och svar", "걸림돌과 답변", "Prepreke i odgovori")
ANSWER = words("Answer: {text}", "Svar: {text}", "답변: {text}", "Odgovor: {text}")
PEOPLE = words("People this week", "Bland kollegorna", "동료 소식", "Ljudi i datumi")

BIRTHDAY = words("Birthday", "Födelsedag", "생일", "Rođendan")
ONE_YEAR = words("One year with us", "Ett år hos oss", "함께한 지 1년", "Prva godišnjica rada")
YEARS = words(
    "{years} years with us", "{years} år hos oss", "함께한 지 {years}년", "{years}. godišnjica rada"
)
WELCOME = words("First day with us", "Första dagen hos oss", "첫 출근을 환영해요", "Prvi dan s nama")
FAREWELL = words(
    "Last day, with thanks",
    "Sista dagen, och tack för tiden hos oss",
    "마지막 근무일, 그동안 고마웠어요",
    "Posljednji dan, uz veliko hvala",
)

CSW_AHEAD = words(
    "Customer Service Week begins {when}, on {day}.",
    "Kundserviceveckan börjar {when}, den {day}.",
    "고객 서비스 주간은 {when}, {day}에 시작해요.",
    "Sedmica usluge kupcima počinje {when} ({day}).",
)
CSW_NEXT = words(
    "Customer Service Week begins next Monday, {day}.",
    "Kundserviceveckan börjar nästa måndag, den {day}.",
    "고객 서비스 주간이 다음 주 월요일, {day}에 시작해요.",
    "Sedmica usluge kupcima počinje sljedećeg ponedjeljka ({day}).",
)
CSW_NOW = words(
    "These five days are only as good as the other 51 weeks.",
    "De här fem dagarna är inte bättre än årets andra 51 veckor.",
    "이 닷새의 가치는 나머지 51주에 달려 있어요.",
    "Ovih pet dana vrijedi samo onoliko koliko i ostatak godine.",
)

CONSENT = words(
    "Only people who may be thanked in public are named here.",
    "Här nämns bara personer som får tackas öppet.",
    "공개적으로 감사를 전해도 되는 분만 이름을 실었어요.",
    "Ovdje su samo imena osoba kojima se smije javno zahvaliti.",
)
