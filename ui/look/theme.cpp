#include "ui/look/theme.h"

#include "ui/look/interface_style.h"

#include <QApplication>
#include <QFontDatabase>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cowrite::ui {

namespace {

constexpr int kInterfacePixels = 13;
constexpr int kEditorPixels = 14;

QFont installedOr(const QString &family, const QFont &fallback)
{
    if (!QFontDatabase::families().contains(family)) {
        return fallback;
    }
    QFont font(family);
    font.setStyleHint(fallback.styleHint());
    return font;
}

/// Of a ground on which black and white are seen equally well.
constexpr double kMiddleLuminance = 0.179;

/// Relative luminance as WCAG 2 defines it, 0 to 1.
double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

Theme Theme::light()
{
    Theme theme;
    theme.kind = Kind::Light;
    theme.page = QColor(0xFFFFFF);
    theme.chrome = QColor(0xF6F7F9);
    theme.line = QColor(0xE3E6EA);
    theme.text = QColor(0x1D2127);
    theme.mutedText = QColor(0x5D6571);
    theme.lineNumber = QColor(0x6C737E);
    theme.currentLine = QColor(0xF7F9FC);
    theme.accent = QColor(0x2F6FED);
    theme.accentHover = QColor(0x2560D6);
    theme.onAccent = QColor(0xFFFFFF);
    theme.selectedRow = QColor(0xDBE7FD);
    theme.hoveredRow = QColor(0xEBEEF2);
    theme.selection = QColor(0xCFE0FC);
    theme.found = QColor(0xFCEBB6);
    theme.bracket = QColor(0xDAEFDF);
    theme.banner = QColor(0xFBF1DE);
    theme.problemBanner = QColor(0xFBE4E2);
    theme.goodBanner = QColor(0xE9F0FE);
    theme.good = QColor(0x1B9150);
    theme.waiting = QColor(0xB5700A);
    theme.bad = QColor(0xBA2E25);
    theme.assistant = QColor(0x6B7280);
    theme.syntax.comment = QColor(0x5F6875);
    theme.syntax.string = QColor(0x18742F);
    theme.syntax.escape = QColor(0x0D6C6C);
    theme.syntax.keyword = QColor(0x7A3E9D);
    theme.syntax.type = QColor(0x0B6A86);
    theme.syntax.number = QColor(0xA8480B);
    theme.syntax.function = QColor(0x2257C5);
    theme.syntax.variable = QColor(0x8A4B00);
    theme.syntax.preprocessor = QColor(0x9C3B6E);
    theme.syntax.tag = QColor(0x2257C5);
    theme.syntax.inserted = QColor(0x18742F);
    theme.syntax.deleted = QColor(0xB3261E);
    theme.syntax.heading = QColor(0x2560D6);
    return theme;
}

Theme Theme::dark()
{
    Theme theme;
    theme.kind = Kind::Dark;
    theme.page = QColor(0x1B1E23);
    theme.chrome = QColor(0x22262C);
    theme.line = QColor(0x32373F);
    theme.text = QColor(0xE4E7EB);
    theme.mutedText = QColor(0x9DA6B2);
    theme.lineNumber = QColor(0x8A929C);
    theme.currentLine = QColor(0x20242A);
    theme.accent = QColor(0x6A9BFF);
    theme.accentHover = QColor(0x83ACFF);
    theme.onAccent = QColor(0x10141A);
    theme.selectedRow = QColor(0x283857);
    theme.hoveredRow = QColor(0x2A2F36);
    theme.selection = QColor(0x30466F);
    theme.found = QColor(0x3C310F);
    theme.bracket = QColor(0x26402F);
    theme.banner = QColor(0x3A3122);
    theme.problemBanner = QColor(0x452626);
    theme.goodBanner = QColor(0x232F47);
    theme.good = QColor(0x4CC38A);
    theme.waiting = QColor(0xE5B567);
    theme.bad = QColor(0xF3857B);
    theme.assistant = QColor(0x6B7280);
    theme.syntax.comment = QColor(0x9DA6B2);
    theme.syntax.string = QColor(0x7FCB94);
    theme.syntax.escape = QColor(0x6FD0C5);
    theme.syntax.keyword = QColor(0xC9A2F2);
    theme.syntax.type = QColor(0x6CC7D9);
    theme.syntax.number = QColor(0xE8A66A);
    theme.syntax.function = QColor(0x82AAFF);
    theme.syntax.variable = QColor(0xE5B567);
    theme.syntax.preprocessor = QColor(0xF09BC3);
    theme.syntax.tag = QColor(0x82AAFF);
    theme.syntax.inserted = QColor(0x7FCB94);
    theme.syntax.deleted = QColor(0xF3857B);
    theme.syntax.heading = QColor(0x7AA6FF);
    return theme;
}

Theme Theme::matching(const QPalette &system)
{
    return system.color(QPalette::Window).lightnessF() < 0.5 ? dark() : light();
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, chrome);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, page);
    palette.setColor(QPalette::AlternateBase, chrome);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, mutedText);
    palette.setColor(QPalette::Button, page);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, bad);
    palette.setColor(QPalette::Highlight, selection);
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, syntax.heading);
    palette.setColor(QPalette::LinkVisited, syntax.heading);
    palette.setColor(QPalette::ToolTipBase, text);
    palette.setColor(QPalette::ToolTipText, page);
    palette.setColor(QPalette::Light, page);
    palette.setColor(QPalette::Midlight, line);
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Dark, mutedText);
    palette.setColor(QPalette::Shadow, line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, mutedText);
    }
    return palette;
}

