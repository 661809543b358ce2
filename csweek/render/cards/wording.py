"""The few words of cards that belong to a design and not to its card, in each language."""

from collections.abc import Mapping
from types import MappingProxyType

from csweek.model.basics import Words
from csweek.render.phrases import SPOTLIGHT, words

LABELS: Mapping[str, Words] = MappingProxyType(
    {
        "day of five": words("Day {} of 5", "Dag {} av 5", "5일 중 {}일째", "Dan {} od 5"),
        "when": words("When", "När", "일시", "Kada"),
        "where": words("Where", "Var", "장소", "Gdje"),
        "with": words("With", "Med", "만나는 사람", "S kim"),
        "in the way": words(
            "What gets in your way?",
            "Vad står i vägen för dig?",
            "일할 때 무엇이 걸림돌이 되나요?",
            "Šta smeta u poslu?",
        ),
        "what stays": words("What stays", "Det här behåller vi", "이어 갈 일", "Šta ostaje"),
        "by when": words("By when", "Klart senast", "언제까지", "Do kada"),
        "who answers": words("Who answers for it", "Ansvarig", "책임지는 사람", "Ko za to odgovara"),
        "all of us": words("From all of us", "Från oss alla", "우리 모두의 마음을 담아", "Od svih nas"),
        "poster": words("The month's words", "Månadens berättelser", "이달의 이야기", "Riječi mjeseca"),
        "year": words("The year at a glance", "Året på en sida", "한눈에 보는 한 해", "Godina ukratko"),
        "csw": words(
            "Customer Service Week", "Kundserviceveckan", "고객 서비스 주간", "Sedmica korisničke podrške"
        ),
        "spotlight": SPOTLIGHT,
        "or answer": words("Or answer here", "Eller svara här", "여기에 답해도 돼요", "Ili odgovoriti ovdje"),
        "hero": words("Hero of the month", "Månadens hjälte", "이달의 영웅", "Priznanje mjeseca"),
    }
)


def label(lang: str, key: str, *filling: object) -> str:
    """Return a label in a language with its blank filled. Raises ValueError for one that is not there."""
    if key not in LABELS:
        raise ValueError(f"there is no label '{key}'\0there are {', '.join(sorted(LABELS))}")
    return LABELS[key].say(lang).format(*filling)
