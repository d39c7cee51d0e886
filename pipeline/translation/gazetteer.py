"""Names that are recognised by their words, or by those beside them, and words that look like names and are none.

Written for triwire. Vietnamese family names are few: these cover nearly everybody who bears one.
"""

from __future__ import annotations


def _pairs(names: str) -> dict[str, str]:
    return {name: english for name, _, english in (pair.partition(":") for pair in names.split(","))}


FAMILY_NAMES = frozenset(
    (
        "Bùi Bạch Cao Chu Châu Cù Diệp Doãn Dương Giàng Hoàng Huỳnh Hà Hàn Hầu Hồ Hứa Khuất Khổng Kiều La Lâm Lê Lò Lý"
        " Lưu Lương Lại Lục Lữ Ma Mai Mã Mạc Nghiêm Nguyễn Ngô Ninh Nông Phan Phùng Phạm Quách Sùng Thái Thân Thạch"
        " Tiêu Trang Triệu Trương Trần Trịnh Tòng Tô Tôn Tăng Tạ Tống Từ Uông Vi Viên Võ Văng Vũ Vương Âu Đinh Điểu"
        " Đoàn Đàm Đào Đậu Đặng Đỗ Ưng"
    ).split()
)
"""With which a Vietnamese name begins; some of them are also other words."""

RISKY_FAMILY_NAMES = frozenset(
    (
        "Bạch Cao Chu Châu Dương Hà Hàn Hầu Hồ La Lâm Lý Lại Lục Ma Mai Mã Ninh Nông Thái Thân Tiêu Trang Triệu Từ Vi"
        " Viên Văng Âu Đoàn Ưng"
    ).split()
)
"""With one more word these may be a country, a lake, a union or a title (Thái Lan, Hồ Tây, Đoàn Thanh niên): two are
wanted."""

NO_PERSONS = frozenset(
    (
        "thai lan,ha lan,thai binh duong,dai tay duong,an do duong,ha noi,hoang sa,truong sa,han quoc,trung quoc,"
        "nhat ban,trieu tien,an do,tay ban nha,bo dao nha,dong nam a,chau a,chau au,chau phi,chau my,chau dai duong,"
        "thuy dien,thuy si,phan lan,ba lan,na uy,dan mach,hy lap,ai cap,tho nhi ky,viet nam,hoa ky,lien xo,"
        "lien hop quoc,bac kinh,thuong hai,hong kong,dai loan,bien dong,trung dong,binh nhuong,mac tu khoa,chu nhat,"
        "thu hai,thu ba,thu tu,thu nam,thu sau,thu bay,nguyen dan,nha trang trang,lau nam goc,quoc khanh,quoc hoi,"
        "bac ho,cu ho,dang cong,bo chinh,bo quoc,bo ngoai,bo cong,uy ban,hoi huu,hoi nong,hoi lien,hoi dong,mat tran,"
        "to quoc,nuoc cong,cong hoa,nam phi,han,uc,phap,duc,nga,my,anh,lao,y,bo dao,mong co,nam my,bac my,tay au,"
        "dong au,bac au,nam a,trung a,trung my,my latinh,my la tinh,lien minh,quoc te,trung uong,dai hoi,"
        "dien bien hoa,lien hiep,hoi giao,cao uy,dao tao,dau nanh,dau phong,vu khi,vu tru,vu truong,vo thuat,"
        "bach tuyet,ho hoan kiem,ho tay,ho ba be,ho truc bach,ho dau tieng,ho tri an,chu tich,thu tuong,bo truong,"
        "pho chu,pho thu,pho tong,pho giam,pho bi,tong bi,tong thong,tong giam,giam doc,uy vien,thu truong,bi thu,"
        "thanh pho,dai su,chu nhiem,truong ban,vien truong,giao su,tien si,thieu tuong,trung tuong,thuong tuong,"
        "dai tuong,pham vi,pham nhan,duong sat,duong bo,la ma,tu do,do thai,nam cuc,bac cuc,vuong phi,vuong quoc,"
        "vuong mien,a rap,doan a,khong tu,o anh,o my,o viet,cu ba,hoang gia"
    ).split(",")
)
"""Beginnings, without marks, of what starts like a name and must be translated."""

TO_THE_CHINESE = frozenset(
    (
        "Bạch Cao Chu Châu Diệp Dương Hà Hàn Hoàng Hồ Hứa Khổng La Lâm Lý Lưu Lương Lục Mã Mạc Ngô Quách Thái Thạch"
        " Tiêu Trang Triệu Trương Trần Tô Tôn Tăng Tạ Tống Từ Uông Vi Viên Vương Đinh Đàm Đường Đặng"
    ).split()
)
"""Family names that the Chinese have, too, and English then spells in another way (Trương is Zhang)."""

CHINA = ("Trung Quốc", "Trung Hoa", "Đài Loan", "Bắc Kinh", "Hồng Kông", "Hong Kong", "Ma Cao", "Macau", "Triều Tiên")
"""Where a text speaks of one of these, such a name may be a Chinese one."""

