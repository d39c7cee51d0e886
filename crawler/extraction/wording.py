"""How paragraphs are worded that do not belong to an article, in the three languages of the wire.

Each phrase is a regular expression without regard to capitals. To add one, write down where it was seen to stand in a
text, and add a sentence that only resembles it to the tests: a paragraph that is lost is worse than one too many.
"""

from __future__ import annotations

import re

NETWORK = r"(?:facebook|twitter|instagram|youtube|tiktok|telegram|whatsapp|linkedin|zalo|threads|bluesky|google news)"


def _any(*phrases: str) -> str:
    return "|".join(phrases)


def _whole(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{phrases})[\W_]*$", re.IGNORECASE)


_OTHER_ARTICLES = _any(
    "related(?: (?:articles?|stories|story|news|content|coverage|videos?|reading|links?|topics?|posts?))?",
    "you (?:may|might) also (?:like|be interested in)|recommended(?: (?:for you|articles?|reading|stories|videos?))?",
    "don['’]?t miss|must read|further reading|see also|read (?:more|next|also)|trending(?: now)?",
    "(?:más )?(?:noticias?|notas?|artículos?|contenidos?|temas?|enlaces?|lecturas?|información) relacionad[oa]s?",
    "relacionad[oa]s?|más (?:información|noticias)|(?:también )?te puede interesar|le[ae] también|leer más",
    "(?:tin|bài)(?: viết)? liên quan|xem thêm|đọc thêm|có thể bạn quan tâm",
)
LABEL = re.compile(
    # After a quotation mark or a dash somebody speaks.
    rf"[\s\[(>»›►▶•*+👉-]*(?:{_OTHER_ARTICLES}|"
    + _any(
        "(?:also )?(?:read|see|watch|listen)(?: (?:also|more|next|too|now|here))*",
        "(?:read|learn|find out|discover|see) more(?: (?:about|on|here))?|explore more|up next",
        "more(?: (?:on|from|stories|news|to read|coverage)\\b[^:|]{0,40})?",
        "(?:también )?(?:l[eé][aeé]r?|v[eé][ar]?)(?: (?:también|tambien|además|más|mas|aquí|la nota|esta nota))*",
        "(?:mir[ae]|escuch[ae]|consult[ae]) (?:también|tambien|además|más|aquí|la nota|esta nota)",
        "(?-i:MIR[AE]|ESCUCH[AE])",
        "(?:te|le|les|os)? ?(?:puede|podría) (?:interesar(?:te|le)?|leer|ver)(?: también)?|también le puede interesar",
        "no te (?:lo )?pierdas|más sobre\\b[^:|]{0,40}",
        "mời (?:bạn |quý vị |độc giả )?(?:xem|đọc)(?: thêm)?",
    )
    + r")\s*(?:[:|»›▶►]|>>)\s*\S",
    re.IGNORECASE,
)
"""`Lea también: …`, `READ MORE: …`, `Xem thêm: …`: a link to another article."""

BOX = _whole(
    _any(
        _OTHER_ARTICLES,
        "more (?:stories|news|to read|on this story|from .{2,40})|most (?:read|popular|viewed)|what to read next",
        "latest news|top stories",
        "(?:lo )?más (?:leíd[oa]s?|visto|vistas?)(?: (?:de|en) .{2,40})?|más sobre .{2,40}|te recomendamos",
        "últimas noticias",
        "tin (?:mới|khác|cùng chuyên mục|nổi bật)|đọc nhiều",
    )
)
"""The heading of a list of other articles."""

ALONE = _whole(
    _any(
        r"advertisement(?: \d+)?|advert|ad|sponsored|article content",
        "(?:story|article) continues below(?: advertisement)?|continue reading",
        r"loading(?: \w+){0,3}|comments?|view comments|share(?: this(?: (?:article|story|post))?)?",
        "tags?|topics?|table of contents|print|save|follow|sign up|log ?in|subscribe|no items found|skip to .{3,30}",
        "join the conversation",
        "publicidad|anuncio|comentarios?|compartir|temas?|etiquetas?|imprimir|síguenos|suscríbe?te",
        "(?:seguir|continuar|sigue|continúa) leyendo",
        r"quảng cáo|bình luận(?: \(\d+\))?|chia sẻ|từ khóa|chủ đề|theo dõi|in bài",
    )
)
"""What a button says, or the mark of an advertisement."""

