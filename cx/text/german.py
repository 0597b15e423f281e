"""Facts of the German language that the word analysis leans on. Everything is folded: ä is ae, ß is ss."""

import re


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


TOKEN = (
    r"https?://\S+|www\.\S+|[@#]?[\pL\pN](?:[-'’.*/&]?[\pL\pN]|[\pM_])*"
    r"|[:;=]['’]?-?[()|/\\DP3]+|<3+|\^\^|-[._]+-|[★☆⭐]+|\+{2,}|-{3,}|[!?]{2,}|[,;–(]"
    r"|[\x{203C}-\x{2BFF}\x{1F000}-\x{1FAFF}]"
)  # RE2; a word keeps its inner hyphens and dots, an emoji loses skin tone and variation

PREFIXES = _listed(
    "auseinander zusammen hinterher entgegen herunter hinunter herueber hinueber wieder weiter "
    "zurueck zurecht daneben herum heraus hinaus herein hinein runter rueber kaputt durch drauf empor ueber unter "
    "nach fest fort fehl hoch klar rein raus rum ran vor voll weg aus auf ein her hin los bei mit um an ab zu "
    "ver be ent er zer miss"
)
BOUND = frozenset(_listed("ver be ent er zer miss ge emp"))  # prefixes that form no compound

STOP = frozenset(
    _listed(
        "der die das den dem des ein eine einen einem einer eines ich du er sie es wir ihr mich mir dich dir uns euch "
        "ihm ihn ihnen sich man mein meine meinen meinem meiner meines unser unsere unseren unserem unserer ihre ihren "
        "ihrem ihrer sein seine seinen seinem seiner dein deine deinen deinem deiner dies diese dieser dieses diesen "
        "diesem ist bin sind war waren gewesen wird werden wurde wurden worden haben hat habe hatte hatten und oder "
        "dass auch"
    )
)  # never part of a phrase
SOFT = frozenset(_listed("so noch schon ja mal hier da dann halt eben"))  # left out of phrases that do without

SMALL = (
    STOP
    | SOFT
    | frozenset(
        _listed(
            "aber als am an auf aus bei beim bis denn dabei dafuer damit danach daran darauf darf darum davon dazu dennoch "
            "doch durch etwa falls fuer ganz gar gegen hierzu hinter im in indem ins jedoch jetzt kann kein koennen konnte mit "
            "muss muessen nach nachdem neben nicht nur ob obwohl ohne seit sehr sogar soll sondern sowie statt trotz trotzdem "
            "ueber um unter vom von vor waehrend was weil wenn wegen wer wie wieder will wo wobei zu zudem zum zur zwar zwischen"
        )
    )
)  # say nothing by themselves; no upload learns them

THEMELESS = SMALL | frozenset(
    _listed(
        "mehr viel viele vielen alles alle allen aller immer einfach etwas jemand jemanden mal bitte leider erst "
        "bereits wirklich sicher natuerlich eigentlich haben sein werden koennen muessen sollen wollen duerfen moegen "
        "machen gehen kommen geben lassen sagen stehen finden sehen wissen nehmen denken gerade jeder jede jedes "
        "jeden andere anderen anderer anderes selbst dort heute gestern morgen einmal zweimal beide beiden solche "
        "solcher solches solchen welche welcher welches bisschen wohl nun sonst zumindest ueberhaupt daher deshalb "
        "deswegen ausserdem allerdings insgesamt teilweise weiter weitere weiteren nochmal eher fast genau oft "
        "manchmal meist meistens wann wohin woher warum weshalb wieso drei vier fuenf sechs sieben acht neun zehn "
        "zwei erste ersten zweite zweiten dritte dritten herr herrn frau waere waeren wuerde wuerden haette haetten "
        "koennte koennten sollte sollten muesste muessten konnten wollte wollten durfte musste mussten gibt gab hab "
        "sind seid seien denen deren dessen einen voellig ziemlich recht relativ gleich echt laut hin weg"
    )
)  # no theme of what people write about

FREQUENT = frozenset(
    _listed(
        "nicht zu in mit fuer bei auf von koennen nach immer sehr gut nur wie was kein mehr alles an als wenn einfach "
        "wieder aus haben sein werden um bis so noch schon nichts ohne ganz machen gehen kommen lassen muessen da bei "
        "super preis produkt hier jetzt seit keine viel wenig alle ueber unter zur"
    )
)  # no phrase is looked up by these where it has another word