SURELY_VIETNAMESE = frozenset(
    (
        "Tô Lâm,Lương Cường,Trần Thanh Mẫn,Trần Cẩm Tú,Trương Tấn Sang,Trương Hòa Bình,Trương Mỹ Hoa,Vương Đình Huệ,"
        "Hồ Chí Minh,Hồ Xuân Hương,Hồ Đức Phớc,Hồ Quốc Dũng,Trần Đại Quang,Trần Đức Lương,Trần Lưu Quang,"
        "Trần Sỹ Thanh,Trần Hưng Đạo,Trần Hồng Hà,Trần Hồng Thái,Lý Thái Tổ,Lý Thường Kiệt,Lý Tự Trọng,"
        "Lương Tam Quang,Ngô Xuân Lịch,Ngô Phương Ly,Ngô Quyền,Đặng Thị Ngọc Thịnh,Đặng Hoàng Giang,Đinh Tiên Hoàng,"
        "Hoàng Diệu,Hoàng Văn Thụ,Lâm Văn Mẫn,Châu Văn Minh,Dương Văn An,Thái Thanh Quý,Hà Thị Nga,Trần Phú,"
        "Trần Quang Phương"
    ).split(",")
)
"""Whom the news names all the time."""

BEFORE_A_PLACE = frozenset(
    "xã phường huyện quận thôn ấp làng trấn bay sạn chợ chùa đèo đường phố cầu ty nghiệp".split()
)
BEFORE_A_PERSON = frozenset("ông bà anh chị em cháu cô chú bác cụ".split())
"""In Vietnamese: the words in capitals after one of these are the name of a place (`sân bay`, `khách sạn`, `công ty`)
or a person, if they are all that is in capitals."""

NO_PLACES = frozenset(
    (
        "An Ban Bao Biên Bách Báo Bình Bảo Bắc Bộ Chính Chứng Công Cảng Cấp Cổ Cục Du Dân Dược Dầu Giao Giải Hàng Hải"
        " Hội Khoa Khách Khí Kinh Lao Luật Lương Môi Ngân Nông Nước Phát Quản Quốc Sản Sở Sữa Than Thép Thương Thực"
        " Truyền Tài Tư Tập Tổng Ung Viễn Vàng Văn Vận Xuất Xây Xã Y Á Âu Điện Đông Đường Đại Đầu"
    ).split()
)
"""With which the name of a company, or a title, begins that has to be translated."""

VIETNAMESE_PLACES = frozenset(
    (
        "An Giang,Bà Rịa,Bình Dương,Bình Phước,Bình Thuận,Bình Định,Bạc Liêu,Bắc Giang,Bắc Kạn,Bắc Ninh,Bến Tre,"
        "Cao Bằng,Cà Mau,Cần Thơ,Gia Lai,Hà Giang,Hà Nam,Hà Tĩnh,Hòa Bình,Hưng Yên,Hạ Long,Hải Dương,Hải Phòng,"
        "Hậu Giang,Hội An,Khánh Hòa,Kiên Giang,Kon Tum,Lai Châu,Long An,Lào Cai,Lâm Đồng,Lạng Sơn,Nam Định,Nghệ An,"
        "Nha Trang,Ninh Bình,Ninh Thuận,Phú Quốc,Phú Thọ,Phú Yên,Pleiku,Quy Nhơn,Quảng Bình,Quảng Nam,Quảng Ngãi,"
        "Quảng Ninh,Quảng Trị,Sa Pa,Sóc Trăng,Sơn La,Thanh Hóa,Thái Bình,Thái Nguyên,Thừa Thiên Huế,Tiền Giang,"
        "Trà Vinh,Tuyên Quang,Tây Ninh,Vĩnh Long,Vĩnh Phúc,Vũng Tàu,Yên Bái,Điện Biên,Điện Biên Phủ,Đà Lạt,Đà Nẵng,"
        "Đắk Lắk,Đắk Nông,Đồng Hới,Đồng Nai,Đồng Tháp,Bà Nà,Ba Đình,Biên Hòa,Buôn Ma Thuột,Bạch Mai,Bảo Lộc,Chợ Rẫy,"
        "Côn Đảo,Cát Bà,Cái Mép,Cần Giờ,Củ Chi,Dung Quất,Gia Lâm,Hòa Lạc,Hoàn Kiếm,Lý Sơn,Long Biên,Long Thành,"
        "Mù Cang Chải,Mường Thanh,Mỹ Tho,Mộc Bài,Mộc Châu,Móng Cái,Nghi Sơn,Nội Bài,Phan Rang,Phan Thiết,Phong Nha,"
        "Phú Bài,Phú Mỹ,Phú Quý,Rạch Giá,Sơn Đoòng,Tam Đảo,Tam Kỳ,Thủ Thiêm,Thủ Đức,Tràng An,Trúc Bạch,Tân Sơn Nhất,"
        "Tuy Hòa,Vân Đồn,Việt Trì,Đồng Văn,Đồng Xoài,Đông Hà,Huế"
    ).split(",")
)
"""Provinces, as they were before and after the mergers of 2025, and towns: English keeps these names."""

