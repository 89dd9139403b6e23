"""Say the closed vocabularies in Japanese: one label for one value, everywhere the same."""

from types import MappingProxyType

from sosdir.models import (
    AnswersFor,
    ChannelKind,
    EvidenceLevel,
    Focus,
    Need,
    ServiceStatus,
    SourceKind,
    State,
)

CHANNEL_LABELS = MappingProxyType(
    {
        ChannelKind.PHONE: "電話",
        ChannelKind.LINE: "LINE",
        ChannelKind.CHAT: "チャット",
        ChannelKind.SMS: "SMS",
        ChannelKind.EMAIL: "メール",
        ChannelKind.WEB_FORM: "入力フォーム",
        ChannelKind.IN_PERSON: "会って話す",
        ChannelKind.CHATBOT: "自動応答(チャットボット)",
        ChannelKind.X: "X(旧Twitter)",
        ChannelKind.FAX: "FAX",
    }
)

FOCUS_LABELS = MappingProxyType(
    {
        Focus.PREGNANCY_SOS: "妊娠SOS(専用の窓口)",
        Focus.WOMENS_HEALTH: "女性の健康・思春期の相談",
        Focus.MATERNITY: "妊娠・出産・子育ての総合窓口",
    }
)

ANSWERS_FOR_LABELS = MappingProxyType(
    {
        AnswersFor.NATIONAL: "全国で活動する団体",
        AnswersFor.PREFECTURE: "都道府県の窓口",
        AnswersFor.MUNICIPALITY: "市区町村の窓口",
        AnswersFor.NPO: "NPOなどの民間団体",
        AnswersFor.PROFESSIONAL_BODY: "助産師会・看護協会などの専門職団体",
        AnswersFor.SOCIAL_WELFARE: "社会福祉法人・乳児院など",
        AnswersFor.MEDICAL: "病院・診療所",
    }
)

STATE_LABELS = MappingProxyType(
    {
        State.OPEN: "いま話せる",
        State.MESSAGES: "メッセージを送れる",
        State.UNKNOWN: "受付時間は要確認",
        State.CLOSED: "時間外",
    }
)

NEED_LABELS = MappingProxyType(
    {
        Need.NIGHT: "夜も受け付け",
        Need.WEEKEND: "土曜か日曜も受け付け",
        Need.HOLIDAY: "祝日も受け付け",
        Need.AROUND_THE_CLOCK: "24時間受け付け",
        Need.TEXT_ONLY: "声を出さずに相談",
        Need.FREE: "相談は無料",
        Need.ACCOMPANIMENT: "付き添い・同行",
        Need.SHELTER: "居場所・泊まる所",
        Need.COSTS: "費用の助け・相談",
        Need.TEENS: "10代・中高生",
        Need.PARTNERS: "男性・パートナーも",
    }
)

EVIDENCE_LABELS = MappingProxyType(
    {
        EvidenceLevel.CONFIRMED: "確認済み",
        EvidenceLevel.REPORTED: "報道・他機関による",
        EvidenceLevel.UNCONFIRMED: "確認待ち",
    }
)

SOURCE_KIND_LABELS = MappingProxyType(
    {
        SourceKind.OPERATOR: "運営者",
        SourceKind.GOVERNMENT: "国・自治体",
        SourceKind.NEWS: "報道",
        SourceKind.OTHER: "その他の機関",
    }
)

SERVICE_STATUS_LABELS = MappingProxyType(
    {
        ServiceStatus.ACTIVE: "続いている",
        ServiceStatus.TEMPORARILY_CLOSED: "休止中",
        ServiceStatus.DEFUNCT: "終了",
    }
)

NATIONWIDE_LABEL = "全国"
