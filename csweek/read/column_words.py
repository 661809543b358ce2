"""What columns are called in English, Swedish, Korean and Bosnian."""

import re
from collections.abc import Mapping

from csweek.names import fold

GIVEN, FAMILY = "given name", "family name"
"""Two columns that together are the name."""
LEAVE_FROM, LEAVE_TO = "leave from", "leave to"
"""Two columns that together are a leave."""
IN_PARTS = frozenset({GIVEN, FAMILY, LEAVE_FROM, LEAVE_TO})

FAMILY_FIRST = (
    "surname first name", "surname and first name", "surname given name", "last name first name",
    "last name and first name", "family name given name", "efternamn förnamn", "efternamn och förnamn",
    "efter- och förnamn", "prezime i ime", "prezime ime", "prezime i ime radnika",
    "prezime i ime zaposlenika", "prezime i ime uposlenika",
)  # fmt: skip
"""Headers of names that begin with the family name."""

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "employee id", "employee number", "employee no", "employee nr", "employee code", "emp id",
        "emp no", "staff id", "staff number", "staff no", "personnel number", "personnel no",
        "payroll number", "anställnings-id", "anställningsnummer", "anställningsnr", "anst.nr", "anst nr",
        "anst.id", "medarbetar-id", "medarbetarnummer", "medarbetarnr", "personalnummer", "personalnr",
        "사번", "사원번호", "사원코드", "직원번호", "직원코드", "직원 ID", "인사번호", "broj zaposlenika",
        "broj uposlenika", "broj radnika", "šifra", "šifra zaposlenika", "šifra uposlenika", "šifra radnika",
        "ID zaposlenika", "ID uposlenika", "ID radnika", "kadrovski broj", "matični broj zaposlenika",
        "worker id", "person id", "personnel id", "pernr",
    ),
    "name": (
        "name", "full name", "employee", "employee name", "namn", "fullständigt namn", "medarbetare",
        "anställd", "이름", "성명", "성함", "직원명", "ime i prezime", "puno ime",
        "zaposlenik", "uposlenik", "worker", "worker name", "legal name", "display name", "staff name",
        "anställds namn", "사원명", "직원 이름", "ime i prezime radnika", "ime i prezime zaposlenika",
        "ime i prezime uposlenika", "first and last name", "first name last name", "first name and surname",
        "förnamn efternamn", "förnamn och efternamn", "för- och efternamn", *FAMILY_FIRST,
    ),
    GIVEN: ("first name", "given name", "forename", "legal first name", "förnamn", "ime"),
    FAMILY: ("last name", "surname", "family name", "legal last name", "efternamn", "성", "prezime"),
    "called": (
        "what should we call you", "vad ska vi kalla dig", "어떻게 불러 드릴까요", "kako da te zovemo",
        "kako da vas zovemo", "called", "preferred name", "nickname", "goes by", "known as", "tilltalsnamn",
        "kallas", "smeknamn", "호칭", "별명", "nadimak", "zovemo", "preferred first name",
    ),
    "title": (
        "title", "job title", "position", "job", "titel", "befattning", "yrkestitel", "tjänst", "직함",
        "직책", "직위", "직급", "titula", "radno mjesto", "pozicija", "zanimanje", "business title",
        "position title", "job profile", "yrke", "직무", "naziv radnog mjesta",
    ),
    "email": (
        "your e-mail address", "din e-postadress", "이메일 주소를 알려 주세요", "tvoja e-mail adresa",
        "vaša e-mail adresa", "email", "e-mail", "mail", "e-mail address", "email address", "work email",
        "e-post", "epost", "e-post arbete", "arbetsmejl", "jobbmejl", "회사 메일", "회사 이메일", "mejl",
        "mail adress", "e-postadress", "이메일", "메일", "이메일 주소", "전자우편", "e-pošta", "email adresa",
        "e-mail adresa", "elektronska pošta", "work e-mail", "primary work email", "business email",
        "company email", "e-postadress arbete", "e-post jobb", "업무 이메일", "službeni email",
        "službena e-pošta",
    ),
    "team": (
        "team", "group", "department", "unit", "squad", "lag", "grupp", "avdelning", "enhet", "arbetsgrupp",
        "grupptillhörighet", "organisationsenhet", "org.enhet", "avd", "부서명", "팀명", "팀", "부서", "조",
        "소속", "tim", "grupa", "odjel", "odjeljenje", "team name", "department name", "org unit",
        "organizational unit", "organisational unit", "supervisory org", "supervisory organization",
        "organisatorisk enhet", "소속팀", "소속 부서", "odsjek", "služba", "organizaciona jedinica",
    ),
    "manager": (
        "manager", "line manager", "supervisor", "reports to", "boss", "team leader", "chef", "närmaste chef",
        "ansvarig chef", "närmaste chef anst.nr", "chefens anst.nr", "manager id", "manager email",
        "상사 사번", "직속상사 사번", "직속상사 이메일", "팀장 사번", "gruppchef", "관리자", "상사", "매니저",
        "팀장", "직속상사", "rukovodilac", "menadžer", "nadređeni", "šef", "voditelj",
        "neposredni rukovodilac", "manager name", "line manager name", "direct manager", "direct supervisor",
        "reporting manager", "chefens namn", "närmast ansvarig chef", "상급자", "직속 상급자",
        "nadređena osoba", "ime rukovodioca",
    ),
    "role": ("role", "csweek role", "roll", "역할", "uloga"),
    "site": (
        "site", "office", "location", "workplace", "ort", "kontor", "arbetsplats", "arbetsställe",
        "placeringsort", "사업장", "지점", "근무지", "사이트", "lokacija", "ured", "poslovnica",
        "mjesto rada", "work location", "office location", "job location", "work site", "tjänsteställe",
        "tjänstgöringsort", "근무처", "근무 장소", "근무 지역", "grad", "grad rada",
        "work city",
    ),
    "locale": ("locale", "language", "språk", "언어", "jezik"),
    "start_date": (
        "start date", "start", "hire date", "date of hire", "joined", "first day", "employed since",
        "startdatum", "anställningsdatum", "anst.datum", "anställningsdag", "anställd från", "anställd sedan",
        "första dag", "입사일", "입사일자", "시작일", "datum početka", "datum zaposlenja", "početak rada",
        "prvi dan", "hired", "original hire", "original hire date", "date joined", "joining date",
        "employment date", "anställd fr.o.m.", "입사", "입사년월일", "datum prijema",
        "datum zasnivanja radnog odnosa",
    ),
    "end_date": (
        "end date", "end", "leaving date", "termination date", "last day", "slutdatum", "sista dag",
        "anställd till", "avgångsdatum", "avg.datum", "avgångsdag", "slutdag", "퇴사일", "퇴직일", "종료일",
        "datum završetka", "datum odlaska", "kraj rada", "zadnji dan", "posljednji dan", "termination",
        "last working day", "end of employment", "anställd t.o.m.", "퇴사", "퇴사 예정일",
        "datum prestanka radnog odnosa",
    ),
    "birthday": (
        "if we may remember your birthday, on which day and in which month is it",
        "om vi får uppmärksamma din födelsedag, vilken dag är det", "생일을 기억해 드려도 된다면 언제인가요",
        "ako smijemo obilježiti tvoj rođendan, kada je", "ako smijemo obilježiti vaš rođendan, kada je",
        "birthday", "birth date", "date of birth", "birthdate", "dob", "född", "födelsedag", "födelsedatum",
        "생일", "생년월일", "rođendan", "datum rođenja",
    ),
    "thanks": (
        "thanks", "recognition", "tack", "감사", "인정 방식", "zahvala", "zahvale",
        "how would you like to be thanked", "hur vill du bli tackad", "어떻게 감사를 받고 싶으세요",
        "kako želiš da ti se zahvali", "kako želite da vam se zahvali",
    ),
    "celebrate": (
        "which days may we remember", "vilka dagar får vi uppmärksamma", "어떤 날을 기억해 드릴까요",
        "koje dane smijemo obilježiti", "celebrate", "celebrates", "fira", "firar", "축하", "기념", "slavi",
        "proslava", "obilježiti",
    ),
    "work_days": ("work days", "working days", "workdays", "arbetsdagar", "근무일", "근무요일", "radni dani"),
    "leave": (
        "leave", "absence", "absences", "leave of absence", "away", "tjänstledig", "tjänstledighet", "ledig",
        "ledighet", "frånvaro", "frånvaroperiod", "föräldraledig", "휴직기간", "휴가기간", "부재기간", "휴가",
        "휴직", "부재", "odsustvo", "odsutan", "dopust", "godišnji odmor", "time off", "planned time off",
        "planned absence", "vacation", "semester", "semesterperiod", "휴가 일정", "godišnji", "odmor",
    ),
    LEAVE_FROM: (
        "leave from", "leave start", "leave start date", "leave begins", "absence from", "absence start",
        "first day of leave", "frånvaro från", "frånvaro from", "frånvaro fr.o.m.", "frånvarostart",
        "ledig från", "ledig from", "ledig fr.o.m.", "tjänstledig från", "tjänstledig from",
        "tjänstledig fr.o.m.",
        "föräldraledig från", "föräldraledig from", "föräldraledig fr.o.m.", "휴직 시작일", "휴직 시작",
        "휴직 개시일", "휴가 시작일", "부재 시작일", "odsustvo od", "odsutan od", "početak odsustva",
        "dopust od", "godišnji odmor od",
    ),
    LEAVE_TO: (
        "leave to", "leave end", "leave end date", "leave until", "leave ends", "absence to", "absence until",
        "absence end", "last day of leave", "frånvaro till", "frånvaro tom", "frånvaro t.o.m.",
        "frånvaroslut", "ledig till", "ledig tom", "ledig t.o.m.", "tjänstledig till", "tjänstledig tom",
        "tjänstledig t.o.m.", "föräldraledig till", "föräldraledig tom", "föräldraledig t.o.m.",
        "휴직 종료일", "휴직 종료", "휴가 종료일", "부재 종료일", "odsustvo do", "odsutan do",
        "kraj odsustva", "dopust do", "godišnji odmor do",
    ),
    "deputy": (
        "deputy", "stand-in", "substitute", "ersättare", "vikarie", "ställföreträdare", "대리", "대행",
        "대리인", "zamjenik", "zamjena",
    ),
}  # fmt: skip

