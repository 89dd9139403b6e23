"""List the words in which people say what they need, and the filter that each means.

One closed list, to be read by those who know the people: Japanese first, then the other languages
of the interface. A word that also names a line or a place does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from sosdir import languages
from sosdir.models import ChannelKind, Need, State
from sosdir.text import fold

# A facet and its value, as the parameters of an address name them.
Filter = tuple[str, str]

_NEEDS: Mapping[Need, str] = MappingProxyType(
    {
        Need.NIGHT: """
            夜 よる 夜間 深夜 夜中 真夜中 よなか 夜遅く 夜おそく 今夜 今晩 こんや こんばん 夜でも
            night|tonight|at night|late night|evening|晚上|夜里|今晚|밤|야간|오늘 밤|ban đêm
            |buổi tối
            |tối nay|noite|à noite|de noite|gabi|ngayong gabi|राति|रात""",
        Need.WEEKEND: """
            土日 週末 しゅうまつ 土曜 日曜 土曜日 日曜日 土曜や日曜 休日 休みの日
            weekend|weekends|saturday|sunday|周末|週末|星期六|星期天|주말|토요일|일요일|cuối tuần
            |thứ bảy|chủ nhật|fim de semana|sábado|domingo|katapusan ng linggo|sabado|linggo
            |सप्ताहन्त|शनिबार""",
        Need.HOLIDAY: """
            祝日 祭日 祝祭日 しゅくじつ
            holiday|holidays|public holiday|节假日|節假日|공휴일|ngày lễ|feriado|feriados
            |pista opisyal|सार्वजनिक बिदा""",
        Need.AROUND_THE_CLOCK: """
            24時間 二十四時間 24h 24/7 24時間365日 24時間対応 24時間受付 いつでも
            24 時間|24 hours|24 hour|24hours|24小时|24小時|24시간|24 giờ|24 horas|24 oras
            |24 घण्टा""",
        Need.TEXT_ONLY: """
            声を出せない 声が出せない 声出せない 声を出せません 声を出さず 声を出さずに
            声を出したくない
            声を出さないで 声がだせない 声をださずに 話せない 話せません しゃべれない 喋れない
            喋りたくない
            しゃべりたくない 話したくない 電話できない 電話出来ない 電話ができない 電話は無理
            電話無理
            電話は苦手 電話が苦手 電話が怖い 電話がこわい 電話はこわい 電話は怖い 電話したくない
            電話をかけられない 電話をかけたくない 電話じゃなくて 電話ではなく 電話以外
            文字だけ 文字で
            文字だけで テキストで 聞かれたくない 声を聞かれたくない 親に聞かれたくない
            cannot speak|can't speak|can't talk|cannot talk|can not speak|no phone|no voice
            |text only
            |by text|不能说话|不能說話|不方便说话|말할 수 없어요|말을 못해요|không nói được
            |không thể nói|não posso falar|sem falar|hindi makapagsalita|बोल्न सक्दिन""",
        Need.FREE: """
            無料 むりょう 無償 タダで ただで お金のかからない お金がかからない
            free|for free|no charge|免费|免費|무료|miễn phí|grátis|gratuito|gratis|libre
            |walang bayad
            |निःशुल्क|नि:शुल्क""",
        Need.ACCOMPANIMENT: """
            付き添い 付添い 付添 つきそい 付き添って 付き添ってほしい 同行 同行支援
            ついてきて ついて来て 付いてきて 付いて来て 着いてきて ついてきてほしい ついてきてくれる
            一緒に来て 一緒にきて いっしょに来て 一緒に行って 一緒に行ってほしい いっしょに行って
            病院に一緒に行って 一人で病院に行けない 病院に付き添って
            come with me|go with me|accompany|accompaniment|陪同|陪我去|동행|đi cùng|acompanhamento
            |samahan|साथ जाने""",
        Need.SHELTER: """
            居場所 いばしょ 泊まる所 泊まるところ 泊まる場所 泊まれる所 泊まれるところ
            泊まれる とまるところ
            泊まりたい 宿泊 住むところ 住む所 住む場所 寝るところ 寝る場所 シェルター 家出
            家に帰れない
            家にいられない 家に居られない 帰る家がない 行くところがない 行き場がない 居場所がない
            shelter|place to stay|somewhere to stay|nowhere to go|住处|住處|庇护所|庇護所|쉼터|잘 곳
            |chỗ ở|nơi ở|abrigo|lugar para ficar|tirahan|matutuluyan|आश्रय|बस्ने ठाउँ""",
        Need.COSTS: """
            費用 ひよう 費用の助け 出産費用 健診費用 お金 おかね お金がない お金が無い
            お金ない お金の相談
            お金が足りない 金がない お金に困って 助成 補助 補助金 病院代 病院のお金 受診料
            no money|money|cost|costs|financial help|费用|費用|没有钱|沒有錢|没钱|비용
            |돈이 없어요|돈
            |chi phí|không có tiền|tiền|custo|custos|sem dinheiro|dinheiro|gastos|walang pera|pera
            |खर्च|पैसा|पैसा छैन""",
        Need.TEENS: """
            10代 十代 中高生 中学生 高校生 ちゅうがくせい こうこうせい 未成年 若年 ティーン
            女子高生 女子中学生
            中1 中2 中3 高1 高2 高3 10歳 11歳 12歳 13歳 14歳 15歳 16歳 17歳 18歳 19歳 10才
            11才 12才 13才
            14才 15才 16才 17才 18才 19才
            teen|teens|teenager|teenagers|minor|under 18|high school|青少年|未成年人|中学生|高中生
            |10대|청소년|미성년자|중학생|고등학생|tuổi teen|vị thành niên|adolescente|menor de idade
            |tinedyer|menor de edad|किशोरी|किशोर""",
        Need.PARTNERS: """
            男性 男 男の人 男子 パートナー ぱーとなー 彼氏 かれし 夫 旦那 父親 彼女が妊娠
            彼女を妊娠させた
            彼女の妊娠 彼女が妊娠した 彼女が妊娠しました 妻が妊娠 妻が妊娠した
            partner|boyfriend|husband|man|men|father|男友|男朋友|伴侣|伴侶|丈夫|남자친구|남성
            |남편|파트너
            |bạn trai|chồng|nam giới|parceiro|namorado|marido|homem|kasintahan|nobyo|asawa|lalaki
            |श्रीमान|पुरुष""",
    }
)
_CHANNELS: Mapping[ChannelKind, str] = MappingProxyType(
    {
        ChannelKind.PHONE: """
            電話 でんわ 通話 tel 電話で話す 電話したい
            phone|call|telephone|by phone|电话|電話|전화|điện thoại|telefone|ligar|telepono|tawag
            |फोन|टेलिफोन""",
        ChannelKind.LINE: "LINE ライン らいん 라인",
        ChannelKind.CHAT: "チャット ちゃっと chat|聊天|채팅|trò chuyện|च्याट",
        ChannelKind.SMS: "SMS ショートメール ショートメッセージ|text message|短信|문자|tin nhắn",
        ChannelKind.EMAIL: """
            メール eメール 電子メール mail
            email|e-mail|by email|邮件|電子郵件|电子邮件|이메일|메일|thư điện tử|correio|इमेल""",
        ChannelKind.WEB_FORM: "フォーム 入力フォーム 相談フォーム form|web form|表单|양식",
        ChannelKind.IN_PERSON: """
            会って 会って話す 会って話したい 会いたい 会える 直接会って 直接話したい 顔を見て
            対面 面談 面接
            来所
            in person|face to face|meet|见面|見面|当面|대면|만나서|gặp trực tiếp|pessoalmente
            |presencial|भेटेर""",
        ChannelKind.CHATBOT: "チャットボット 自動応答 chatbot|bot",
        ChannelKind.X: "twitter ツイッター x(旧twitter)",
        ChannelKind.FAX: "ファックス ファクス fax",
    }
)
_OPEN_NOW = """
    今 いま 今すぐ いますぐ 今話せる いま話せる 今から いまから 現在 今やってる 今開いてる
    今空いてる
    今電話できる
    now|right now|open now|现在|現在|现在可以|지금|bây giờ|ngay bây giờ|agora|ngayon|ngayon na
    |अहिले"""
_ANONYMOUS = """
    匿名 とくめい 匿名で 名前を言わなくて 名前を言わずに 名前を言わない 名前を言いたくない
    名乗らずに
    名前を出さずに 名前なしで 名前を聞かれない
    anonymous|anonymously|no name|without name|익명|ẩn danh|anônimo|anônima|hindi nagpapakilala
    |बेनामी"""
_SEVERAL: Mapping[str, tuple[Filter, ...]] = MappingProxyType(
    {
        "土日祝": (("need", Need.WEEKEND), ("need", Need.HOLIDAY)),
        "土日祝日": (("need", Need.WEEKEND), ("need", Need.HOLIDAY)),
        "sns": tuple(
            ("channel", kind) for kind in (ChannelKind.LINE, ChannelKind.CHAT, ChannelKind.X)
        ),
    }
)
# Japanese is what nearly every line speaks and hardly any page states: it is no filter.
_LANGUAGES = (
    "en zh zh-Hans zh-Hant ko vi pt fil ne es th id my jsl fr de it ru uk ar hi ur bn mn km lo si"
    " ta fa tr ms"
)
_LANGUAGE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "手話": "jsl",
        "英语": "en",
        "えいご": "en",
        "中国话": "zh",
        "ちゅうごくご": "zh",
        "汉语": "zh",
        "mandarin": "zh",
        "タガログ語": "fil",
        "tagalog": "fil",
        "フィリピン語": "fil",
        "pilipino": "fil",
        "tiếng anh": "en",
        "tiếng việt nam": "vi",
        "português": "pt",
        "ingles": "en",
        "inglês": "en",
        "영어": "en",
        "अंग्रेजी": "en",
    }
)


@cache
def phrases() -> Mapping[str, tuple[Filter, ...]]:
    """Return the filters that each folded phrase means."""
    found: dict[str, tuple[Filter, ...]] = {}
    for words, meant in _listed():
        for phrase in _split(words):
            found.setdefault(fold(phrase), (meant,))
    found |= {fold(word): (("lang", code),) for word, code in _spoken()}
    return MappingProxyType(found | {fold(word): meant for word, meant in _SEVERAL.items()})


def _listed() -> Iterator[tuple[str, Filter]]:
    yield _OPEN_NOW, ("state", State.OPEN.value)
    yield _ANONYMOUS, ("anonymous", "true")
    yield from ((words, ("need", need.value)) for need, words in _NEEDS.items())
    yield from ((words, ("channel", kind.value)) for kind, words in _CHANNELS.items())


def _split(words: str) -> Iterator[str]:
    """Part a list: by bars, and before the first bar of it by spaces as well."""
    head, *rest = words.strip().split("|")
    *japanese, last = head.split("\n")
    for line in japanese:
        yield from line.split()
    # The first phrase of another language stands on the last line, behind the Japanese ones.
    yield from ([last.strip()] if rest and japanese else last.split())
    yield from (phrase.strip() for phrase in rest)


def _spoken() -> Iterator[tuple[str, str]]:
    for code in _LANGUAGES.split():
        told = (languages.name(code), languages.name(code, "en"), languages.own_name(code))
        yield from ((name, code) for name in told if name is not None and name != code)
    yield from _LANGUAGE_WORDS.items()