END = _whole(
    _any(
        "about (?:the )?(?:author|writer|reviewer|journalist)s?|disclaimer|disclaimers? (?:&|and) disclosures?",
        "(?:sobre|acerca de) (?:el|la|los) autor(?:a|es)?|acerca del autor|aviso legal",
        "(?:vài nét )?về tác giả|thông tin tác giả",
    )
)
"""The heading of what an outlet puts under every article."""

INVITATION = re.compile(
    _any(
        r"\b(?:sign(?:ing)? up|subscrib(?:e|ing))\b.{0,120}"
        r"\b(?:newsletters?|e-?mails?|inbox|alerts|updates|channel|podcast)\b",
        r"\bnewsletters?\b.{0,120}\b(?:sign(?:ing)? up|subscribe|inbox)",
        r"\b(?:delivered|straight|right|in|to) (?:\w+ )?(?:in)?(?:to )?your inbox",
        rf"^\W*(?:follow .{{0,80}} on|(?:like|find|join) (?:us|our)\b.{{0,40}}) .{{0,60}}\b{NETWORK}",
        rf"\bfollow (?:him|her|them|us|me|@?\w+) (?:on|at) .{{0,30}}(?:{NETWORK}|@)",
        r"^\W*(?:get|download) .{0,80}\b(?:app|newsletter)\b",
        r"^\W*for more (?:stories|news|articles)\b.{0,60}\b(?:check|visit|click|follow|go to)\b",
        r"\bwant to hear (?:what you think|from you)\b.{0,60}\b(?:article|story|letters?|mail)\b",
        r"\b(?:questions|comments)\? .{0,40}\be?-?mail us\b",
        r"\bplease (?:like|share) (?:this|these|it|our)\b.{0,40}\b(?:posts?|articles?|stor(?:y|ies)|friends)\b",
        r"^\W*(?:tell us|let us know) what you think\b.{0,40}$",
        r"\bdelivered (?:through|to|straight to) your (?:letterbox|door|mailbox)\b",
        r"^\W*(?:cuéntanos|dinos|dejanos|déjanos|déjenos)\b.{0,60}\b(?:opinas|opinión|piensas|comentarios?)\b.{0,60}$",
        r"^\W*(?:comparte|comparta) (?:est[ae]|nuestr[ao]s?) (?:nota|noticia|artículo|contenido)\b.{0,80}$",
        r"^\W*(?:hãy |mời bạn )?(?:để lại|gửi) (?:ý kiến|bình luận)\b.{0,60}$",
        r"^\W*click here (?:to|for)\b(?=.{0,140}$)|\bclicking here\W*$",
        r"\bget in touch\b.{0,80}@",
        r"^\W*(?:do you have|got|have) .{0,40}\b(?:story|tip|news)\b.{0,100}(?:e-?mail|contact|get in touch|@)",
        r"\bcontains? (?:affiliate|references to products)",
        r"\b(?:may (?:earn|receive)|we (?:earn|receive)|earn us)\b.{0,30}\bcommissions?\b",
        r"\b(?:suscr[ií]b(?:ete|ase|anse|irse)|reg[ií]str(?:ate|ese)|ap[uú]nt(?:ate|ese)|[uú]n(?:ete|ase)"
        r"|s[ií]g(?:uenos|anos)|descarg(?:a|ue))\b.{0,120}"
        rf"\b(?:bolet[ií]n(?:es)?|newsletters?|canal(?:es)?|redes|enlace|app|aplicación|{NETWORK})\b",
        rf"^\W*(?:siga|sigue) (?:a|nuestr\w+|tod[ao]s?) .{{0,100}}\b{NETWORK}",
        rf"\b(?:nuestr[oa]s?|tenemos) (?:canal(?:es)?|grupos?|comunidad) (?:de|en) {NETWORK}",
        r"\bpuede[sn]? escribirnos\b",
        rf"^\W*theo dõi .{{0,80}} (?:trên|tại|qua) .{{0,30}}{NETWORK}",
        r"^\W*(?:kính )?mời (?:quý )?(?:độc giả|bạn đọc|quý vị|bạn|khán giả)\b.{0,80}\b(?:theo dõi|đăng ký|tải)",
    ),
    re.IGNORECASE,
)
"""To subscribe, to follow, to write to the paper, to buy."""

