"""Countries and peoples: what their names and adjectives can become in English.

Not masked, since English chooses between them (`Cuba` before a minister is `Cuban`); but one of the forms must come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# English; Spanish name; Spanish adjective, masculine; Vietnamese
_TABLE = """
Afghanistan Afghan Afghans;Afganistán;afgano;Afghanistan,Áp-ga-ni-xtan
Algeria Algerian Algerians;Argelia;argelino;Algeria,An-giê-ri
United_States US American Americans USA U.S. U.S.A. America;Estados Unidos,EE.UU.,EE. UU.,EEUU;estadounidense,norteamericano;Hoa Kỳ
Angola Angolan Angolans;Angola;angoleño,angolano;Angola,Ăng-gô-la
Arab Arabic Arabs Arabian Arabia;;árabe;Ả-rập,Arab,A-rập
Argentina Argentine Argentinian Argentines Argentinians;Argentina;argentino;Argentina,Ác-hen-ti-na
Australia Australian Australians;Australia;australiano;Australia,Ô-xtrây-li-a
Austria Austrian Austrians;Austria;austriaco,austríaco;Áo quốc
Belarus Belarusian Belarusians Belarussian;Belarús,Bielorrusia;bielorruso,belaruso;Belarus,Bê-la-rút
Belgium Belgian Belgians;Bélgica;belga;Bỉ
Bolivia Bolivian Bolivians;Bolivia;boliviano;Bolivia,Bô-li-vi-a
Brazil Brazilian Brazilians;Brasil;brasileño;Brazil,Bra-xin,Brasil
Bulgaria Bulgarian Bulgarians;Bulgaria;búlgaro;Bulgaria,Bun-ga-ri
Cambodia Cambodian Cambodians Khmer Kampuchea;Camboya,Cambodia;camboyano;Campuchia,Cam-pu-chia
Canada Canadian Canadians;Canadá;canadiense;Canada,Ca-na-đa
Chile Chilean Chileans;Chile;chileno;Chile,Chi-lê
China Chinese;China;chino;Trung Quốc
Colombia Colombian Colombians;Colombia;colombiano;Colombia,Cô-lôm-bi-a
Congo Congolese;Congo;congoleño,congolés;Congo,Công-gô
Cuba Cuban Cubans Cuba's;Cuba;cubano;Cuba,Cu Ba,Cu-ba
Czech Czechs Czechia Czech_Republic;República Checa,Chequia;checo;Séc,Cộng hòa Séc
Denmark Danish Danes Dane;Dinamarca;danés;Đan Mạch
Dominican Dominicans Dominica;República Dominicana;dominicano;Dominicana
Ecuador Ecuadorian Ecuadorean Ecuadorians;Ecuador;ecuatoriano;Ecuador
Egypt Egyptian Egyptians;Egipto;egipcio;Ai Cập
Britain English British England UK U.K. United_Kingdom Briton Britons;Inglaterra,Reino Unido,Gran Bretaña;inglés,británico;Vương quốc Anh,nước Anh,người Anh
Ethiopia Ethiopian Ethiopians;Etiopía;etíope;Ethiopia,Ê-ti-ô-pi-a
Finland Finnish Finn Finns;Finlandia;finlandés;Phần Lan
France French Frenchman Frenchmen;Francia;francés;Pháp
Germany German Germans;Alemania;alemán;nước Đức,người Đức,CHLB Đức
Greece Greek Greeks;Grecia;griego;Hy Lạp
Guatemala Guatemalan Guatemalans;Guatemala;guatemalteco;Guatemala
Haiti Haitian Haitians;Haití;haitiano;Haiti,Ha-i-ti
Honduras Honduran Hondurans;Honduras;hondureño;Honduras
Hungary Hungarian Hungarians;Hungría;húngaro;Hungary,Hung-ga-ri
India Indian Indians;;;Ấn Độ
Indonesia Indonesian Indonesians;Indonesia;indonesio;Indonesia,In-đô-nê-xi-a
Iran Iranian Iranians;Irán;iraní;Iran,I-ran
Iraq Iraqi Iraqis;Irak,Iraq;iraquí;Iraq,I-rắc
Ireland Irish;Irlanda;irlandés;Ireland,Ai-len
Israel Israeli Israelis;Israel;israelí;Israel,I-xra-en
Italy Italian Italians;Italia;italiano;Italia,Italy,I-ta-li-a
Jamaica Jamaican Jamaicans;Jamaica;jamaicano,jamaiquino;Jamaica
Japan Japanese;Japón;japonés;Nhật Bản,người Nhật
Kazakhstan Kazakh Kazakhs;Kazajstán;kazajo;Kazakhstan,Ca-dắc-xtan
Korea Korean Koreans ROK RoK DPRK;Corea;coreano,surcoreano,norcoreano;Hàn Quốc,Triều Tiên
Laos Lao Laotian Laotians;Laos;laosiano;Lào
Lebanon Lebanese;Líbano;libanés;Lebanon,Li-băng,Liban
Malaysia Malaysian Malaysians;Malasia;malasio;Malaysia,Ma-lai-xi-a
Mexico Mexican Mexicans;México,Méjico;mexicano;Mexico,Mê-hi-cô
Mongolia Mongolian Mongolians;Mongolia;mongol;Mông Cổ
Morocco Moroccan Moroccans;Marruecos;marroquí;Morocco,Ma-rốc
Mozambique Mozambican Mozambicans;Mozambique;mozambiqueño,mozambicano;Mozambique,Mô-dăm-bích
Myanmar Burma Burmese;Myanmar;birmano;Myanmar,Mi-an-ma
Namibia Namibian Namibians;Namibia;namibio;Namibia
Netherlands Dutch Holland;Países Bajos,Holanda;holandés,neerlandés;Hà Lan
Nicaragua Nicaraguan Nicaraguans;Nicaragua;nicaragüense;Nicaragua
Nigeria Nigerian Nigerians;Nigeria;nigeriano;Nigeria
Norway Norwegian Norwegians;Noruega;noruego;Na Uy
Pakistan Pakistani Pakistanis;Pakistán;paquistaní,pakistaní;Pakistan,Pa-ki-xtan
Palestine Palestinian Palestinians;Palestina;palestino;Palestine,Pa-le-xtin,Palestin
Panama Panamanian Panamanians;Panamá;panameño;Panama,Pa-na-ma
Paraguay Paraguayan Paraguayans;Paraguay;paraguayo;Paraguay
Peru Peruvian Peruvians;Perú;peruano;Peru,Pê-ru
Philippines Philippine Filipino Filipinos;Filipinas;filipino;Philippines,Phi-líp-pin,Philippin
Poland Polish Pole Poles;Polonia;polaco;Ba Lan
Portugal Portuguese;Portugal;portugués;Bồ Đào Nha
Qatar Qatari Qataris;Qatar,Catar;catarí,qatarí;Qatar,Ca-ta
Romania Romanian Romanians;Rumanía,Rumania;rumano;Romania,Ru-ma-ni
Russia Russian Russians;Rusia;ruso;Liên bang Nga,nước Nga,người Nga,LB Nga
Saudi Saudis;Arabia Saudita,Arabia Saudí;saudí,saudita;Saudi,Xê-út
Serbia Serbian Serbians Serb Serbs;Serbia;serbio;Serbia,Xéc-bi-a
Singapore Singaporean Singaporeans;Singapur;singapurense;Singapore,Xin-ga-po
Slovakia Slovak Slovaks Slovakian;Eslovaquia;eslovaco;Slovakia,Xlô-va-ki-a
South_Africa South_African South_Africans;Sudáfrica;sudafricano;Nam Phi
Soviet Soviets USSR;Unión Soviética;soviético;Liên Xô
Spain Spanish Spaniard Spaniards;España;español;Tây Ban Nha
Sudan Sudanese;Sudán;sudanés;Sudan,Xu-đăng
Sweden Swedish Swede Swedes;Suecia;sueco;Thụy Điển
Switzerland Swiss;Suiza;suizo;Thụy Sĩ
Syria Syrian Syrians;Siria;sirio;Syria,Xy-ri
Thailand Thai Thais;Tailandia;tailandés;Thái Lan
Tunisia Tunisian Tunisians;Túnez;tunecino;Tunisia,Tuy-ni-di
Turkey Turkish Turk Turks Türkiye Turkiye;Turquía;turco;Thổ Nhĩ Kỳ
Ukraine Ukrainian Ukrainians;Ucrania;ucraniano;Ukraine,U-crai-na,Ucraina
Uruguay Uruguayan Uruguayans;Uruguay;uruguayo;Uruguay
Venezuela Venezuelan Venezuelans;Venezuela;venezolano;Venezuela,Vê-nê-xu-ê-la
Vietnam Vietnamese Viet_Nam Việt_Nam Việt;Vietnam,Viet Nam;vietnamita;Việt Nam,Viet Nam,người Việt
Zimbabwe Zimbabwean Zimbabweans;Zimbabue,Zimbabwe;zimbabuense;Zimbabwe,Dim-ba-bu-ê
"""


@dataclass(frozen=True, slots=True)
class Country:
    english: tuple[str, ...]
    spanish: tuple[str, ...]
    adjectives: tuple[str, ...]
    vietnamese: tuple[str, ...]

    def names(self, language: str) -> tuple[str, ...]:
        return self.vietnamese if language == "vi" else (*self.spanish, *self.adjectives)


def _countries() -> Iterator[Country]:
    for line in _TABLE.strip().splitlines():
        english, names, adjectives, vietnamese = line.split(";")
        yield Country(
            tuple(name.replace("_", " ") for name in english.split()),
            tuple(filter(None, names.split(","))),
            tuple(form for adjective in filter(None, adjectives.split(",")) for form in _forms(adjective)),
            tuple(vietnamese.split(",")),
        )


def _forms(adjective: str) -> tuple[str, ...]:
    """Its genders and numbers: cubano, cubana, cubanos, cubanas."""
    stem, end = adjective[:-1], adjective[-1]
    if end == "o":
        return tuple(stem + ending for ending in ("o", "a", "os", "as"))
    if end in "aeé":
        return adjective, f"{adjective}s"
    if end == "í":
        return adjective, f"{adjective}s", f"{adjective}es"
    plain = adjective[:-2] + {"é": "e", "á": "a", "ó": "o"}.get(adjective[-2], adjective[-2]) + end
    return adjective, *(plain + ending for ending in ("a", "es", "as"))


COUNTRIES = tuple(_countries())