CUBAN_PLACES = frozenset(
    (
        "Abreus,Aguada de Pasajeros,Alquízar,Amancio,Arroyo Naranjo,Artemisa,Bahía Honda,Banes,Baracoa,Baraguá,"
        "Bartolomé Masó,Batabanó,Bauta,Bayamo,Bejucal,Boyeros,Buey Arriba,Cabaiguán,Caibarién,Caimanera,Caimito,"
        "Camagüey,Camajuaní,Cauto Cristo,Chambas,Chivirico,Ciego de Ávila,Cienfuegos,Cifuentes,Ciro Redondo,Cojímar,"
        "Consolación del Sur,Contramaestre,Corralillo,Cotorro,Cumanayagua,Gibara,Guáimaro,Guamá,Guanabacoa,Guanajay,"
        "Guane,Guantánamo,Güines,Güira de Melena,Holguín,Imías,Jagüey Grande,Jaruco,Jatibonico,Jesús Menéndez,Jiguaní,"
        "Jimaguayú,Jobabo,Jovellanos,La Lisa,La Palma,La Sierpe,Las Tunas,Los Arabos,Los Palacios,Maisí,Majagua,"
        "Majibacoa,Manatí,Manicaragua,Mantua,Manuel Tames,Manzanillo,Mariel,Marianao,Matanzas,Mayabeque,Mayarí,"
        "Melena del Sur,Minas de Matahambre,Moa,Morón,Najasa,Niceto Pérez,Niquero,Nueva Gerona,Nueva Paz,Nuevitas,"
        "Palma Soriano,Pedro Betancourt,Pilón,Pinar del Río,Placetas,Puerto Padre,Quivicán,Rafael Freyre,Ranchuelo,"
        "Río Cauto,Sagua de Tánamo,Sagua la Grande,San Antonio de los Baños,San Antonio del Sur,San Cristóbal,"
        "San José de las Lajas,San Juan y Martínez,San Nicolás,Sancti Spíritus,Sandino,Santa Clara,"
        "Santa Cruz del Norte,Santa Cruz del Sur,Santiago de Cuba,Sibanicú,Sierra de Cubitas,Taguasco,Unión de Reyes,"
        "Urbano Noris,Varadero,Villa Clara,Viñales,Yaguajay,Yateras"
    ).split(",")
)
"""Provinces and municipalities, but for those that are also other words: English keeps these names, too."""

COUNTRIES_IN_VIETNAMESE = frozenset(
    (
        "ASEAN Achentina Afghanistan Ailen Africa Albania Algeria America Andorra Angola Antigua Arab Argentina"
        " Argentinia Armenia Asia Australia Austria Azerbaijan Bahamas Bahrain Bangladesh Barbados Belarus Belize"
        " Benin Bhutan Bolivia Bosnia Botswana Brasil Braxin Brazil Brunei Bulgaria Burundi Caribbean Caribe Cameroon"
        " Campuchia Canada Catalonia Chad Chechnya Chile Châu Colombia Comoros Congo Crimea Croatia Cuba Cyprus"
        " Dominica Ecuador Eritrea Estonia Eswatini Ethiopia Euro Europe Fiji Gabon Gambia Georgia Ghana Greenland"
        " Grenada Grudia Gruzia Guatemala Guinea Guyana Habana Haiti Hamas Havana Hindu Honduras Hungary Iceland"
        " Indonesia Internet Iraq Irac Iran Ireland Islam Israel Italia Italy Jamaica Jordan Kashmir Kazakhstan Kenya"
        " Kosovo Kurd Kuwait Kyrgyzstan Laos Latin Latinh Latvia Lebanon Lesotho Liban Liberia Libi Libia Libya Litva"
        " Liên Lithuania Luxembourg Macedonia Madagascar Malawi Malaysia Maldives Mali Malta Mauritius Mexico Moldova"
        " Monaco Mongolia Montenegro Morocco Moskva Mozambique Muslim Myanmar Mỹ Namibia Nepal Nga Nicaragua Niger"
        " Nigeria Olympic Olympics Oman Pakistan Palestin Palestine Panama Paraguay Peru Philippin Philippines Pháp"
        " Poland Portugal Qatar Romania Roma Rumani Russia Rwanda Samoa Saudi Scotland Senegal Serbia Seychelles"
        " Siberia Sicily Singapore Slovakia Slovenia Somali Somalia Spain Sudan Suriname Sweden Syria Taiwan Taliban"
        " Tajikistan Tanzania Tasmania Thailand Tibet Timor Togo Tonga Tunisia Turkey Turkmenistan Uganda Ucraina"
        " Ukraina Ukraine Uruguay Uzbekistan Vanuatu Vatican Venezuela Vietnam Wales Yemen Zambia Zealand Zimbabwe Đức"
    ).split()
)
"""Left to the model, since English may want the adjective (`Cuba` before a minister is `Cuban`) or another spelling."""

