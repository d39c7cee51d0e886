"""The commonest words of the languages that the wire meets: they tell Spanish from its neighbours at a glance.

A word may stand in several languages; then it speaks for none of them against the others. Vietnamese is here
without its marks: with them it is known by its letters.
"""

from __future__ import annotations

_WORDS = {
    "en": """
        the of to and a in is for that on with are as be was you it at by from this have they can an has
        not will which your their he were if more most but one had when some all other about would his
        been who its also than after said into over there what between we she her i do no or so up out
        them these those our
    """,
    "es": """
        de la el en que y a los se un las con del una es por para no su al o más mas como lo si son este
        ser sus puede ha cuando entre durante sobre ya pero desde fue hasta tiene esta está también
        tambien sin hay han muy le ese esa esto estos estas donde porque todo todos toda todas otros
        otras según año años nos hace cada había qué cual quien mi me te les dos tras ante fueron así ni
        era eran sólo solo contra vez antes estaba estaban aquí tan esos tal otro otra segundo sea dijo
        mientras además aunque ella ellos ellas eso nuestra nuestro están algunos algunas uno unos unas
    """,
    "pt": """
        de a o e que do em da para um uma os com se é no as na por não mais ou como dos ao são foi ser
        das você sua mas seu à pode pelo também tem quando ele ela pessoas muito está nos nas anos pela
        isso esta este até sobre entre depois já seus suas aos às há num numa sem só ainda foram eles
        nós lhe qual
    """,
    "gl": """
        de a que o e os en do se da un para unha as máis é no non con na ao ou dos por como das súa á
        seu polo dun dunha aínda aos durante poden tamén sobre ser nos cando pero foi persoas pola moi
        ata son ten unhas uns estas este esta nas ás isto xa hai pode outros entre onde lle foron cos
        cun cunha coa coas polos polas nun nunha ela eles elas iso mentres segundo tan só ben despois
        antes vez anos ano dende desde toda todo todos todas cada era eran tiña tiñan deste desta destes
        destas algúns algunhas calquera quen cal cales sen ese esa tal así nin mesmo mellor fixo dixo
        contra ante tras estaba está están alí hoxe nosa noso teñen súas seus sexa case soamente outra
        outro outras pódese porén ademais
    """,
    "ca": """
        de la a i que el d l en per un els les una del es va amb més és no al ha s o dels com hi ser tot
        van són si se han però altres fer pot als cap també seva seu poden aquest aquesta aquests anys
        molt on quan sense entre tots fins pels ja nos ens havia perquè seus seves sobre des aquestes
        ara dos dues així qual quals ells ella elles això mateix mateixa tant era està estan sigui molts
        moltes cada segons durant després abans contra fou té tenen fa tota totes uns unes aquells
        aquella nostra nostre fet
    """,
    "fr": """
        de la le l les et des à d en un une est du a dans que pour il qui plus sur au par sont vous ou
        qu se été pas s avec ont être ne ce n aux mais ils peut comme son ses cette elle nous tout fait
        leur deux même sa si y lui entre après aussi ces je on c sans
    """,
    "it": """
        di il e la a in che un è per del l i le una si della con da non ha sono più al nel o dell dei
        gli alla delle anche all stato ma essere se nella come questo cui sul dal lo ai degli alle dalla
        tra fra suo sua ed ad hanno era quando dopo molto perché mi ti ci su
    """,
    "ro": """
        de a în și la o cu care din pentru mai pe să este un se au nu că fost sau sunt fi al ca şi ce si
        poate ar dar ale lui când prin după acest această ei lor fără până între iar unei unui
    """,
    "de": """
        die und der in das von mit zu den ist sie im für es auf auch ein sich nicht an als ich eine des
        dem wir werden wird er aus bei nur einer sind nach oder einem einen mehr hat am aber um man war
        über vom zum zur
    """,
    "nl": """
        de van in het een en is zijn op met te hij voor werd door uit dat die er deze aan bij als tot
        was om ook naar niet maar ze worden haar dit zich na of onder dan wordt heeft over je wij ik
    """,
    "af": """
        die en van is nie in het te wat dit ek om ons op met dat as vir word sy hulle hy jy aan my kan
        maar na was ook sal by hierdie oor gaan deur moet daar
    """,
    "id": """
        yang dan di dengan untuk dari ini tidak pada dalam itu ke anda orang atau mereka lebih akan
        adalah dapat tersebut telah bahwa saat menjadi oleh ada juga tetapi satu banyak sebagai beberapa
        bisa ia karena seperti sebuah daripada kepada boleh bahawa mempunyai merupakan saya kita kami
    """,
    "la": """
        et in est ad sunt per anno a cum de ut qui ab non autem ex sed eius etiam quae esse quod vel
        inter e erat fuit atque quo se aut quam eum hic ac enim nec sicut post
    """,
    "eo": """
        la de kaj en estas al por mi estis ke ne kiel el kun li pri oni sed ni vi ili kiu tiu ĝi per da
        se ĉi pli dum kiuj plej tiuj tio aŭ havas unu ankaŭ
    """,
    "tl": """
        sa ng ang na mga ay at isang ito si noong ni may o siya hindi bilang mula para nito kanyang pang
        ibang kung rin pag kanilang niya upang naging hanggang
    """,
    "sw": """
        ya na wa kwa katika ni mwaka za la kuwa cha au hii vya wakati baada yake lakini pia zaidi kutoka
        hadi ilikuwa
    """,
    "sq": """
        të e në i dhe me një nga për që është më u së ka si edhe te se ai ishte tij janë nuk prej duke
    """,
    "cy": """
        yn y yr o i a mae ar ei ac oedd gyda roedd wedi fel un yw neu am ond sy mewn
    """,
    "eu": """
        eta da zen bat ere ziren izan zuen ez dira du ditu egin zuten zituen baina edo
    """,
    "vi": """
        cua va duoc trong nguoi khong nhung cac mot da voi la co cho nay den khi ve tu ra se nam tren do
        bi tai hon nhieu viec lam theo thi rang cung sau nhu ong ba vao dang nuoc quoc chinh phu ngay
        thanh pho hop tac giua hai nhat roi chi con toi ban
    """,
}

FUNCTION_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _WORDS.items()}

LANGUAGES_OF: dict[str, frozenset[str]] = {
    word: frozenset(code for code, words in FUNCTION_WORDS.items() if word in words)
    for word in frozenset().union(*FUNCTION_WORDS.values())
}