QString Theme::styleSheet() const
{
    QString sheet = QStringLiteral(R"(
QMainWindow, QDialog { background: @chrome; }
QMenuBar { background: @chrome; border-bottom: 1px solid @line; padding: 4px 0px; }
QMenuBar::item { padding: 3px 9px; border-radius: 4px; background: transparent; color: @text; }
QMenuBar::item:selected { background: @hoveredRow; }
QMenu { background: @page; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 14px; border-radius: 4px; color: @text; }
QMenu::item:selected { background: @selectedRow; }
QMenu::item:disabled { color: @mutedText; }
QMenu::separator { height: 1px; background: @line; margin: 5px 4px; }
QToolTip { background: @text; color: @page; border: none; padding: 4px 6px; }

QLineEdit { background: @page; border: 1px solid @line; border-radius: 7px; padding: 0 9px;
            min-height: 28px; color: @text; selection-background-color: @selection; }
QLineEdit:focus { border-color: @accent; }
QPushButton { background: @page; border: 1px solid @line; border-radius: 6px; padding: 0 12px;
              min-height: 28px; color: @text; }
QPushButton:hover { background: @hoveredRow; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @mutedText; }
QPushButton:checked { background: @selectedRow; border-color: @accent; }
QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @onAccent;
                              font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @line; border-color: @line; color: @mutedText; }

QCheckBox { spacing: 8px; color: @text; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @mutedText; border-radius: 3px;
                       background: @page; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
                               image: url(:/icons/check.svg); }
QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked:focus { border-color: @text; }

QComboBox, QSpinBox { background: @page; border: 1px solid @line; border-radius: 6px;
                      padding: 0 9px; min-height: 28px; color: @text;
                      selection-background-color: @selection; selection-color: @text; }
QComboBox:focus, QSpinBox:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/down.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @page; border: 1px solid @line; outline: none;
                              selection-background-color: @selectedRow; selection-color: @text; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 22px; }