OF_AN_INVITATION = (
    *("@", "mail", "newsletter", "inbox", "alerts", "updates", "channel", "podcast", "app", "click"),
    *(
        "affiliate",
        "products",
        "commission",
        "bolet",
        "canal",
        "redes",
        "aplicación",
        "enlace",
        "comunidad",
        "escribirnos",
        "mời",
    ),
    *("facebook", "twitter", "instagram", "youtube", "tiktok", "telegram", "whatsapp", "linkedin", "zalo", "threads"),
    *("bluesky", "google news", "for more ", "to hear ", "questions?", "comments?", "share ", "like ", "think"),
    *("your ", "opin", "piensas", "comentario", "compart", "ý kiến", "bình luận"),
)
"""Every invitation has one of these, in small letters: ten times as fast to look for as the whole pattern."""

CREDIT = re.compile(
    r"[\W_]*(?:"
    + _any(
        "(?:photos?|images?|pictures?|photograph|graphic|illustration|video|fotos?|fotograf[ií]as?|im[aá]gen(?:es)?"
        "|ilustraci[oó]n|v[ií]deo|ảnh|nguồn(?: ảnh)?|sources?|fuentes?|cr[eé]ditos?|credits?)"
        r"(?: (?:credit|source|de|del|by|courtesy))?\s*[:©].{0,140}",
        r"(?:copyright\b(?=.{0,60}(?:©|\(c\)|\b(?:19|20)\d\d\b))|©|\(c\) ).{0,200}",
        r".{0,200}\b(?:all rights reserved|todos los derechos reservados|derechos reservados)\b.{0,120}",
        r".{3,200}\bcontributed (?:to this (?:report|story|article|piece)|reporting)\W*",
        r"\W*(?:e-?mail|correo(?: electrónico)?|thư điện tử)\s*:\s*\S+@\S+",
        "(?:with )?additional reporting (?:by|from) .{2,80}|con información de .{2,80}",
        "(?:last )?(?:updated|published|posted|first published|actualizado|publicado|cập nhật)(?: (?:on|at|el|lúc))?"
        r"[\s:](?=.*\d).{4,50}",
        r"this is a (?:breaking|developing)(?: new| news)? story\b.{0,120}",
        r"noticia en (?:desarrollo|construcción).{0,80}",
        "(?:this|the) (?:article|story|post|piece|report) (?:was )?(?:originally|first) "
        "(?:appeared|published|posted|written).{0,100}",
        "est[ae] (?:artículo|nota|texto) (?:se publicó|fue publicad[oa]) (?:originalmente|por primera vez) .{0,100}",
        r".{0,120}\b(?:article|material|content|story) (?:is the copyrighted property|may not be (?:re)?"
        "(?:published|produced|printed|distributed|written|broadcast)).{0,200}",
        "written permission must be obtained.{0,200}",
        r"(?:queda )?prohibida (?:la|su) (?:reproducción|difusión).{0,200}|(?:nghiêm )?cấm sao chép.{0,200}",
        r".{10,160}\[(?-i:INSIGHT|REACTION|VIDEOS?|VÍDEOS?|PICTURES|PHOTOS|FOTOS|ANALYSIS|ANÁLISIS|OPINION|OPINIÓN|REPORT|LIVE"
        r"|LATEST|REVEALED|EXCLUSIVE)\]",
        r"(?:.{0,20}\W)?\d{1,2}[\s-]?min(?:ute)?s?(?: de)? (?:read|lectura|đọc)",
    )
    + r")$",
    re.IGNORECASE,
)
"""Of a picture, of the rights, of those who helped, of the moment, of where it stood first."""

BYLINE = re.compile(r"(?:by|por|de|bởi)\s+", re.IGNORECASE)
