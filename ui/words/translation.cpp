#include "ui/words/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

// At file level: Q_INIT_RESOURCE cannot be used inside a namespace. A static library's resources
// are only linked if something asks for them.
static void loadResources()
{
    Q_INIT_RESOURCE(translations);
}

namespace cowrite::ui {

namespace {

const QString kFolder = QStringLiteral(":/translations");
const QString kOwn = QStringLiteral("translationOfCowrite");
const QString kOfQt = QStringLiteral("translationOfQt");

/// The translator of this name, empty.
QTranslator &anew(const QString &name)
{
    delete qApp->findChild<QTranslator *>(name, Qt::FindDirectChildrenOnly);
    auto *translator = new QTranslator(qApp);
    translator->setObjectName(name);
    return *translator;
}

} // namespace

void useLanguageOf(const QLocale &locale)
{
    loadResources();
    QTranslator &own = anew(kOwn);
    if (!own.load(locale, QStringLiteral("cowrite"), QStringLiteral("_"), kFolder)) {
        // The words in the sources are English, but for their plural forms.
        (void)own.load(QStringLiteral("cowrite_en"), kFolder);
    }
    const QLocale language(own.language());
    QTranslator &ofQt = anew(kOfQt);
    if (ofQt.load(language, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&ofQt);
    }
    QCoreApplication::installTranslator(&own);
    // English words with the months of another language would be neither.
    const bool isSame = locale.language() == language.language();
    QLocale::setDefault(isSame || locale.language() == QLocale::C ? locale : language);
}

} // namespace cowrite::ui