QSpinBox::up-arrow { image: url(:/icons/up.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url(:/icons/down.svg); width: 10px; height: 10px; }

QSlider { min-height: 28px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @line; }
QSlider::sub-page:horizontal { border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 14px; margin: -5px 0; border-radius: 7px;
                             background: @accent; }
QSlider::handle:horizontal:hover { background: @accentHover; }
QSlider::handle:horizontal:focus { background: @text; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 4px; margin: 1px; min-height: 30px;
                     min-width: 30px; }
QScrollBar::handle:hover { background: @mutedText; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QSplitter::handle { background: @line; }
#sidebar { background: @chrome; }
#documentSearch { min-height: 28px; }
#documentList { background: @chrome; border: none; outline: none; }
#centre, #sidePane, #welcome, #peoplePage, #chatPage, #commentsPage, #commentCards,
#historyPage { background: @page; }
#tabStrip { background: @page; border-bottom: 1px solid @line; }
#tabBar { background: @page; }
#tabBar::tab { background: @page; color: @mutedText; border: none; border-right: 1px solid @line;
               border-bottom: 2px solid transparent; padding: 0 14px; height: 38px; }
#tabBar::tab:selected { color: @text; border-bottom-color: @accent; }
#tabBar::tab:hover { color: @text; }
#tabBar::tab:focus, #sideTabs::tab:focus { background: @selectedRow; }
#sideTabs { background: @page; }
#sideTabs::tab { background: @page; color: @mutedText; border: none; min-width: 62px;
                 padding: 0 3px;
                 border-bottom: 2px solid transparent; height: 38px; }
#sideTabs::tab:selected { color: @text; border-bottom-color: @accent; font-weight: 600; }
#sideTabs::tab:hover { color: @text; }
#shareButton { padding: 0 13px; }
#editor, #pastEditor { border: none; background: @page; }
#chatList, #peopleList, #historyList { background: @page; border: none; outline: none; }
#chatFooter, #historyFooter, #timeBar { border-top: 1px solid @line; background: @page; }
#commentList { background: @page; border: none; }
#commentComposer { border-bottom: 1px solid @line; }
#commentCard { border-bottom: 1px solid @line; background: @page; }
#commentCard[chosen="true"] { background: @selectedRow; }
#commentCard:focus { background: @selectedRow; border: 1px solid @accent; }
#commentQuote { border-style: solid; border-color: @waiting; border-@leading-width: 3px;
                border-top-width: 0; border-bottom-width: 0; border-@trailing-width: 0;
                padding-@leading: 7px; color: @mutedText; }
#commentWhere, #commentTime { color: @mutedText; font-size: 11px; }
#commentName { font-weight: 600; }
#commentInput { background: @page; border: 1px solid @line; border-radius: 7px; padding: 3px 6px; }
#commentInput:focus { border-color: @accent; }
#chatEmpty, #commentsEmpty { color: @mutedText; padding: 16px 20px; }
#commentsResolved { padding: 10px 12px; }
#historyChosen, #historyMessage, #timeLabel { color: @mutedText; }
#historyMessage { padding: 6px 20px; }
#timePlay { padding: 0; }
#chatInput { min-height: 32px; border-radius: 8px; padding: 0 10px; }
#chatSearch { margin: 10px 10px 0 10px; }
#chatReplyTo { color: @mutedText; font-size: 12px; }
#chatReplyCancel { min-height: 22px; padding: 0 8px; }
#chatTyping { color: @mutedText; font-size: 12px; padding: 6px 12px 8px 12px; }
#chatProblem { padding: 0 12px 8px 12px; }
#banner { background: @banner; border-bottom: 1px solid @line; }
#banner[problem="true"] { background: @problemBanner; }
#banner[good="true"] { background: @goodBanner; }
#bannerAction, #bannerOtherAction, #bannerClose { background: transparent; min-height: 26px; }
#bannerAction:hover, #bannerOtherAction:hover, #bannerClose:hover { background: @page; }
#bannerClose { border-color: transparent; padding: 0 8px; }
#bannerClose:focus { border-color: @accent; }
#statusBar { background: @chrome; border-top: 1px solid @line; }
#statusBar QLabel { color: @mutedText; font-size: 12px; }
#sharePopover { background: @page; border: 1px solid @line; border-radius: 10px; }
#shareTitle, #dialogTitle { font-size: 14px; font-weight: 600; }
#shareHint, #shareSecurity, #dialogHint, #welcomeHint { color: @mutedText; }
#shareLink { font-size: 12px; }
#shareGuests, #shareGuestRows { background: @page; }
#dialogProblem, #chatProblem, #commentProblem, #shareProblem { color: @bad; }
#statusLanguage { border: none; background: transparent; min-height: 20px; padding: 0 4px;
                  border-radius: 4px; color: @mutedText; }
