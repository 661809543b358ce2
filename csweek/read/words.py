"""What the columns and cells of a spreadsheet are called in English, Swedish, Korean and Bosnian."""

import re
from collections.abc import Mapping
from typing import get_args

from csweek.model.basics import Occasion, Role, Thanks
from csweek.model.inputs import MetricKind, StoryKind
from csweek.names import fold
from csweek.read.values import Wrong, choice

GIVEN, FAMILY = "given name", "family name"
"""Two columns that together are the name."""

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "employee id", "employee number", "employee no", "employee nr",
        "employee code", "emp id",
        "emp no", "staff id", "staff number", "staff no", "personnel number", "personnel no",
        "payroll number", "anställnings-id", "anställningsnummer", "anställningsnr", "anst.nr",
        "anst nr", "anst.id",
        "medarbetar-id", "medarbetarnummer", "medarbetarnr", "personalnummer", "personalnr", "사번",
        "사원번호", "사원코드", "직원번호", "직원코드", "직원 ID", "인사번호", "broj zaposlenika",
        "broj uposlenika", "broj radnika", "šifra", "šifra zaposlenika",
        "šifra uposlenika", "šifra radnika",
        "ID zaposlenika", "ID uposlenika", "ID radnika", "kadrovski broj",
        "matični broj zaposlenika",
        "worker id", "person id", "personnel id", "pernr",
    ),
    "name": (
        "name", "full name", "employee", "employee name", "namn", "fullständigt namn",
        "medarbetare",
        "anställd", "이름", "성명", "성함", "직원명", "ime i prezime", "prezime i ime", "puno ime",
        "zaposlenik", "uposlenik",
        "worker", "worker name", "legal name", "display name", "staff name", "anställds namn",
        "사원명", "직원 이름", "ime i prezime radnika", "ime i prezime zaposlenika",
    ),
    GIVEN: ("first name", "given name", "forename", "legal first name", "förnamn", "ime"),
    FAMILY: ("last name", "surname", "family name", "legal last name", "efternamn", "성", "prezime"),
    "called": (
        "what should we call you", "vad ska vi kalla dig", "어떻게 불러 드릴까요", "kako da te zovemo",
        "kako da vas zovemo",
        "called", "preferred name", "nickname", "goes by", "known as", "tilltalsnamn",
        "kallas", "smeknamn",
        "호칭", "별명", "nadimak", "zovemo",
        "preferred first name",
    ),
    "title": (
        "title", "job title", "position", "job", "titel", "befattning", "yrkestitel",
        "tjänst", "직함",
        "직책", "직위", "직급", "titula", "radno mjesto", "pozicija", "zanimanje",
        "business title", "position title", "job profile", "yrke", "직무", "naziv radnog mjesta",
    ),
    "email": (
        "your e-mail address", "din e-postadress", "이메일 주소를 알려 주세요", "tvoja e-mail adresa",
        "vaša e-mail adresa",
        "email", "e-mail", "mail", "e-mail address", "email address", "work email",
        "e-post", "epost", "e-post arbete", "arbetsmejl", "jobbmejl", "회사 메일",
        "회사 이메일",
        "mejl", "mail adress", "e-postadress", "이메일", "메일", "이메일 주소", "전자우편", "e-pošta",
        "email adresa", "e-mail adresa", "elektronska pošta",
        "work e-mail", "primary work email", "business email", "company email",
        "e-postadress arbete", "e-post jobb", "업무 이메일", "službeni email", "službena e-pošta",
    ),
    "team": (
        "team", "group", "department", "unit", "squad", "lag", "grupp", "avdelning",
        "enhet", "arbetsgrupp",
        "grupptillhörighet", "organisationsenhet", "org.enhet", "avd", "부서명", "팀명", "팀", "부서",
        "조", "소속", "tim", "grupa", "odjel", "odjeljenje",
        "team name", "department name", "org unit", "organizational unit", "organisational unit",
        "supervisory org", "supervisory organization", "organisatorisk enhet", "소속팀",
        "소속 부서", "odsjek", "služba", "organizaciona jedinica",
    ),
    "manager": (
        "manager", "line manager", "supervisor", "reports to", "boss", "team leader", "chef",
        "närmaste chef", "ansvarig chef", "närmaste chef anst.nr", "chefens anst.nr", "manager id",
        "manager email", "상사 사번", "직속상사 사번", "직속상사 이메일", "팀장 사번", "gruppchef",
        "관리자",
        "상사", "매니저", "팀장", "직속상사",
        "rukovodilac", "menadžer", "nadređeni", "šef", "voditelj", "neposredni rukovodilac",
        "manager name", "line manager name", "direct manager", "direct supervisor",
        "reporting manager", "chefens namn", "närmast ansvarig chef", "상급자", "직속 상급자",
        "nadređena osoba", "ime rukovodioca",
    ),
    "role": ("role", "csweek role", "roll", "역할", "uloga"),
    "site": (
        "site", "office", "location", "workplace", "ort", "kontor", "arbetsplats", "arbetsställe",
        "placeringsort", "사업장", "지점", "근무지", "사이트", "lokacija", "ured", "poslovnica",
        "mjesto rada",
        "work location", "office location", "job location", "work site", "tjänsteställe",
        "tjänstgöringsort", "근무처", "근무 장소", "근무 지역",
    ),
    "locale": ("locale", "language", "språk", "언어", "jezik"),
    "start_date": (
        "start date", "start", "hire date", "date of hire", "joined", "first day", "employed since",
        "startdatum", "anställningsdatum", "anst.datum", "anställningsdag",
        "anställd från", "anställd sedan", "första dag", "입사일",
        "입사일자", "시작일", "datum početka", "datum zaposlenja", "početak rada", "prvi dan",
        "hired", "original hire", "original hire date", "date joined", "joining date",
        "employment date", "anställd fr.o.m.", "입사", "입사년월일", "datum prijema",
        "datum zasnivanja radnog odnosa",
    ),
    "end_date": (
        "end date", "end", "leaving date", "termination date", "last day", "slutdatum", "sista dag",
        "anställd till", "avgångsdatum", "avg.datum", "avgångsdag", "slutdag", "퇴사일",
        "퇴직일", "종료일", "datum završetka", "datum odlaska",
        "kraj rada", "zadnji dan", "posljednji dan",
        "termination", "last working day", "end of employment", "anställd t.o.m.", "퇴사",
        "퇴사 예정일", "datum prestanka radnog odnosa",
    ),
    "birthday": (
        "if we may remember your birthday, on which day and in which month is it",
        "om vi får uppmärksamma din födelsedag, vilken dag är det",
        "생일을 기억해 드려도 된다면 언제인가요",
        "ako smijemo obilježiti tvoj rođendan, kada je",
        "ako smijemo obilježiti vaš rođendan, kada je",
        "birthday", "birth date", "date of birth", "birthdate", "dob", "födelsedag",
        "födelsedatum", "생일",
        "생년월일", "rođendan", "datum rođenja",
    ),
    "thanks": (
        "thanks", "recognition", "tack", "감사", "인정 방식", "zahvala", "zahvale",
        "how would you like to be thanked", "hur vill du bli tackad", "어떻게 감사를 받고 싶으세요",
        "kako želiš da ti se zahvali", "kako želite da vam se zahvali",
    ),
    "celebrate": (
        "which days may we remember", "vilka dagar får vi uppmärksamma", "어떤 날을 기억해 드릴까요",
        "koje dane smijemo obilježiti", "celebrate", "celebrates", "fira", "firar",
        "축하", "기념", "slavi",
        "proslava", "obilježiti",
    ),
    "work_days": ("work days", "working days", "workdays", "arbetsdagar", "근무일", "근무요일", "radni dani"),
    "leave": (
        "leave", "absence", "absences", "leave of absence", "away", "tjänstledig", "tjänstledighet",
        "ledig", "ledighet", "frånvaro", "frånvaroperiod", "föräldraledig",
        "휴직기간", "휴가기간", "부재기간", "휴가", "휴직", "부재", "odsustvo", "odsutan",
        "dopust", "godišnji odmor",
        "time off", "planned time off", "planned absence", "vacation", "semester", "semesterperiod",
        "휴가 일정", "godišnji", "odmor",
    ),
    "deputy": (
        "deputy", "stand-in", "substitute", "ersättare", "vikarie", "ställföreträdare", "대리", "대행",
        "대리인", "zamjenik", "zamjena",
    ),
}  # fmt: skip