NO_FOREIGN_NAMES = frozenset(
    (
        "Anh Bang Blog Blogger Bom Bus Camera Cano Cao Caravan Carton Casino Cha Chi Chip Cho Clip Clo Con Container"
        " Corona Coronavirus Covid Cung Do Drone Email Festival File Game Gas Giao Gien Golf Gym Hai Hay Hoa Hormone"
        " Hotline Insulin Khi Khu Kinh Laptop Livestream Marathon Massage Nam Nano Nhan Nilon Noel Online Pin Plastic"
        " Protein Robot Sang Sao Sau Server Session Show Sim Smartphone Startup Stress Studio Sun Tablet Taxi Theo Tin"
        " Top Tour Tracker Trang Trong Trung Tungsten Tuy Tivi Tweet Vaccine Vacxin Vi Video Virus Vitamin Vua Website"
        " Wifi X-quang Xem Xin Xe"
    ).split()
)
"""In Vietnamese text: words without marks that begin a sentence, or are no names."""

AMBIGUOUS_AFTER = frozenset("đốc trưởng CEO HLV viên tịch đạo vệ môn thủ sao sĩ báo chí đội chức lý biểu".split())
"""Last words of titles with a place or a club behind them: in `HLV Real Madrid Xabi Alonso` two are the name."""

GIVEN_NAMES = frozenset(
    (
        "Abel Adela Adolfo Adrián Adán Agustín Aida Alberto Aleida Alejandra Alejandro Alexander Alexei Alexis"
        " Alfonso Alfredo Alicia Alina Amado Amalia Ana Anabel Andrea Andrés Angélica Antonia Antonio António"
        " Aníbal Aramis Arelys Ariadna Ariel Armando Arnaldo Arturo Augusto Aurelio Aylín Beatriz Begoña Belinda"
        " Belkis Benito Bernardo Blanca Bruno Bárbara Camila Camilo Caridad Carlos Carmen Carolina Cecilia Celia"
        " Claudia Cristina Cristóbal César Dagmar Dagoberto Damaris Daniel Daniela Darío David Dayana Daylín"
        " Deborah Delia Diego Digna Donald Dora Dulce Edel Eduarda Eduardo Elba Elena Elio Eliseo Eloy Elsa Elías"
        " Emeterio Emilio Emmanuel Enrique Ernesto Esteban Eugenia Eugenio Eusebio Eva Evelio Evo Fabio Fabián"
        " Federico Felipe Fernanda Fernando Fidel Francisco Frank Félix Gabriel Gabriela Gastón Gerardo Germán"
        " Gilberto Gisela Gloria Gonzalo Graciela Guillermo Gustavo Haydée Hernán Hilda Homero Hugo Humberto Héctor"
        " Ignacio Ildefonso Ileana Iliana Inmaculada Inés Irene Irma Isabel Ismael Ismary Iván Jacinto Jaime James"
        " Javier Jesús Joaquín Joe Joel John Jorge Josefina José Juan Juana Julia Julieta Julio Julián Kamala Katia"
        " Laura Leandro Leonardo Leonel Leticia Lidia Liliana Lina Lisandra Lisbet Liset Lorenzo Lourdes Lucas"
        " Lucía Luis Luisa Luiz Lula Luz Lázara Lázaro Magalys Magda Manuel Marcelo Marcia Marcos Mariana Mariela"
        " Marino Mario Maritza Marlén Marta Martín Mary María Mateo Mauricio Mayelín Maykel Mayra Melba Michael"
        " Miguel Mikel Milagros Mirta Misael Mónica Nancy Narendra Natalia Nelson Nemesia Nicanor Nicolás Nilda"
        " Niurka Octavio Odalis Odalys Ofelia Olga Olivia Omar Orestes Orlando Oscar Osmany Osvaldo Pablo Patricia"
        " Pavel Pedro Quintín Rafael Raidel Ramiro Ramón Raquel Raúl Rebeca Regla Reinaldo Reinier Reynaldo Ricardo"
        " Robert Roberto Rodolfo Rodrigo Rogelio Rolando Román Rosa Rosalía Rubén Ruth Salvador Samuel Sandra"
        " Santiago Sara Sebastián Sergio Silvia Silvio Simón Sofía Sonia Susana Susely Tamara Tania Tatiana Teresa"
        " Tomás Ulises Ulpiano Valentina Venancio Verónica Vicente Vilma Violeta Virginia Vivian Vladimir Víctor"
        " Wilfredo William Xi Xiomara Yadira Yaima Yamila Yamilé Yaneisy Yanelis Yanet Yasmany Yoandry Yoel Yolanda"
        " Yordan Yosvany Yudith Yunior Yuri Yusniel Zenaida Zoila Zulema Álvaro Ángel Ángela Óscar"
    ).split()
)
"""With which a person's name in Spanish text may begin."""

