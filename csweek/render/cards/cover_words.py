"""What covers of cards say, in csweek's own languages."""

from collections.abc import Mapping
from types import MappingProxyType

from csweek.model.basics import Words
from csweek.render.paper.sheets import Fold
from csweek.render.phrases import words

COUNT = words(
    "Cards: {cards}. Sheets of paper: {sheets} ({sheet}).",
    "Kort: {cards}. Ark: {sheets} ({sheet}).",
    "카드 {cards}장, 용지 {sheets}장 ({sheet}).",
    "Kartica: {cards}. Listova: {sheets} ({sheet}).",
)
PAPER = words(
    "Paper: uncoated, 200 to 250 g/m², through the manual tray. On coated paper pens smear.",
    "Papper: obestruket, 200 till 250 g/m², i det manuella facket. På bestruket papper smetar pennan.",
    "용지: 코팅되지 않은 200~250g/m² 종이를 수동 급지함에 넣으세요. 코팅된 종이에서는 펜이 번져요.",
    "Papir: nepremazan, 200 do 250 g/m², kroz ručni ulagač. Na premazanom papiru olovka se razmazuje.",
)
READY = words(
    "Paper: the ready-cut sheets of this name, through the manual tray. Try one sheet of plain paper first.",
    "Papper: de färdigskurna arken med det här namnet, i det manuella facket. Prova först på vanligt papper.",
    "용지: 이 이름의 재단 용지를 수동 급지함에 넣으세요. 먼저 보통 종이로 시험해 보세요.",
    "Papir: gotovo izrezani listovi ovog imena, kroz ručni ulagač. Prvo probati na običnom papiru.",
)
SIZE = words(
    "Print at actual size (100 %), never “fit to page”. The line below is then 100 mm long.",
    "Skriv ut i verklig storlek (100 %), aldrig ”anpassa till sidan”. Strecket nedan är då 100 mm långt.",
    "실제 크기(100%)로 인쇄하고 ‘페이지에 맞춤’은 쓰지 마세요. 그러면 아래 선이 100mm가 돼요.",
    "Štampati u stvarnoj veličini (100 %), nikad „prilagodi stranici”. Crta ispod je tada duga 100 mm.",
)
BACKS = words(
    "Print on both sides, flipped on the {edge}.",
    "Skriv ut på båda sidor, vänd längs {edge}.",
    "{edge} 넘김으로 양면 인쇄하세요.",
    "Štampati obostrano, okretanje po {edge}.",
)
LONG = words("long edge", "långsidan", "긴 쪽", "dužoj ivici")
SHORT = words("short edge", "kortsidan", "짧은 쪽", "kraćoj ivici")
START = words(
    "The first sheet is a used one: its first free place is number {place}.",
    "Det första arket är redan använt: första lediga plats är nummer {place}.",
    "첫 장은 쓰던 용지예요. 첫 빈자리는 {place}번이에요.",
    "Prvi list je već korišten: prvo slobodno mjesto je broj {place}.",
)
CUT = words(
    "Cuts for each sheet: {cuts}, from mark to mark, the longest ones first.",
    "Snitt per ark: {cuts}, från märke till märke, de längsta först.",
    "한 장에 {cuts}번, 표시에서 표시까지 긴 쪽부터 자르세요.",
    "Rezova po listu: {cuts}, od oznake do oznake, najduži prvo.",
)
FOLDS: Mapping[Fold, Words] = MappingProxyType(
    {
        "half": words(
            "Fold once, from mark to mark, the print outside.",
            "Vik en gång, från märke till märke, trycket utåt.",
            "인쇄면을 바깥으로 해서 표시에서 표시까지 한 번 접으세요.",
            "Presaviti jednom, od oznake do oznake, štampa prema van.",
        ),
        "quarter": words(
            "Fold twice, the print outside: the upper half back, then the left half back.",
            "Vik två gånger, trycket utåt: övre halvan bakåt, sedan vänstra halvan bakåt.",
            "인쇄면을 바깥으로 해서 두 번 접으세요. 먼저 위쪽을 뒤로, 다음에 왼쪽을 뒤로 접어요.",
            "Presaviti dvaput, štampa prema van: gornju polovinu unazad, zatim lijevu polovinu unazad.",
        ),
        "tent": words(
            "Fold in the middle and stand it up.",
            "Vik på mitten och ställ upp kortet.",
            "가운데를 접어 세우세요.",
            "Presaviti na sredini i postaviti uspravno.",
        ),
    }
)
HEADS = (
    words("sheet.place", "ark.plats", "장.자리", "list.mjesto"),
    words("day", "dag", "날짜", "dan"),
    words("for", "till", "받는 사람", "za"),
    words("team", "team", "팀", "tim"),
    words("from", "från", "보내는 사람", "od"),
    words("note", "anmärkning", "참고", "napomena"),
)
ALONE = words("hand over alone", "lämnas i enrum", "따로 전하기", "predati nasamo")
