#include "tests/gui/languages.h"

#include "ui/words/translation.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTabBar>
#include <QTranslator>

namespace cowrite::guitest {

namespace {

QChar hebrew(QChar letter)
{
    static const QString letters = QString::fromUtf8("אבגדהוזחטיכלמנסעפצקרשתאבגד");
    return letters.at(letter.toLower().unicode() - u'a');
}

class PseudoTranslator final : public QTranslator {
public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }

    [[nodiscard]] QString translate(const char *context, const char *sourceText,
                                    const char * /*disambiguation*/, int /*n*/) const override
    {
        const QString source = QString::fromUtf8(sourceText);
        // Qt's own words, keys, formats of dates, and patterns of files.
        static const QRegularExpression kept(
            QStringLiteral("^(?:Ctrl\\+.*|[dMy ]+|.*\\(\\*.*\\)|Cowrite)$"));
        if (context[0] == 'Q' || kept.match(source).hasMatch()) {
            return QString();
        }
        static const QRegularExpression word(QStringLiteral("%L?[1-9n]|Cowrite|([A-Za-z]+)"));
        QString said;
        qsizetype end = 0;
        for (auto match = word.globalMatch(source); match.hasNext();) {
            const QRegularExpressionMatch one = match.next();
            said += source.mid(end, one.capturedStart() - end);
            const QString letters = one.captured(1);
            if (letters.isEmpty()) {
                said += one.captured();
            }
            for (const QChar letter : letters) {
                said += hebrew(letter);
            }
            said += QString((letters.size() + 2) / 4, QChar(0x5d5));
            end = one.capturedEnd();
        }
        return said + source.mid(end);
    }
};

bool isPseudo()
{
    return QGuiApplication::layoutDirection() == Qt::RightToLeft;
}

/// Beside tabs, in fields for keys and in dialogs Qt has words of its own, in its own translations.
bool isOfQt(const QWidget &widget)
{
    return widget.objectName().startsWith(QLatin1String("Scroll")) ||
           widget.objectName().startsWith(QLatin1String("qt_keysequence")) ||
           qobject_cast<const QDialogButtonBox *>(widget.parentWidget()) != nullptr;
}

/// What people called themselves and their documents, and names that are the same everywhere.
QString withoutNames(QString text)
{
    static const QRegularExpression names(QStringLiteral(
        "Blue|Green|Violet|Amber|Launch plan(?:: river survey|\\.md)?|Draft letter|survey\\.py|"
        "studio\\.local|Cowrite|Markdown|Python|Ctrl|Strg|Alt|Shift|Space|Esc|Return|Del|F\\d+|[A-"
        "Z]\\b|"
        "\\bms\\b|\\bkB\\b|\\bMB\\b|\\bMiB\\b|\\bKiB\\b|\\bbytes\\b|https?://\\S+|cowrite://\\S*|"
        "<[^>]*>|/tmp/[^)]*|“[^”]*”|The ferry only comes at 07:50\\.|"
        "Is the gate open again\\?|Then we leave at 07:55\\."));
    return text.remove(names);
}

} // namespace

void speak(const QString &language)
{
    if (language != QLatin1String("pseudo")) {
        ui::useLanguageOf(QLocale(language));
        return;
    }
    auto *translator = new PseudoTranslator(qApp);
    QCoreApplication::installTranslator(translator);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
}

QStringList latinWords(const QWidget &root)
{
    QStringList findings;
    if (!isPseudo()) {
        return findings;
    }
    const auto check = [&findings](const QObject &object, const QString &text) {
        static const QRegularExpression latin(QStringLiteral("[A-Za-z]{3,}"));
        if (withoutNames(text).contains(latin)) {
            findings.append(QStringLiteral("not translated: %1 in %2 (%3)")
                                .arg(text, object.objectName(),
                                     QLatin1String(object.metaObject()->className())));
        }
    };
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || isOfQt(*widget)) {
            continue;
        }
        check(*widget, widget->toolTip());
        check(*widget, widget->accessibleName());
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            check(*label, label->text());
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            check(*button, button->text());
        } else if (const auto *line = qobject_cast<const QLineEdit *>(widget)) {
            check(*line, line->placeholderText());
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i) {
                check(*tabs, tabs->tabText(i));
            }
        }
    }
    for (const QAction *action : root.findChildren<QAction *>()) {
        check(*action, action->text());
    }
    return findings;
}

} // namespace cowrite::guitest
