#include "tests/support/editor_bench.h"
#include "ui/editor/highlighter.h"
#include "ui/spelling/spelling_layer.h"
#include "ui/spelling/spelling_words.h"

#include <QContextMenuEvent>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QTemporaryDir>

using namespace cowrite;
using namespace cowrite::ui;
using test::EditorBench;

namespace {

QStringList wordsOf(const QString &line, const char *language = "text")
{
    const Language &known = *languageOf(QLatin1String(language));
    const auto syntax = makeSyntax(known);
    std::vector<Token> tokens;
    (void)syntax->highlight(line, Syntax::kInitialState, &tokens);
    QStringList words;
    for (const TextMatch &word : spellingWords(line, known, &tokens)) {
        words.append(line.mid(word.offset, word.length));
    }
    return words;
}

/// A small dictionary, in the encoding that many of them have.
struct Bench : EditorBench {
    QTemporaryDir folder;
    std::unique_ptr<OwnWords> own;
    std::unique_ptr<SpellingDictionary> dictionary;
    SpellingLayer layer{editor};

    explicit Bench(const QString &text, const char *language = "text") : EditorBench(text)
    {
        editor.setLanguage(*languageOf(QLatin1String(language)));
        write("xx_XX.aff", "SET ISO8859-1\nTRY esian\n");
        write("xx_XX.dic", "6\nriver\nboat\nthe\nsonde\ngr\xf6\xdf\x65\nwater's\n");
        own = std::make_unique<OwnWords>(folder.filePath(QStringLiteral("words.txt")));
        const QList<DictionaryFile> found = dictionariesIn({folder.path()});
        QCOMPARE(found.size(), 1);
        dictionary = std::make_unique<SpellingDictionary>(found.first(), *own);
        layer.setDictionary(dictionary.get());
    }
    ~Bench() { layer.setDictionary(nullptr); }

    void write(const char *name, const QByteArray &content) const
    {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    [[nodiscard]] QStringList mistakes() const
    {
        QStringList words;
        for (const TextMatch &mistake : layer.mistakes()) {
            words.append(editor.sharedText(mistake.offset, mistake.length));
        }
        return words;
    }

    /// The menu of the text at this offset.
    [[nodiscard]] QMenu *menuAt(std::uint32_t offset)
    {
        const QPoint place = editor.visibleCaretRect(offset)->center().toPoint();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place,
                                editor.viewport()->mapToGlobal(place));
        QApplication::sendEvent(editor.viewport(), &event);
        return editor.findChild<QMenu *>(QStringLiteral("editorMenu"));
    }

    static QAction *actionOf(QMenu *menu, const char *name)
    {
        return menu->findChild<QAction *>(QLatin1String(name));
    }
};

} // namespace

class SpellingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyOrdinaryWordsAreAskedAbout()
    {
        QCOMPARE(wordsOf(QString::fromUtf8("The river’s NATO camelCase x a1b snake_case well-known "
                                           "me@example.org https://example.org/path/to größe.")),
                 QStringList({QStringLiteral("The"), QString::fromUtf8("river’s"),
                              QStringLiteral("well"), QStringLiteral("known"),
                              QString::fromUtf8("größe")}));
    }

    void ofCodeOnlyWhatIsWrittenForPeople()
    {
        QCOMPARE(wordsOf(QStringLiteral("while depth: say('some words')  # a remark"), "python"),
                 QStringList(
                     {QStringLiteral("some"), QStringLiteral("words"), QStringLiteral("remark")}));
        QCOMPARE(wordsOf(QStringLiteral("a `code span` and words"), "markdown"),
                 QStringList({QStringLiteral("and"), QStringLiteral("words")}));
    }

    void wordsThatAreNotInTheDictionaryAreUnderlined()
    {
        Bench bench(QString::fromUtf8("the rivver größe boat water’s\n"));
        QTRY_COMPARE(bench.mistakes().join(u' '), QStringLiteral("rivver"));
        const QRectF place = bench.editor.visibleRects(4, 10).front();
        const QImage picture = bench.editor.viewport()->grab().toImage();
        bool isRed = false;
        for (int x = int(place.left()); x < int(place.right()); ++x) {
            for (int y = int(place.center().y()); y < int(place.bottom()) + 4; ++y) {
                const QColor pixel = picture.pixelColor(x, y);
                isRed = isRed || (pixel.red() > 150 && pixel.green() < 130 && pixel.blue() < 130);
            }
        }
        QVERIFY(isRed);
    }

    void theWordBeingWrittenIsLeftAlone()
    {
        Bench bench(QString{});
        bench.editor.activateWindow();
        bench.editor.setFocus();
        QTRY_VERIFY(bench.editor.hasFocus());
        QTest::keyClicks(&bench.editor, QStringLiteral("bote"));
        QTRY_COMPARE(bench.dictionary->isRight(QStringLiteral("bote")), std::optional(false));
        QVERIFY(bench.mistakes().isEmpty());
        QTest::keyClicks(&bench.editor, QStringLiteral(" "));
        QTRY_COMPARE(bench.mistakes(), QStringList({QStringLiteral("bote")}));
    }

    void underlinesStayWithTheirWordWhileOthersWrite()
    {
        Bench bench(QStringLiteral("the rivver\n"));
        QTRY_COMPARE(bench.mistakes(), QStringList({QStringLiteral("rivver")}));
        bench.remotely([&] { QVERIFY(bench.text.insert(0, u"boat ")); });
        QCOMPARE(bench.mistakes(), QStringList({QStringLiteral("rivver")}));
        bench.remotely([&] { QVERIFY(bench.text.remove(11, 1)); });
        QTRY_COMPARE(bench.mistakes(), QStringList());
    }

    void theMenuOffersWhatWasMeant()
    {
        Bench bench(QStringLiteral("the rivver\n"));
        QTRY_COMPARE(bench.mistakes().size(), 1);
        QMenu *menu = bench.menuAt(6);
        QVERIFY(menu != nullptr);
        QTRY_VERIFY(Bench::actionOf(menu, "actionSuggestion") != nullptr);
        // Somebody writes before it meanwhile.
        bench.remotely([&] { QVERIFY(bench.text.insert(0, u"boat ")); });
        Bench::actionOf(menu, "actionSuggestion")->trigger();
        QCOMPARE(bench.shared(), QStringLiteral("boat the river\n"));
        menu->close();
        bench.editor.undoEdit();
        QCOMPARE(bench.shared(), QStringLiteral("boat the rivver\n"));
    }

    void wordsAreAddedForGoodOrIgnoredForNow()
    {
        Bench bench(QStringLiteral("the rivver bote\n"));
        QTRY_COMPARE(bench.mistakes().size(), 2);
        QMenu *menu = bench.menuAt(6);
        Bench::actionOf(menu, "actionAddWord")->trigger();
        menu->close();
        QTRY_COMPARE(bench.mistakes(), QStringList({QStringLiteral("bote")}));
        dropDeferred();
        menu = bench.menuAt(13);
        Bench::actionOf(menu, "actionIgnoreWord")->trigger();
        menu->close();
        QTRY_COMPARE(bench.mistakes(), QStringList());
        const OwnWords again(bench.folder.filePath(QStringLiteral("words.txt")));
        QCOMPARE(again.all(), QStringList({QStringLiteral("rivver")}));
    }

    void withoutADictionaryNothingIsUnderlined()
    {
        Bench bench(QStringLiteral("the rivver\n"));
        QTRY_COMPARE(bench.mistakes().size(), 1);
        bench.layer.setDictionary(nullptr);
        QCOMPARE(bench.mistakes().size(), 0);
    }

    void aDictionaryThatCannotBeReadFindsEverythingRight()
    {
        Bench bench(QStringLiteral("the rivver\n"));
        bench.write("xx_XX.aff", "SET NOSUCHENCODING\n");
        SpellingDictionary broken(
            {QStringLiteral("xx_XX"), bench.folder.filePath(QStringLiteral("xx_XX"))}, *bench.own);
        broken.lookUp({QStringLiteral("rivver")});
        QTRY_COMPARE(broken.isRight(QStringLiteral("rivver")), std::optional(true));
    }

    void theDictionariesOfTheSystemWork()
    {
        const QList<DictionaryFile> found = dictionariesIn(dictionaryFolders());
        const std::pair<const char *, std::pair<const char *, const char *>> words[] = {
            {"en_US", {"colour", "color"}},
            {"de_DE", {"Grösse", "Größe"}},
            {"es_ES", {"espanol", "español"}},
        };
        int known = 0;
        OwnWords none((QString()));
        for (const auto &[code, pair] : words) {
            for (const DictionaryFile &file : found) {
                if (file.code != QLatin1String(code)) {
                    continue;
                }
                ++known;
                SpellingDictionary dictionary(file, none);
                const QString wrong = QString::fromUtf8(pair.first);
                const QString right = QString::fromUtf8(pair.second);
                dictionary.lookUp({wrong, right});
                QTRY_COMPARE(dictionary.isRight(right), std::optional(true));
                QCOMPARE(dictionary.isRight(wrong), std::optional(false));
                QStringList suggestions;
                dictionary.suggest(wrong, this, [&](const QStringList &all) { suggestions = all; });
                QTRY_VERIFY(suggestions.contains(right));
            }
        }
        if (known == 0) {
            QSKIP("No dictionary of the tests is installed.");
        }
    }

private:
    static void dropDeferred()
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

QTEST_MAIN(SpellingTest)
#include "spelling_test.moc"
