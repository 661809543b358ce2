"""The words of the workbook in the languages that csweek itself speaks."""

from collections.abc import Mapping
from types import MappingProxyType

from csweek.model.basics import Channel, Cost, Status, Visibility, Words
from csweek.render.phrases import words

YEAR = words("Year", "År", "한 해", "Godina")
EVENTS = words("Events", "Händelser", "일정", "Događaji")
OWNERS = words("Owners", "Ansvariga", "담당자", "Ko vodi")

WEEK = words("Week", "Vecka", "주", "Sedmica")
FROM = words("From", "Från", "시작일", "Od")
ALL = words("All", "Alla", "전체", "Ukupno")
FOR_ALL = words("For everyone", "För alla", "모두를 위한 일", "Za sve")

ID = words("Id", "Id", "번호", "Br.")
DATE = words("Date", "Datum", "날짜", "Datum")
DAY = words("Day", "Dag", "요일", "Dan")
START = words("Start", "Start", "시작", "Početak")
END = words("End", "Slut", "끝", "Kraj")
WHAT = words("What", "Vad", "내용", "Šta")
PRACTICE = words("Practice", "Område", "분야", "Oblast")
CHANNEL = words("How", "Hur", "방법", "Kako")
WHOM = words("For", "För", "받는 사람", "Za koga")
TEAM = words("Team", "Team", "팀", "Tim")
SITE = words("Site", "Plats", "근무지", "Lokacija")
OWNER = words("Owner", "Ansvarig", "담당자", "Vodi")
MINUTES = words("Minutes", "Minuter", "분", "Minuta")
COST = words("Cost", "Kostnad", "비용", "Trošak")
STATUS = words("Status", "Status", "상태", "Status")
KNOWN_TO = words("Known to", "Synligt för", "공개 범위", "Poznato")
SHOWN = words("Shown:", "Visas:", "표시:", "Prikazano:")

COUNT = words("Events", "Händelser", "일정 수", "Događaja")
IN_YEAR = words("Minutes a year", "Minuter per år", "연간 시간(분)", "Minuta godišnje")
A_WEEK = words("Minutes a week", "Minuter per vecka", "주당 시간(분)", "Minuta sedmično")
FULLEST = words("Fullest week", "Toppvecka", "가장 바쁜 주", "Najpunija sedmica")
MOST = words("Minutes then", "Minuter då", "그 주 시간(분)", "Minuta te sedmice")
LIMIT = words(
    "Over {limit} minutes a week stands out.",
    "Mer än {limit} minuter i veckan är markerat.",
    "주당 {limit}분을 넘으면 표시돼요.",
    "Više od {limit} minuta sedmično je istaknuto.",
)
NOBODY = words("Nobody yet", "Ingen än", "미정", "Još niko")

TICK = words("Done", "Klart", "완료", "Gotovo")
HOW_TO_TICK = words(
    "Write x where it was held, save, and give the file to: csweek done --from FILE",
    "Skriv x där det blev av, spara och kör: csweek done --from FIL",
    "진행한 일에 x를 적고 저장한 뒤 csweek done --from 파일 명령을 실행하세요.",
    "Upisati x gdje je održano, sačuvati i pokrenuti: csweek done --from FAJL",
)
TICK_OR_NOT = words(
    "x, or leave it empty.", "x, eller lämna tomt.", "x를 적거나 비워 두세요.", "x, ili ostaviti prazno."
)

STATUSES: Mapping[Status, Words] = MappingProxyType(
    {
        Status.PLANNED: words("planned", "planerad", "예정", "planirano"),
        Status.DONE: words("done", "klar", "완료", "održano"),
        Status.MISSED: words("missed", "blev inte av", "진행하지 못함", "nije održano"),
        Status.UNCONFIRMED: words("unconfirmed", "obekräftad", "미확인", "nepotvrđeno"),
        Status.CANCELLED: words("cancelled", "inställd", "취소", "otkazano"),
    }
)
CHANNELS: Mapping[Channel, Words] = MappingProxyType(
    {
        Channel.CARD: words("card", "kort", "카드", "kartica"),
        Channel.NOTE: words("note", "hälsning", "쪽지", "poruka"),
        Channel.CALL: words("call", "samtal", "전화", "poziv"),
        Channel.VISIT: words("visit", "besök", "방문", "posjeta"),
        Channel.MEETING: words("meeting", "möte", "모임", "sastanak"),
        Channel.ANNOUNCEMENT: words("announcement", "meddelande", "안내", "obavijest"),
        Channel.GIFT: words("gift", "gåva", "선물", "poklon"),
        Channel.TASK: words("task", "uppgift", "할 일", "zadatak"),
    }
)
COSTS: Mapping[Cost, Words] = MappingProxyType(
    {
        Cost.NONE: words("none", "ingen", "없음", "nema"),
        Cost.LOW: words("low", "låg", "낮음", "nizak"),
        Cost.MEDIUM: words("medium", "medel", "보통", "srednji"),
        Cost.HIGH: words("high", "hög", "높음", "visok"),
    }
)
KNOWN: Mapping[Visibility, Words] = MappingProxyType(
    {
        Visibility.SURPRISE: words("owner alone", "bara ansvarig", "담당자만", "samo ko vodi"),
        Visibility.TEAM: words("team", "teamet", "팀", "tim"),
        Visibility.EVERYONE: words("everyone", "alla", "모두", "svi"),
    }
)
DATES: Mapping[str, str] = MappingProxyType(
    {"en": "d mmm yyyy", "sv": "yyyy-mm-dd", "ko": "yyyy. m. d.", "bs": "d. m. yyyy."}
)
"""How a spreadsheet shows a day, by language."""
