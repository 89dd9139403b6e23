"""Name the values of the closed vocabularies: one label for one value, everywhere the same.

The labels are Japanese, marked for the catalogues of the other languages.
"""

from types import MappingProxyType

from sosdir.locales import mark
from sosdir.models import (
    AnswersFor,
    ChannelKind,
    EvidenceLevel,
    Focus,
    Need,
    Scope,
    ServiceStatus,
    SourceKind,
    State,
)

CHANNEL_LABELS = MappingProxyType(
    {
        ChannelKind.PHONE: mark("電話"),
        ChannelKind.LINE: mark("LINE"),
        ChannelKind.CHAT: mark("チャット"),
        ChannelKind.SMS: mark("SMS"),
        ChannelKind.EMAIL: mark("メール"),
        ChannelKind.WEB_FORM: mark("入力フォーム"),
        ChannelKind.IN_PERSON: mark("会って話す"),
        ChannelKind.CHATBOT: mark("自動応答(チャットボット)"),
        ChannelKind.X: mark("X(旧Twitter)"),
        ChannelKind.FAX: mark("FAX"),
    }
)

FOCUS_LABELS = MappingProxyType(
    {
        Focus.PREGNANCY_SOS: mark("妊娠SOS(専用の窓口)"),
        Focus.WOMENS_HEALTH: mark("女性の健康・思春期の相談"),
        Focus.MATERNITY: mark("妊娠・出産・子育ての総合窓口"),
    }
)

SCOPE_LABELS = MappingProxyType(
    {
        Scope.MUNICIPALITY: mark("市区町村の窓口"),
        Scope.PREFECTURE: mark("都道府県の窓口"),
        Scope.COUNTRY: mark("全国の窓口"),
    }
)

ANSWERS_FOR_LABELS = MappingProxyType(
    {
        AnswersFor.NATIONAL: mark("全国で活動する団体"),
        AnswersFor.PREFECTURE: mark("都道府県の窓口"),
        AnswersFor.MUNICIPALITY: mark("市区町村の窓口"),
        AnswersFor.NPO: mark("NPOなどの民間団体"),
        AnswersFor.PROFESSIONAL_BODY: mark("助産師会・看護協会などの専門職団体"),
        AnswersFor.SOCIAL_WELFARE: mark("社会福祉法人・乳児院など"),
        AnswersFor.MEDICAL: mark("病院・診療所"),
    }
)

STATE_LABELS = MappingProxyType(
    {
        State.OPEN: mark("いま話せる"),
        State.MESSAGES: mark("メッセージを送れる"),
        State.UNKNOWN: mark("受付時間は要確認"),
        State.CLOSED: mark("時間外"),
    }
)

NEED_LABELS = MappingProxyType(
    {
        Need.NIGHT: mark("夜も受け付け"),
        Need.WEEKEND: mark("土曜か日曜も受け付け"),
        Need.HOLIDAY: mark("祝日も受け付け"),
        Need.AROUND_THE_CLOCK: mark("24時間受け付け"),
        Need.TEXT_ONLY: mark("声を出さずに相談"),
        Need.FREE: mark("相談は無料"),
        Need.ACCOMPANIMENT: mark("付き添い・同行"),
        Need.SHELTER: mark("居場所・泊まる所"),
        Need.COSTS: mark("費用の助け・相談"),
        Need.TEENS: mark("10代・中高生"),
        Need.PARTNERS: mark("男性・パートナーも"),
    }
)

EVIDENCE_LABELS = MappingProxyType(
    {
        EvidenceLevel.CONFIRMED: mark("確認済み"),
        EvidenceLevel.REPORTED: mark("報道・他機関による"),
        EvidenceLevel.UNCONFIRMED: mark("確認待ち"),
    }
)

SOURCE_KIND_LABELS = MappingProxyType(
    {
        SourceKind.OPERATOR: mark("運営者"),
        SourceKind.GOVERNMENT: mark("国・自治体"),
        SourceKind.NEWS: mark("報道"),
        SourceKind.OTHER: mark("その他の機関"),
    }
)

SERVICE_STATUS_LABELS = MappingProxyType(
    {
        ServiceStatus.ACTIVE: mark("続いている"),
        ServiceStatus.TEMPORARILY_CLOSED: mark("休止中"),
        ServiceStatus.DEFUNCT: mark("終了"),
    }
)

NATIONWIDE_LABEL = mark("全国")