ENDINGS = frozenset(
    _listed(
        "e n s t en er es em st te et ten tes ter tem ere ern ste est eren erer eres erem sten ster stes stem tet test "
        "esten ester estes estem este ens ns nen in innen ete eten etes eter etem end ende enden endes ender endem"
    )
)
GENERIC = ("en", "er", "es", "em", "te", "et", "st", "e", "n", "s", "t")  # endings of words nobody knows

# Forms that no ending explains.
FORMS = {
    "beste": "best", "besten": "best", "bester": "best", "bestes": "best", "bestem": "best", "lange": "lang",
    "langen": "lang", "langer": "lang", "langes": "lang", "langem": "lang", "laenger": "lang",
    "besser": "gut", "bessere": "gut", "besseren": "gut", "besserer": "gut", "besseres": "gut",
    "hoeher": "hoch", "hoehere": "hoch", "hoeheren": "hoch", "hohe": "hoch", "hohen": "hoch", "hoher": "hoch",
    "hohes": "hoch", "hohem": "hoch", "naeher": "nah", "groesser": "gross", "kuerzer": "kurz",
    "aelter": "alt", "waermer": "warm", "kaelter": "kalt", "schwaecher": "schwach", "staerker": "stark",
    "haerter": "hart", "juenger": "jung", "aermer": "arm", "teure": "teuer", "teuren": "teuer", "teurer": "teuer",
    "teures": "teuer", "teurem": "teuer", "saure": "sauer", "sauren": "sauer", "dunkle": "dunkel",
    "dunklen": "dunkel", "keine": "kein", "keinen": "kein", "keinem": "kein", "keiner": "kein", "keines": "kein",
    "nichtmal": "nicht", "nich": "nicht", "ned": "nicht", "net": "nicht", "nix": "nichts", "niemanden": "niemand",
    "niemandem": "niemand", "garnicht": "nicht", "ausm": "aus", "vom": "von", "zum": "zur", "im": "in",
    "ins": "in", "am": "an", "ans": "an", "beim": "bei", "aufs": "auf", "uebers": "ueber", "fuers": "fuer",
    "mails": "mail", "emails": "mail", "email": "mail", "e-mail": "mail", "e-mails": "mail",
}  # fmt: skip

PLAIN = frozenset(_listed("schon schone fur uber wurde wurden konnte konnten musste mussten"))  # not "schön"
WISHES = frozenset(_listed("haette haetten waere waeren koennte koennten sollte sollten muesste muessten hoffentlich"))
NOT_DEGREE = frozenset(_listed("zu zuhause hause ende fuss"))

# First parts that judge whatever they stand before ("Traumservice", "Schrottgerät").
FRONTS = {
    "traum": 2.0, "spitzen": 2.0, "super": 2.0, "top": 2.0, "mega": 1.5, "bomben": 1.5, "lieblings": 1.5, "best": 1.5,
    "glanz": 1.5, "premium": 1.0, "qualitaets": 0.5, "mist": -2.0, "scheiss": -2.0, "horror": -2.0, "schrott": -2.0,
    "drecks": -2.0, "sau": -1.0, "wucher": -2.0, "pfusch": -2.0, "problem": -1.0, "alptraum": -2.0, "albtraum": -2.0,
    "katastrophen": -2.0, "fehl": -1.0, "pannen": -1.5, "billig": -1.0, "schein": -1.0, "abzock": -2.0, "chaos": -1.5,
    "betrugs": -2.0, "murks": -2.0, "droh": -1.0, "zwangs": -1.5, "muell": -1.5, "ekel": -2.0, "wunder": 1.5,
}  # fmt: skip

JOINTS = ("", "s", "n", "en", "es", "er", "e")  # between the parts of a compound

VOWEL = re.compile("[aeiouy]")
REPEATED = re.compile(r"(.)\1{2,}")
PARTICIPLE = re.compile(r"(.{0,12}?)ge(.{2,}t(?:e|en|er|es|em)?)")
FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\ufe0f": None, "’": "'"})


def folded(word: str) -> str:
    """`word` in lower case without umlauts and ß, so that all ways to spell it meet."""
    return word.lower().translate(FOLDS)


FORMS.update({word: word for word in SOFT | PLAIN})
