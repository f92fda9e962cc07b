#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace cowrite::ui {

/// A dictionary for Hunspell on this computer.
struct DictionaryFile {
    QString code; ///< "en_US"
    QString path; ///< of both files, without their suffix
};

/// Those in these folders, by their code, the first of each.
[[nodiscard]] QList<DictionaryFile> dictionariesIn(const QStringList &folders);
/// Where distributions and people put them, `DICPATH` first.
[[nodiscard]] QStringList dictionaryFolders();
/// "English (United States)" for "en_US".
[[nodiscard]] QString dictionaryName(const QString &code);

/// The words that a person added, of all languages, one a line in a file of the profile.
class OwnWords {
public:
    /// Reads the file, which need not be there.
    explicit OwnWords(QString path);

    [[nodiscard]] bool contains(const QString &word) const { return m_words.contains(word); }
    [[nodiscard]] const QStringList &all() const { return m_words; }
    /// Whether it could be written down; it counts for now in any case.
    bool add(const QString &word);

private:
    QString m_path;
    QStringList m_words;
};

/// A dictionary that is asked on another thread, and remembers its answers.
class SpellingDictionary : public QObject {
    Q_OBJECT

public:
    /// `words` must outlive it. Nothing is read before it is asked.
    SpellingDictionary(const DictionaryFile &file, OwnWords &words, QObject *parent = nullptr);
    ~SpellingDictionary() override;

    [[nodiscard]] const QString &code() const { return m_code; }
    /// Whether a word is right; nothing while that is not known. A dictionary that cannot be read
    /// finds everything right.
    [[nodiscard]] std::optional<bool> isRight(const QString &word) const;
    /// Finds out about these words; lookedUp() follows if any of them was not known.
    void lookUp(const QStringList &words);
    /// Calls back with what the word may have been meant to be, the likeliest first, as long as
    /// `context` is there.
    void suggest(const QString &word, QObject *context,
                 std::function<void(const QStringList &)> done);
    /// Takes a word for right, from now on or only until the program ends.
    void add(const QString &word);
    void ignore(const QString &word);

Q_SIGNALS:
    /// isRight() knows more words.
    void lookedUp();

private:
    struct Reader;

    QString m_code;
    OwnWords &m_words;
    QHash<QString, bool> m_known;
    /// Asked about, not answered yet.
    QHash<QString, bool> m_asked;
    std::shared_ptr<Reader> m_reader;
};

} // namespace cowrite::ui