FIELDS = tuple(field for field in PEOPLE if field not in {GIVEN, FAMILY})
"""What a person has, in the order in which a new people file asks for it."""

STORIES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "datum", "dag", "날짜", "일자"),
    "person": (
        "person",
        "who",
        "name",
        "employee",
        "vem",
        "namn",
        "이름",
        "직원",
        "osoba",
        "ko",
        "ime i prezime",
    ),
    "kind": ("kind", "type", "slag", "typ", "종류", "유형", "vrsta", "tip"),
    "text": ("text", "story", "words", "quote", "berättelse", "citat", "내용", "이야기", "tekst", "priča"),
    "by": (
        "by",
        "from",
        "told by",
        "customer",
        "av",
        "från",
        "kund",
        "고객",
        "작성자",
        "od",
        "kupac",
        "korisnik",
    ),
    "consent": ("consent", "may be shared", "samtycke", "동의", "saglasnost", "pristanak"),
    "answer": ("answer", "svar", "åtgärd", "답변", "조치", "odgovor"),
}

METRICS: Mapping[str, tuple[str, ...]] = {
    "month": ("month", "date", "period", "månad", "datum", "월", "기간", "날짜", "mjesec", "datum"),
    "name": ("name", "metric", "measure", "figure", "kpi", "mått", "nyckeltal", "namn", "지표", "이름",
             "pokazatelj", "mjera", "naziv"),
    "value": ("value", "result", "actual", "värde", "utfall", "resultat", "값", "실적", "결과", "vrijednost",
              "rezultat"),
    "target": ("target", "goal", "plan", "mål", "목표", "cilj"),
    "kind": ("kind", "type", "source", "slag", "typ", "källa", "종류", "구분", "vrsta", "tip", "izvor"),
}  # fmt: skip