SURNAMES = frozenset(
    (
        "Acosta Aguilar Aguirre Alarcón Alfonso Almeida Alonso Amador Arce Arias Barrios Batista Bello Benítez"
        " Bermúdez Bernal Betancourt Blanco Bolívar Borrero Boza Brito Bustamante Báez Caballero Cabrera Calderón"
        " Camejo Campos Carmona Carrillo Carvajal Casals Castañeda Castellanos Castillo Castro Ceballos Chapman Chávez"
        " Collazo Concepción Contreras Corrales Correa Cortés Cuesta Cuevas Cáceres Cárdenas Céspedes Delgado"
        " Domínguez Duarte Durán Díaz Echeverría Escalona Escobar Espinosa Estévez Fajardo Feijóo Fernández Ferrer"
        " Ferreyra Figueredo Figueroa Flores Fonseca Fuentes Fundora Galán García Garrido Gil González Guerra Guerrero"
        " Guevara Gutiérrez Guzmán Gálvez Gómez Hernández Herrera Hidalgo Hinojosa Ibáñez Iglesias Infante Izquierdo"
        " Jiménez Juárez Labrada Lage Landa Lazo Leiva Leyva Lima Llanes Lozano Lugo López Maceo Machado Machín"
        " Madrazo Maduro Malmierca Mantilla Marrero Martí Martínez Matos Medina Mejía Mella Mena Mendoza Menéndez Mesa"
        " Milanés Miranda Molina Monteagudo Montenegro Montero Montes Morales Morejón Moreno Moya Murillo Muñoz Méndez"
        " Naranjo Navarro Noriega Núñez Ojeda Oliva Olivera Olmedilla Oropesa Ortega Ortiz Ortíz Osorio Otero Pacheco"
        " Padrón Palacios Palma Parrilla Pedroso Perdomo Perera Petro Peña Peñas Pineda Pino Pompa Ponce Portal"
        " Portuondo Prieto Puig Pérez Quesada Quintana Quintero Ramos Ramírez Recio Reyes Rivas Rivera Rivero Robles"
        " Roca Rodas Rodríguez Rojas Roldán Romero Rosales Rosario Rubio Ruiz Ríos Saavedra Salas Salazar Salinas"
        " Santana Santos Sarmiento Serrano Sierra Silva Soler Solís Soto Sotolongo Suárez Sánchez Tamayo Tapia Tejeda"
        " Terán Toledo Toro Torres Trujillo Urquiza Urrutia Valdivia Valdés Valenciaga Valle Varela Vargas Vega"
        " Velázquez Ventura Vera Verdecia Vidal Viera Vila Villalobos Villanueva Vivanco Vásquez Vázquez Yera Zaldívar"
        " Zamora Zayas Zulueta Álvarez Ávila"
    ).split()
)
"""Which mark the words in capitals before them as a person's name."""

WORDY_SURNAMES = frozenset(
    (
        "Aguilar Arce Barrios Bello Blanco Caballero Campos Carrillo Castellanos Castillo Concepción Corrales Cortés"
        " Cuesta Cuevas Delgado Flores Fonseca Fuentes Guerra Guerrero Hidalgo Iglesias Infante Izquierdo Lima Lugo"
        " Medina Mejía Mena Mesa Miranda Molina Montenegro Montero Montes Moreno Naranjo Navarro Oliva Palacios Palma"
        " Peña Peñas Pino Portal Prieto Quintana Ramos Recio Reyes Ribera Rivera Rivas Robles Roca Romero Rosales"
        " Rosario Rubio Ríos Salas Salinas Santana Santos Serrano Sierra Silva Soler Soto Toledo Toro Torres Trujillo"
        " Valle Vega Ventura Vera Vidal Vila Villanueva Zamora Ávila"
    ).split()
)
"""Surnames that are also words or places: sure only behind a given name."""

NO_SURNAMES = frozenset(
    "Ajedrez Altivez Fez Xerez Honradez Jerez Juez Niñez Suez Túnez Validez Vejez Madurez Diez".split()
)
"""They end like Pérez."""