FIELDS = tuple(field for field in PEOPLE if field not in IN_PARTS)
"""What a person has, in the order in which a new people file asks for it."""

STORIES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "datum", "dag", "날짜", "일자"),
    "person": (
        "person", "who", "name", "employee", "vem", "namn", "이름", "직원", "osoba", "ko", "ime i prezime",
    ),
    "kind": ("kind", "type", "slag", "typ", "종류", "유형", "vrsta", "tip"),
    "text": ("text", "story", "words", "quote", "berättelse", "citat", "내용", "이야기", "tekst", "priča"),
    "by": (
        "by", "from", "told by", "customer", "av", "från", "kund", "고객", "작성자", "od", "kupac",
        "korisnik",
    ),
    "consent": ("consent", "may be shared", "samtycke", "동의", "saglasnost", "pristanak"),
    "answer": ("answer", "svar", "åtgärd", "답변", "조치", "odgovor"),
}  # fmt: skip

METRICS: Mapping[str, tuple[str, ...]] = {
    "month": ("month", "date", "period", "månad", "datum", "월", "기간", "날짜", "mjesec", "datum"),
    "name": ("name", "metric", "measure", "figure", "kpi", "mått", "nyckeltal", "namn", "지표", "이름",
             "pokazatelj", "mjera", "naziv"),
    "value": ("value", "result", "actual", "värde", "utfall", "resultat", "값", "실적", "결과", "vrijednost",
              "rezultat"),
    "target": ("target", "goal", "plan", "mål", "목표", "cilj"),
    "kind": ("kind", "type", "source", "slag", "typ", "källa", "종류", "구분", "vrsta", "tip", "izvor"),
}  # fmt: skip

