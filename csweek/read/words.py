"""What cells say in English, Swedish, Korean and Bosnian."""

import re
from collections.abc import Collection, Mapping
from typing import get_args

from csweek.model.basics import Occasion, Role, Thanks
from csweek.model.inputs import MetricKind, StoryKind
from csweek.names import fold
from csweek.read.values import choice
from csweek.read.wrong import Wrong

TAGS: Mapping[str, str] = {
    **dict.fromkeys(("nights", "natt", "nattskift", "nattlag", "nattpass"), "night"),
    **dict.fromkeys(("야간", "야간조", "야간팀", "야간근무", "밤"), "night"),
    **dict.fromkeys(("noć", "noću", "noćna", "noćni", "noćno", "noćna smjena"), "night"),
    **dict.fromkeys(("tyst", "tyst arbete", "tiho", "tišina", "조용", "조용한"), "quiet"),
    **dict.fromkeys(("hemma", "distans", "hemarbete", "na daljinu", "od kuće", "재택", "원격"), "remote"),
    **dict.fromkeys(("phone", "telefon", "telefoner", "telefoni", "전화"), "phones"),
}
"""Tags of teams in other languages than the themes'."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "heroes": ("hjältar", "hjälte", "영웅", "heroji", "junaci"),
    "wow": ("beröm", "칭찬", "칭찬 전하기", "pohvale", "pohvala"),
    "outside_in": ("utifrån", "utifrån och in", "고객의 눈으로", "izvana", "očima korisnika"),
    "skip_level": ("möte med ledare", "리더와의 만남", "razgovor s rukovodstvom"),
    "career": ("karriär", "utveckling", "커리어", "경력", "karijera", "razvoj"),
    "celebration": ("firande", "fest", "축하", "축하 행사", "proslava", "slavlje"),
    "organisation": ("hela organisationen", "företaget", "조직", "전체", "회사", "organizacija", "firma"),
    "team": ("lag", "arbetslag", "팀", "부서", "tim", "odjel"),
    "group": ("grupp", "그룹", "소그룹", "grupa"),
    "person": ("medarbetare", "개인", "사람", "osoba", "zaposlenik", "uposlenik"),
    "manager": ("chef", "närmaste chef", "팀장", "상사", "rukovodilac", "menadžer", "šef", "voditelj"),
    "leader": ("ledare", "ledning", "리더", "임원", "lider", "rukovodstvo", "direktor"),
    "peer": ("kollega", "동료", "kolega", "kolegica"),
    "organiser": ("organisatör", "arrangör", "주최자", "운영자", "organizator"),
    "surprise": ("överraskning", "깜짝", "비밀", "iznenađenje"),
    "everyone": ("alla", "모두", "전원", "svi"),
    "card": ("kort", "카드", "kartica", "čestitka"),
    "note": ("lapp", "meddelande", "쪽지", "메모", "bilješka", "poruka"),
    "call": ("samtal", "telefonsamtal", "전화", "통화", "poziv"),
    "visit": ("besök", "방문", "posjeta", "posjet"),
    "meeting": ("möte", "회의", "미팅", "모임", "sastanak"),
    "announcement": ("utskick", "anslag", "공지", "안내", "objava", "obavijest", "obavještenje"),
    "gift": ("gåva", "present", "선물", "poklon", "dar"),
    "task": ("uppgift", "할 일", "과제", "zadatak"),
    "none": ("ingen", "inget", "없음", "ništa", "nema"),
    "low": ("låg", "lågt", "낮음", "nizak", "nisko"),
    "medium": ("mellan", "medel", "중간", "srednji", "srednje"),
    "high": ("hög", "högt", "높음", "visok", "visoko"),
}
"""What people write in Swedish, Korean and Bosnian where a theme has an English word."""

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
        "external", "outside", "customer", "customers", "extern", "utifrån", "kund", "kunder", "외부", "고객",
        "vanjski", "vanjska", "eksterno", "kupac", "kupci",
    ), "external"),
    **dict.fromkeys((
        "internal", "inside", "own", "intern", "inifrån", "eget", "내부", "자체", "unutrašnji", "interni",
        "interno", "interna",
    ), "internal"),
}  # fmt: skip

ROLES: Mapping[str, Role] = {
    **dict.fromkeys((
        "staff", "employee", "agent", "medarbetare", "personal", "anställd", "직원", "사원", "상담원",
        "osoblje", "zaposlenik", "uposlenik", "radnik",
    ), Role.STAFF),
    **dict.fromkeys((
        "leader", "director", "executive", "ledare", "direktör", "ledning", "chef", "리더", "임원", "lider",
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

NOTHING = ("none", "no", "nothing", "-", "inget", "ingen", "nej", "없음", "nista", "nijedno", "nijedan", "ne")
OPEN = (
    "permanent", "indefinite", "open-ended", "ongoing", "present", "active", "n/a", "tillsvidare",
    "tills vidare", "t.v.", "tv", "fast", "pågående", "무기한", "정규직", "재직", "재직중", "재직 중",
    "해당 없음", "해당없음", "neodređeno", "na neodređeno", "neodređeno vrijeme", "na neodređeno vrijeme",
    "stalno", "–", "—",
)  # fmt: skip
"""What an end of employment says where there is none."""
OCCASIONS: Mapping[str, frozenset[Occasion]] = {
    **dict.fromkeys((
        "anniversary", "work anniversary", "jubileum", "årsdag", "årsdag på jobbet", "anställningsdag",
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


def meant(text: str, known: Collection[str]) -> str | None:
    """Return which of the English words a text in another language means, if one."""
    return next((word for word in known if fold(text) in map(fold, CHOICES.get(word, ()))), None)


def tag(text: str) -> str:
    """Return a tag as the themes write it."""
    return _TAGS.get(fold(text), text.lower())


_NOTHING = frozenset(map(fold, NOTHING))
_TAGS = {fold(word): tag for word, tag in TAGS.items()}
_ROLES = {fold(word): role for word, role in ROLES.items()}
_THANKS = {fold(word): thanks for word, thanks in THANKS.items()}
_OCCASIONS = {fold(word): found for word, found in OCCASIONS.items()}
_TRUTHS = {fold(word): truth for word, truth in TRUTHS.items()}
_METRIC_KINDS = {fold(word): kind for word, kind in METRIC_KINDS.items()}
_KINDS = {fold(word): kind for word, kind in KINDS.items()}


def says_none(text: str) -> bool:
    """Whether a cell says that there is none."""
    return fold(text) in _NOTHING


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