NO_NAMES = frozenset(
    (
        "A Academia Acta Acuerdo Además Administración Aduana Aeropuerto Agencia Agricultura Ahora Al Alianza Allí"
        " Alto América Américas Aniversario Ante Antes Antillas Aquí Archivo Armada Armadas Artemisa Asamblea Asimismo"
        " Asociación Atlántico Avenida Ayer Ayuntamiento Bahía Ballet Banco Barrio Batalla Biblioteca Bloque Brigada"
        " Buró Cabo Calle Campaña Campeonato Canal Caribe Carta Casa Catedral Cementerio Central Centro Cine Ciudad"
        " Ciudadela Club Clásico Colegio Comandancia Comandante Comisión Comisaria Comisario Comité Como Comunidad"
        " Comunista Con Conferencia Congreso Consejo Consulado Contraloría Convención Cooperación Copa Corea Corte"
        " Cuando Cuartel Cumbre Cámara Código De Declaración Defensa Del Departamento Derechos Desde Después Dirección"
        " División Diálogo Donde Durante Día Ejército El Embajada Empresa En Encuentro Entre Escuela Esta Estación"
        " Estadio Estado Estados Estas Este Estos Europa Exteriores Facultad Federación Feria Ferrocarriles Festival"
        " Fiscalía Foro Frente Fuerza Fuerzas Fundación Fábrica General Gobierno Golfo Gran Granja Grupo Guardia Hasta"
        " Hermanos Historia Hospital Hotel Hoy Iglesia Industria Ingenio Iniciativa Instituto Internacional Isla Islas"
        " Jefe Juegos Junta Juventud La Laboratorio Lago Las Latina Le Les Ley Liga Lo Los Luego Línea Mar Medalla"
        " Medio Mercado Mientras Ministerio Ministra Ministro Misión Monumento Mundial Mundo Municipio Museo Más"
        " Nacional Naciones Nación Naval No Norte Nos Nueva Nuevo O Occidente Océano Oeste Oficina Olímpicos Operación"
        " Orden Organización Oriente Orquesta Pacto Pacífico Palacio Para Parque Partido Patria Pero Plan Playa Plaza"
        " Poder Policía Popular Por Premio Presidencia Presidente Primer Primera Proceso Programa Protocolo Provincia"
        " Puente Puerto Radio Región Reina Reino República Reserva Revolucionaria Revolucionarias Revolución Rey Rural"
        " Río Sala San Santa Santo Santísima Se Secretario Secretaría Segunda Segundo Seguridad Según Semana Senado"
        " Serie Servicio Siglo Sindicato Sistema Sobre Sociedad Su Sur Sus Taller También Teatro Televisión Tercer"
        " Torneo Tras Tratado Tribunal Un Una Unidas Unido Unidos Universidad Unión Vicepresidente Villa Y Zona"
        " Afganistán África Albania Alemania Angola Arabia Argelia Argentina Asia Australia Austria Azerbaiyán Bahamas"
        " Barbados Barbuda Bélgica Belarús Belice Bielorrusia Bolivia Bosnia Brasil Bulgaria Burundi Camboya Camerún"
        " Canadá Chile China Chipre Colombia Comunitaria Congo Continental Croacia Cuba Dinamarca Dominica Dominicana"
        " Ecuador Egipto Eslovaquia Eslovenia España Etiopía Filipinas Finlandia Francia Georgia Ghana Gibraltar"
        " Granada Grecia Guatemala Guinea Guyana Haití Honduras Hungría India Indonesia Irak Iraq Irán Irlanda Israel"
        " Italia Jamaica Japón Jordania Kazajstán Kenia Kuwait Laos Líbano Libia Malasia Mali Malta Marruecos México"
        " Moldavia Mongolia Mozambique Myanmar Namibia Nepal Nicaragua Nigeria Noruega Pakistán Palestina Panamá"
        " Paraguay Perú Polonia Portugal Qatar Rumanía Rusia Senegal Serbia Singapur Siria Somalia Sudáfrica Sudán"
        " Suecia Suiza Surinam Tailandia Tanzania Trinidad Tobago Túnez Turquía Ucrania Uganda Uruguay Venezuela"
        " Vietnam Viet Việt Nam Yemen Zambia Zimbabue Taiwán Turkmenistán Uzbekistán Kirguistán Tayikistán Malí Níger"
        " Tíbet Papúa Tanzanía Bhután Oceanía Talibán Occidental Oriental Meridional Septentrional Austral Londres"
        " Moscú Pekín Bruselas Ginebra Hanói Hanoi Habana Atlántida Mediterráneo Pascua Navidad Cristo Virgen Señor"
        " Señora Señores Embajador Embajadora Canciller Diputado Diputada Senador Senadora Gobernador Alcalde Rector"
        " Fiscal Juez Coronel Capitán Teniente Mayor Obispo Arzobispo Ingeniero Compañero Héroe Domingo Don Doña"
        " Doctor Doctora Papa Cardenal Príncipe Princesa Duque Conde Emperador Fiesta Carnaval Derecho Libro Revista"
        " Diario Periódico Agenda Estrategia Grandes Bajos Alta Baja Esa Ese Esos Eso Si Sin Sólo Solo Todo Todos"
        " Todas Toda Cada Nadie Nada Nunca Siempre Ya Aún Así Aunque Porque Es Son Fue Ha Han Hay Muy Tan Tal Mi Mis"
        " Tu Tus Nuestro Nuestra Qué Quién Cómo Dónde Cuál Bajo Contra Hacia Dentro Fuera Cerca Lejos Otro Otra Otros"
        " Otras Ambos Dos Tres Cuatro Cinco Seis Siete Ocho Nueve Diez Cien Mil"
    ).split()
)
"""In Spanish text: words in capitals that belong to institutions, places and the beginnings of sentences."""

CONNECTORS = frozenset(("al bin da de del do dos la las los van von").split())
"""Small words inside a name."""