TAGS: Mapping[str, str] = {
    **dict.fromkeys(("natt", "nattskift", "noć", "noćna", "noćna smjena", "야간", "밤"), "night"),
    **dict.fromkeys(("tyst", "tyst arbete", "tiho", "tišina", "조용", "조용한"), "quiet"),
    **dict.fromkeys(("hemma", "distans", "hemarbete", "na daljinu", "od kuće", "재택", "원격"), "remote"),
    **dict.fromkeys(("phone", "telefon", "telefoner", "telefoni", "전화"), "phones"),
}
"""Tags of teams in other languages than the themes'."""

OUTSIDE = (
    "nps", "csat", "^ces$", "promoter", "satisfaction", "customereffort", "complaint", "trustpilot",
    "wouldrecommend", "kundnojd", "kundomdome", "klagomal", "rekommendera", "nki", "만족", "추천", "불만",
    "고객평가", "zadovoljstv", "preporuk", "prituzb", "reklamacij",
)  # fmt: skip
"""Parts of plain names by which a figure is known to come from customers."""

OWN = ("employee", "staff", "agent", "medarbetar", "personal", "직원", "zaposlen", "uposlen")
"""Parts of plain names by which it is known to come from the staff all the same: their satisfaction."""

METRIC_KINDS: Mapping[str, MetricKind] = {
    **dict.fromkeys((
        "external", "outside", "customer", "customers", "extern", "utifrån", "kund",
        "kunder", "외부", "고객",
        "vanjski", "vanjska", "eksterno", "kupac", "kupci",
    ), "external"),
    **dict.fromkeys((
        "internal", "inside", "own", "intern", "inifrån", "eget", "내부", "자체",
        "unutrašnji", "interni",
        "interno", "interna",
    ), "internal"),
}  # fmt: skip

IDENTITY = (
    "personnummer", "personnr", "samordningsnummer", "national id", "national identity number",
    "national insurance number", "social security number", "ssn", "sin", "social insurance number",
    "주민등록번호", "주민번호", "외국인등록번호", "jmbg", "jedinstveni matični broj", "matični broj",
    "henkilötunnus", "cpr", "cpr nummer", "fødselsnummer", "bsn", "pesel", "oib", "tax id",
)  # fmt: skip
"""Headers of numbers that csweek does not take in."""

ROLES: Mapping[str, Role] = {
    **dict.fromkeys((
        "staff", "employee", "agent", "medarbetare", "personal", "anställd", "직원", "사원", "상담원",
        "osoblje", "zaposlenik", "uposlenik", "radnik",
    ), Role.STAFF),
    **dict.fromkeys((
        "leader", "director", "executive", "ledare", "direktör", "ledning", "chef",
        "리더", "임원", "lider",
        "direktor", "vođa", "rukovodilac", "rukovodstvo", "voditelj",
    ), Role.LEADER),
    **dict.fromkeys(("organiser", "organizer", "organisatör", "arrangör", "주최자", "담당자", "운영자",
                     "운영 담당자", "organizator"),
                    Role.ORGANISER),
}  # fmt: skip

