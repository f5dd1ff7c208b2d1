"""The names of months in the languages in which programs around us write dates.

A word is one month, but for a few of Croats: `listopad` is their October, and to Poles and Czechs it is
November (`of_two`). Who does not know which of them wrote it has to ask.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

# Twelve words a line; abbreviations and what stands behind a day beside the full names.
# Dutch, English, German and French
_NEAR = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "jan feb maa apr mei jun jul aug sept okt nov dec",
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner febr maerz apr mai jun jul aug sept okt nov dez",
    "jän feber mär apr mai jun jul aug sept oct nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil aout sept oct nov déc",
)
CROATIAN = "kroatisch"
NORTHERN = "pools"  # and Czech
_CROATIAN = (
    "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac",
    "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "sij velj ožu tra svi lip srp kol ruj lis studenog prosinca",
    "siječ vel ožuj trav svib lip srp kolov rujna listopada stu prosinca",
)
_FAR = (
    # Indonesian and Malay
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "jan peb mar apr mei jun jul agu sept okt nop des",
    "jan pebruari mar apr mei jun jul agt sept okt nopember des",
    "januari februari mac april mei jun julai ogos september oktober november disember",
    "jan feb mac apr mei jun jul ogo sep okt nov dis",
    # Spanish, Portuguese, Italian, Catalan, Romanian
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre oct nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "genn febbr mar apr magg giu lug ago sett ott nov dic",
    "gen feb mar apr mag giu lugl ago set ott nov dic",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ian febr mart apr mai iun iul aug sept oct noi dec",
    # Danish, Norwegian, Swedish, Finnish, Estonian, Icelandic
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    "januari februari mars april maj juni juli augusti september oktober november december",
    (
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu "
        "joulukuu"
    ),
    (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
        "lokakuuta marraskuuta joulukuuta"
    ),
    "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    # Polish, Czech, Slovak, Slovene, Hungarian
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "ledna únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "led úno bře dub kvě čvn čvc srp zář říj lis prosince",
    "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "januarja februarja marec april maj junij julij avgust september oktober november december",
    "január február március április május június július augusztus szeptember október november december",
    "jan febr márc ápr máj jún júl aug szept okt nov dec",
    # Latvian, Lithuanian, Turkish, Greek
    "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
    (
        "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου "
        "νοεμβρίου δεκεμβρίου"
    ),
    # Russian, Ukrainian, Bulgarian
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    # Afrikaans and Frisian
    "januarie februarie maart april mei junie julie augustus september oktober november desember",
    "jannewaris febrewaris maart april maaie juny july augustus septimber oktober novimber desimber",
)


def _bare(name: str) -> str:
    """A name without accents, as programs write it that know no others."""
    parts = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _numbered(lines: Iterable[str]) -> dict[str, int]:
    return {
        name: number
        for line in lines
        for number, word in enumerate(line.split(), 1)
        for name in (word, _bare(word))
    }


def near_months() -> dict[str, int]:
    """The names of Dutch, English, German and French months, in small letters, with their numbers."""
    return _numbered(_NEAR)


@cache
def _numbers() -> dict[str, int]:
    return _numbered((*_CROATIAN, *_FAR, *_NEAR))


@cache
def _by_others() -> dict[str, int]:
    return _numbered((*_FAR, *_NEAR))


@cache
def _by_croats() -> dict[str, int]:
    return _numbered(_CROATIAN)


def of_two(name: str) -> bool:
    """Whether a word in small letters is one month to Croats and another one to Poles or Czechs."""
    return _by_croats().get(name, _numbers().get(name)) != _numbers().get(name)


def month_in(name: str, language: str) -> int | None:
    """The number of a month by its name, where it is known who wrote it: `CROATIAN` or `NORTHERN`."""
    return _by_croats().get(name, month_named(name)) if language == CROATIAN else month_named(name)


def says_who(name: str) -> str:
    """`CROATIAN` for a month that only Croats call so, `NORTHERN` for one that they do not, or empty."""
    if (name in _by_croats()) == (name in _by_others()):
        return ""
    return CROATIAN if name in _by_croats() else NORTHERN


def month_named(name: str) -> int | None:
    """The number of a month by its name in small letters, with or without accents; None for another word."""
    return _numbers().get(name) or _numbers().get(_bare(name))