TITLES = frozenset(
    (
        "actor actriz alcalde alcaldesa analista artista atleta boxeador canciller candidata candidato cantante"
        " capitán científico colega comandante comisario compañera compañero coronel dijo diputada diputado director"
        " directora doctor doctora economista embajador embajadora entrenador escritor escritora estadounidense"
        " exministro expresidente francés británico alemán fiscal futbolista general gobernador gobernadora"
        " historiador investigador investigadora jefa jefe juez jueza líder magnate mariscal ministra ministro"
        " multimillonario músico novelista pelotero periodista pintor poeta portavoz presidenta presidente primatóloga"
        " profesor profesora secretaria secretario senador senadora señor señora sociólogo teniente vicecanciller"
        " vicepresidenta vicepresidente viceministra viceministro vocera vocero afirmó agregó añadió apuntó aseguró"
        " comentó declaró destacó explicó expresó indicó manifestó precisó puntualizó señaló sostuvo subrayó"
    ).split()
)
"""In Spanish text: the words in capitals after one of these are a person's name."""

BEFORE_HALF_A_NAME = frozenset("Nueva Nuevo Gran San Santa Santo Corea Isla Islas Costa Pro Mount Saint Sierra".split())
"""In Spanish text: one word after these is not the whole name (`Nueva York`)."""

ENGLISH_ACRONYMS = _pairs(
    "ACNUDH:OHCHR,ACNUR:UNHCR,BCE:ECB,BEI:EIB,BID:IDB,CEDEAO:ECOWAS,CEEAC:ECCAS,CEPAL:ECLAC,CEPE:UNECE,CESPAP:ESCAP,"
    "CIDH:IACHR,CIJ:ICJ,CPI:ICC,EAU:UAE,EIIL:ISIL,EPOC:COPD,FIDA:IFAD,GLP:LPG,IPC:CPI,LGTBI:LGBTI,MERCOSUR:Mercosur,"
    "OACI:ICAO,OCDE:OECD,OCI:OIC,OEA:OAS,OIEA:IAEA,OIM:IOM,OIT:ILO,OLP:PLO,OMC:WTO,OMI:IMO,OMM:WMO,OMPI:WIPO,"
    "ONUDI:UNIDO,ONUSIDA:UNAIDS,OOPS:UNRWA,OPAQ:OPCW,OPEP:OPEC,OPS:PAHO,OUA:OAU,OVNI:UFO,PMA:WFP,PNUD:UNDP,PNUMA:UNEP,"
    "SDRA:ARDS,SRAS:SARS,TNP:NPT,UIT:ITU,URSS:USSR"
)
"""Spanish ones of which English is sure."""

TRANSLATED_ACRONYMS = frozenset(
    (
        "AAE ABE ADN ADPIC AEA AEE AEN AESA AFDL AGONU AIB AINE ALC ALCA AMI APA APD APP ARN ARYM ASPC AVAD BBVA BCIE"
        " BLNU BM CCG CCI CDHNU CECA CED CEE CEI CEPA CESPAO CICAA CIEM CIG CIPD CIRC CIRGL CLOA CNUDMI COI CPLP CRT"
        " CTL DAES DDR DNI DVD EAF ECA ECD ECJ ECM EEB EEE EEUU EIM ELPS EMT EPP ERC ERS ERV ESO ESPII EUA FAR FCT"
        " FEAG FED FEDER FEEF FMC FMI FNUDC FSE FSM GAFI GIEC HFC IDH IET ILP IMC IRM IVA IVRI JMCS KMS LOS LRTI MANUD"
        " MCO MCR MCT MEEF MGF MIPYMES MNA MNOAL MPLA NCE NEM NPLA OAII OAV OBI OCM ODM ODS OGM OICVM OIR OMEC OMG OMS"
        " OMT ONG ONGS ONU ONUCI OPA OPI OROP OSC OSSI OTAN OTPCE OTSC PAC PCA PCC PCCH PCI PCR PCV PDN PEID PESC PESD"
        " PIB PIF PIFP PNB POP PPA PPC PPE PPTE PRBM PRI PRR PSE PSI PYME PYMES RAEE RAMM RCP RCT RDA RDC RDSI RFA"
        " RFASP RNB RPD RPDC RSE RSI SAI SARM SEAE SESF SIDA SLAC SNS SPG SRAG SROM TAC TCC TFUE TIC TICS TJCE TJE TLC"
        " TLCAN TMA TOC TPCE TPI TPIR TPIY TUE TVI UCI UCK UEM UEO UJC UME UPE VBI VHB VHC VHM VIH VPH VSR ZEE ZLC"
    ).split()
)
"""Spanish ones that the model has to translate; the rest stay as they are."""

TRANSLATED_IN_VIETNAMESE = frozenset(
    (
        "ASEAN ATTP BCH BHXH BHYT BIDV BOT BTC CAND CIDA CLB CNTT CNXH COSH CSDL CSGT CTCP CTXH CUP DNNN DOANH"
        " DTTS ETC EUR GTGT GTVT HABANA HANOI HCM HLV HOT HTX INFO KCN KHCN KTXH KTVD LCS LHQ LPG MINH MTTQ MTTQVN"
        " NCKH NHNN NNC NSND NTBS NXB PCCC PGS PHONG PTNT QDND QLTT SAI SGK SINH TAND TBXH TEU THCS THPT TNCS TNHH"
        " TNXP TPHCM TTCK TTXVN TTYT UBND UBTVQH USD VBQPPL VIDEO VIP VKSND VND WTI XHCN"
    ).split()
)
"""Vietnamese abbreviations, currencies and shouted words: the model's."""