THANKS: Mapping[str, Thanks] = {
    **dict.fromkeys((
        "public", "in public", "offentlig", "offentligt", "öppet", "공개", "공개적으로", "javno", "javna",
    ), Thanks.PUBLIC),
    **dict.fromkeys((
        "private", "in private", "privat", "enskilt", "비공개", "개인적으로", "privatno", "privatna",
    ), Thanks.PRIVATE),
    **dict.fromkeys((
        "never", "no", "not at all", "aldrig", "nej", "inte", "inte alls", "안 함", "안함", "원하지 않음",
        "nikad", "nikada", "nikako", "ne",
    ), Thanks.NEVER),
}  # fmt: skip

TOTALS = (
    "total", "totals", "grand total", "sum", "count", "headcount", "summa", "totalt", "antal", "summe",
    "gesamt", "합계", "총계", "소계", "총원", "계", "ukupno", "svega", "zbroj", "suma",
)  # fmt: skip
"""What stands before the number in the last line of a report."""
HEADS = ("people", "persons", "employees", "personer", "anställda", "명", "osoba", "osobe")
"""What may stand after it."""

NOTHING = ("none", "no", "nothing", "-", "inget", "ingen", "nej", "없음", "nista", "nijedno", "ne")
OCCASIONS: Mapping[str, frozenset[Occasion]] = {
    **dict.fromkeys((
        "anniversary", "work anniversary", "jubileum", "årsdag", "årsdag på jobbet",
        "anställningsdag",
        "입사 기념일", "기념일", "근속", "godišnjica",
    ), frozenset({Occasion.ANNIVERSARY})),
    **dict.fromkeys(("birthday", "födelsedag", "생일", "rođendan"), frozenset({Occasion.BIRTHDAY})),
    **dict.fromkeys(("both", "all", "yes", "båda", "bägge", "alla", "둘 다", "모두", "oba", "oboje", "sve"),
                    frozenset(Occasion)),
    **dict.fromkeys(NOTHING, frozenset[Occasion]()),
}  # fmt: skip

TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(
        ("yes", "y", "true", "1", "x", "on", "ja", "j", "sant", "예", "네", "o", "동의", "da", "d"), True
    ),
    **dict.fromkeys(("no", "n", "false", "0", "off", "", "nej", "falskt", "아니오", "아니요", "ne"), False),
}

KINDS: Mapping[str, StoryKind] = {
    **dict.fromkeys(("wow", "praise", "beröm", "와우", "칭찬", "pohvala"), "wow"),
    **dict.fromkeys(("hero", "hjälte", "영웅", "heroj"), "hero"),
    **dict.fromkeys(("obstacle", "hinder", "장애물", "걸림돌", "prepreka"), "obstacle"),
}


def plain(header: str) -> str:
    """Return a header without case, accents, spaces and signs: ``E-post`` is ``epost``."""
    return re.sub(r"[\W_]+", "", fold(header))


def tag(text: str) -> str:
    """Return a tag as the themes write it."""
    return _TAGS.get(fold(text), text.lower())


def known(columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the field by the plain form of each of its headers."""
    return {plain(word): field for field, words in columns.items() for word in (field, *words)}


_TAGS = {fold(word): tag for word, tag in TAGS.items()}
_ROLES = {fold(word): role for word, role in ROLES.items()}
_THANKS = {fold(word): thanks for word, thanks in THANKS.items()}
_OCCASIONS = {fold(word): found for word, found in OCCASIONS.items()}
_TRUTHS = {fold(word): truth for word, truth in TRUTHS.items()}
_METRIC_KINDS = {fold(word): kind for word, kind in METRIC_KINDS.items()}
_KINDS = {fold(word): kind for word, kind in KINDS.items()}


def role(text: str) -> Role:
    """Return the role that a cell means."""
    return choice(text, _ROLES, list(Role))


def thanks(text: str) -> Thanks:
    """Return how someone wants to be thanked."""
    return choice(text, _THANKS, list(Thanks))


def celebrate(text: str) -> frozenset[Occasion]:
    """Return the days that someone wants remembered."""
    parts = [part for part in re.split(r"[,;/&+\n]| and | och | i | 및 ", text) if part.strip()]
    return frozenset[Occasion]().union(*(choice(part, _OCCASIONS, [*Occasion, "none"]) for part in parts))


def truth(text: str) -> bool:
    """Return yes or no."""
    try:
        return choice(text, _TRUTHS, ["yes", "no"])
    except Wrong:
        raise Wrong(f"'{text}' is neither yes nor no", "write yes or no") from None


def kind(text: str) -> StoryKind:
    """Return which of the three kinds a story is."""
    return choice(text, _KINDS, list(get_args(StoryKind)))


def metric_kind(text: str) -> MetricKind:
    """Return where a figure comes from."""
    return choice(text, _METRIC_KINDS, list(get_args(MetricKind)))