IDENTITY = (
    "personnummer", "personnr", "samordningsnummer", "national id", "national identity number",
    "national insurance number", "social security number", "ssn", "sin", "social insurance number",
    "주민등록번호", "주민번호", "외국인등록번호", "jmbg", "jedinstveni matični broj", "matični broj",
    "henkilötunnus", "cpr", "cpr nummer", "fødselsnummer", "bsn", "pesel", "oib", "tax id",
)  # fmt: skip
"""Headers of numbers that csweek does not take in."""

SHIFTS = (
    "shift", "shifts", "shift pattern", "shift type", "work shift", "working shift", "skift", "skiftlag",
    "skiftform", "arbetsskift", "arbetspass", "pass", "근무조", "교대", "교대조", "교대근무", "근무 형태",
    "근무 시간대", "smjena", "smjene", "smena", "radna smjena", "rad u smjeni",
)  # fmt: skip
"""Headers of columns that say when somebody works, which is not read: hours are a team's."""


def plain(header: str) -> str:
    """Return a header without case, accents, spaces and signs: ``E-post`` is ``epost``."""
    return re.sub(r"[\W_]+", "", fold(header))


def known(columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the field by the plain form of each of its headers."""
    return {plain(word): field for field, words in columns.items() for word in (field, *words)}


def begins_with_family(header: str) -> bool:
    """Whether a header says that names begin with the family name."""
    return plain(header) in _FAMILY_FIRST


_FAMILY_FIRST = frozenset(map(plain, FAMILY_FIRST))

OF_PEOPLE = known(PEOPLE)
"""The field of a person by the plain form of each of its headers."""