SURNAMES_AMONG_NO_NAMES = frozenset("Calle Conde Domingo Duque Plaza Puente Reina Rey Villa".split())
"""Behind a given name or a word that is surely a name, these end a person's name."""

ENGLISH_NAMES = {
    "vi": _pairs(
        "Bác Hồ:Uncle Hồ,Bac Ho:Uncle Ho,"
        "Tập Cận Bình:Xi Jinping,Vương Nghị:Wang Yi,Triệu Lạc Tế:Zhao Leji,Vương Hỗ Ninh:Wang Huning,"
        "Đinh Tiết Tường:Ding Xuexiang,Lưu Kiến Siêu:Liu Jianchao,Hồ Cẩm Đào:Hu Jintao,Ôn Gia Bảo:Wen Jiabao,"
        "Lý Khắc Cường:Li Keqiang,Giang Trạch Dân:Jiang Zemin,Đặng Tiểu Bình:Deng Xiaoping,Mao Trạch Đông:Mao Zedong,"
        "Chu Ân Lai:Zhou Enlai,Lại Thanh Đức:Lai Ching-te,Thái Anh Văn:Tsai Ing-wen,Lưu Hiểu Ba:Liu Xiaobo,"
        "Lý Tiểu Long:Bruce Lee,Châu Tinh Trì:Stephen Chow,Châu Nhuận Phát:Chow Yun-fat,Lý Liên Kiệt:Jet Li,"
        "Chân Tử Đan:Donnie Yen,Lưu Đức Hoa:Andy Lau,Khổng Tử:Confucius,Kim Nhật Thành:Kim Il-sung,Vũ Hán:Wuhan,"
        "Đài Bắc:Taipei,Quảng Đông:Guangdong,Quảng Tây:Guangxi,Quảng Châu:Guangzhou,Thâm Quyến:Shenzhen,"
        "Vân Nam:Yunnan,Tứ Xuyên:Sichuan,Thượng Hải:Shanghai,Thiên Tân:Tianjin,Phúc Kiến:Fujian,Chiết Giang:Zhejiang,"
        "Giang Tô:Jiangsu,Giang Tây:Jiangxi,Hàng Châu:Hangzhou,Hắc Long Giang:Heilongjiang,Tân Cương:Xinjiang,"
        "Tây Tạng:Tibet,Cao Hùng:Kaohsiung,Băng Cốc:Bangkok,Luân Đôn:London,Sài Gòn:Saigon,Phnôm Pênh:Phnom Penh,"
        "Viêng Chăn:Vientiane,Viên Chăn:Vientiane"
    ),
    "es": _pairs(
        "Carlos Marx:Karl Marx,Federico Engels:Friedrich Engels,Cristóbal Colón:Christopher Columbus,"
        "Julio Verne:Jules Verne,Alejandro Magno:Alexander the Great,Martín Lutero:Martin Luther,"
        "Federico Chopin:Frédéric Chopin,Benjamín Netanyahu:Benjamin Netanyahu,París:Paris,Berlín:Berlin,Hamás:Hamas,"
        "Dublín:Dublin,Milán:Milan,Zúrich:Zurich,Shanghái:Shanghai,Ámsterdam:Amsterdam,Múnich:Munich,Turín:Turin,"
        "Bakú:Baku,Adén:Aden,Dubái:Dubai,Taipéi:Taipei,Ammán:Amman,Orán:Oran,Teherán:Tehran,Sáhara:Sahara,Golán:Golan,"
        "Sinaí:Sinai,Oregón:Oregon,Indianápolis:Indianapolis,Niágara:Niagara,Brístol:Bristol,Bérgamo:Bergamo,"
        "Sendái:Sendai,Cebú:Cebu,Dniéper:Dnieper,Móstar:Mostar,Abbás:Abbas,Napoleón:Napoleon,Tahití:Tahiti,"
        "Beslán:Beslan,Mónaco:Monaco,Mármara:Marmara,Véneto:Veneto"
    ),
}
"""Names that English spells in its own way."""

ENGLISH_NAMES_NEAR_CHINA = _pairs(
    "Lý Cường:Li Qiang,Thái Kỳ:Cai Qi,Hàn Chính:Han Zheng,Lý Hy:Li Xi,Hà Vĩ:He Wei,Hồ Bắc:Hubei,Hồ Nam:Hunan,"
    "Hà Bắc:Hebei,Hà Nam:Henan,Hải Nam:Hainan,Côn Minh:Kunming,Trùng Khánh:Chongqing,Thành Đô:Chengdu,"
    "Nam Kinh:Nanjing,Nam Ninh:Nanning,Sơn Đông:Shandong,Sơn Tây:Shanxi,Thiểm Tây:Shaanxi,Cam Túc:Gansu,"
    "Thanh Hải:Qinghai,Liêu Ninh:Liaoning,Tây An:Xi'an,Ma Cao:Macau"
)
"""Where the text speaks of China; elsewhere they may be Vietnamese."""