#statusLanguage:hover { background: @hoveredRow; color: @text; }
#statusLanguage:focus { background: @selectedRow; color: @text; }
#settingsPages { background: @page; border: none; border-right: 1px solid @line; outline: none;
                 padding: 10px 8px; }
#settingsPages::item { height: 30px; padding: 0 8px; border-radius: 6px; color: @text;
                       border: 1px solid transparent; }
#settingsPages::item:focus { border-color: @accent; }
#settingsPages::item:hover { background: @hoveredRow; }
#settingsPages::item:selected { background: @selectedRow; color: @text; }
#choicePopup { background: @page; border: 1px solid @line; }
#shortcutsList::item { padding: 5px 6px; }
#choiceList { background: @page; border: none; outline: none; }
#markdownPreview { border: 1px solid @page; background: @page; }
#markdownPreview:focus { border-color: @accent; }
#findBar, #goToBar { background: @chrome; border-top: 1px solid @line; }
#findBar QPushButton, #goToBar QPushButton { padding: 0 10px; }
#findCount, #goToRange { color: @mutedText; }
#findCount[problem="true"] { color: @bad; }
#welcomeTitle { font-size: 18px; font-weight: 600; }
)");
    const std::pair<QLatin1String, QColor> tokens[] = {
        {QLatin1String("@page"), page},
        {QLatin1String("@chrome"), chrome},
        {QLatin1String("@line"), line},
        {QLatin1String("@text"), text},
        {QLatin1String("@mutedText"), mutedText},
        {QLatin1String("@accentHover"), accentHover},
        {QLatin1String("@accent"), accent},
        {QLatin1String("@onAccent"), onAccent},
        {QLatin1String("@selectedRow"), selectedRow},
        {QLatin1String("@hoveredRow"), hoveredRow},
        {QLatin1String("@selection"), selection},
        {QLatin1String("@banner"), banner},
        {QLatin1String("@problemBanner"), problemBanner},
        {QLatin1String("@goodBanner"), goodBanner},
        {QLatin1String("@bad"), bad},
        {QLatin1String("@waiting"), waiting},
    };
    for (const auto &[token, color] : tokens) {
        sheet.replace(token, color.name());
    }
    const bool isMirrored = QGuiApplication::isRightToLeft();
    sheet.replace(QLatin1String("@leading"), QLatin1String(isMirrored ? "right" : "left"));
    sheet.replace(QLatin1String("@trailing"), QLatin1String(isMirrored ? "left" : "right"));
    return sheet;
}

void Theme::applyTo(QApplication &app) const
{
    QApplication::setStyle(new InterfaceStyle);
    QApplication::setPalette(palette());
    QApplication::setFont(interfaceFont());
    app.setStyleSheet(styleSheet());
}

QFont interfaceFont()
{
    QFont font =
        installedOr(QStringLiteral("Inter"), QFontDatabase::systemFont(QFontDatabase::GeneralFont));
    font.setPixelSize(kInterfacePixels);
    return font;
}

QFont editorFont()
{
    QFont font = installedOr(QStringLiteral("JetBrains Mono"),
                             QFontDatabase::systemFont(QFontDatabase::FixedFont));
    font.setPixelSize(kEditorPixels);
    font.setFixedPitch(true);
    return font;
}

QFont proportionalFont()
{
    QFont font = interfaceFont();
    font.setPixelSize(kEditorPixels);
    return font;
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor readableOn(const QColor &background)
{
    return contrast(Qt::white, background) >= kReadable ? Qt::white : Qt::black;
}

QColor visibleOn(const QColor &ground, const QColor &color)
{
    constexpr int kSteps = 16;
    const int towards = luminance(ground) < kMiddleLuminance ? 255 : 0;
    const auto mixed = [towards](int channel, int step) {
        return channel + (towards - channel) * step / kSteps;
    };
    QColor shown = color;
    for (int step = 1; step <= kSteps && contrast(shown, ground) < kVisible; ++step) {
        shown.setRgb(mixed(color.red(), step), mixed(color.green(), step),
                     mixed(color.blue(), step), color.alpha());
    }
    return shown;
}

} // namespace cowrite::ui
