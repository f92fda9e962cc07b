#include "ui/document/status_text.h"
#include "ui/words/translation.h"

#include <QTest>

using namespace cowrite;
using session::DiskState;
using session::LinkState;
using ui::savedSentence;
using ui::SavedState;
using ui::Tone;

namespace {

SavedState at(LinkState link, quint64 waiting = 0, quint64 unsaved = 0)
{
    SavedState state;
    state.link = link;
    state.server = QStringLiteral("studio.local");
    state.edits.waiting = waiting;
    state.edits.unsaved = unsaved;
    return state;
}

} // namespace

class StatusTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::useLanguageOf(QLocale::c()); }

    void savedEverywhereNamesTheServer()
    {
        QCOMPARE(savedSentence(at(LinkState::Online)).text,
                 QStringLiteral("Saved here and on studio.local"));
        QCOMPARE(savedSentence(at(LinkState::Online)).tone, Tone::Good);
    }

    void offlineCountsTheEdits()
    {
        QCOMPARE(savedSentence(at(LinkState::Offline, 12)).text,
                 QStringLiteral("Offline: 12 edits saved on this computer"));
        QCOMPARE(savedSentence(at(LinkState::Offline, 1)).text,
                 QStringLiteral("Offline: 1 edit saved on this computer"));
        QCOMPARE(savedSentence(at(LinkState::Offline)).text,
                 QStringLiteral("Offline: everything saved on this computer"));
    }

    void fullDiskSaysNotSavedWhateverTheLink()
    {
        SavedState state = at(LinkState::Online);
        state.disk = DiskState::Full;
        QCOMPARE(savedSentence(state).text, QStringLiteral("Not saved: disk full"));
        QCOMPARE(savedSentence(state).tone, Tone::Bad);
    }

    void nothingUnsavedIsEverCalledSaved()
    {
        for (const LinkState link : {LinkState::Local, LinkState::Connecting, LinkState::Online,
                                     LinkState::Offline, LinkState::Refused, LinkState::Hosting}) {
            const ui::StatusSentence sentence = savedSentence(at(link, 1, 1));
            QVERIFY2(!sentence.text.contains(QLatin1String("saved"), Qt::CaseInsensitive),
                     qPrintable(sentence.text));
        }
    }

    void nothingWaitingIsEverCalledOnTheServer()
    {
        const ui::StatusSentence sentence = savedSentence(at(LinkState::Online, 3));
        QCOMPARE(sentence.text, QStringLiteral("Saved here, 3 edits on the way to studio.local"));
        QVERIFY(sentence.tone != Tone::Good);
    }

    void serversThatConfirmNothingAreNotSaidToHaveSaved()
    {
        SavedState state = at(LinkState::Online);
        state.serverConfirms = false;
        QCOMPARE(savedSentence(state).text, QStringLiteral("Saved here, sent to studio.local"));
    }

    void aMessageSplitsAfterItsFirstSentence()
    {
        const ui::BannerText banner =
            ui::bannerOf(QStringLiteral("Nothing answers. Is it running?"), Tone::Bad);
        QCOMPARE(banner.title, QStringLiteral("Nothing answers."));
        QCOMPARE(banner.text, QStringLiteral("Is it running?"));
        QCOMPARE(ui::bannerOf(QStringLiteral("One only."), Tone::Bad).text, QString());
    }
};

QTEST_GUILESS_MAIN(StatusTextTest)
#include "status_text_test.moc"
