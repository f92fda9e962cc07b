#include "ui/spelling/spelling_dictionary.h"

#include "libsync/session/document/another_thread.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

#include <hunspell/hunspell.hxx>

#include <iconv.h>

#include <mutex>
#include <string>
#include <utility>

namespace cowrite::ui {

namespace {

/// So many answers are remembered; a text of that many different words is a rare one.
constexpr qsizetype kMostKnown = 200'000;
constexpr std::size_t kMostSuggestions = 7;

/// Between UTF-8 and the encoding of a dictionary.
class Recoder {
public:
    Recoder(const std::string &to, const std::string &from)
        : m_handle(::iconv_open(to.c_str(), from.c_str()))
    {}
    ~Recoder()
    {
        if (isValid()) {
            ::iconv_close(m_handle);
        }
    }
    Recoder(const Recoder &) = delete;
    Recoder &operator=(const Recoder &) = delete;

    [[nodiscard]] bool isValid() const { return m_handle != reinterpret_cast<iconv_t>(-1); }

    /// Empty for what the encoding does not have.
    [[nodiscard]] std::string operator()(std::string text) const
    {
        std::string result(4 * text.size() + 4, '\0');
        char *in = text.data();
        std::size_t inLeft = text.size();
        char *out = result.data();
        std::size_t outLeft = result.size();
        ::iconv(m_handle, nullptr, nullptr, nullptr, nullptr);
        if (::iconv(m_handle, &in, &inLeft, &out, &outLeft) == static_cast<std::size_t>(-1)) {
            return {};
        }
        result.resize(result.size() - outLeft);
        return result;
    }

private:
    iconv_t m_handle;
};

/// As iconv calls it.
std::string encodingOf(Hunspell &hunspell)
{
    std::string name = hunspell.get_dict_encoding();
    const std::string prefix = "microsoft-cp";
    return name.rfind(prefix, 0) == 0 ? "CP" + name.substr(prefix.size()) : name;
}

} // namespace

// ---------------------------------------------------------------- files

QStringList dictionaryFolders()
{
    QStringList folders =
        qEnvironmentVariable("DICPATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    folders +=
        QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QStringLiteral("hunspell"),
                                  QStandardPaths::LocateDirectory);
    for (const char *folder : {"/usr/share/hunspell", "/usr/share/myspell/dicts"}) {
        if (const QString path = QLatin1String(folder); !folders.contains(path)) {
            folders.append(path);
        }
    }
    return folders;
}

QList<DictionaryFile> dictionariesIn(const QStringList &folders)
{
    QMap<QString, DictionaryFile> found;
    for (const QString &folder : folders) {
        const QFileInfoList files =
            QDir(folder).entryInfoList({QStringLiteral("*.aff")}, QDir::Files, QDir::Name);
        for (const QFileInfo &file : files) {
            const QString code = file.completeBaseName();
            const QString path = file.dir().filePath(code);
            // Patterns for hyphens have the same suffix.
            if (!found.contains(code) && !code.startsWith(QLatin1String("hyph")) &&
                QFileInfo::exists(path + QStringLiteral(".dic"))) {
                found.insert(code, {code, path});
            }
        }
    }
    return found.values();
}

QString dictionaryName(const QString &code)
{
    const QLocale locale(code);
    if (locale.language() == QLocale::C) {
        return code;
    }
    QString name = locale.nativeLanguageName();
    if (!name.isEmpty()) {
        name[0] = name[0].toUpper();
    }
    return code.contains(QLatin1Char('_'))
               ? QStringLiteral("%1 (%2)").arg(name, locale.nativeTerritoryName())
               : name;
}

OwnWords::OwnWords(QString path) : m_path(std::move(path))
{
    QFile file(m_path);
    if (file.open(QIODevice::ReadOnly)) {
        m_words = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
}

bool OwnWords::add(const QString &word)
{
    if (m_words.contains(word)) {
        return true;
    }
    m_words.append(word);
    QFile file(m_path);
    return file.open(QIODevice::Append) && file.write(word.toUtf8() + '\n') > 0;
}

// ---------------------------------------------------------------- the dictionary

/// Hunspell, for any thread, one at a time.
struct SpellingDictionary::Reader {
    explicit Reader(QString files) : path(std::move(files)) {}

    /// Whether it can be asked.
    bool open()
    {
        if (!isOpened) {
            isOpened = true;
            hunspell = std::make_unique<Hunspell>(
                QFile::encodeName(path + QStringLiteral(".aff")).constData(),
                QFile::encodeName(path + QStringLiteral(".dic")).constData());
            const std::string encoding = encodingOf(*hunspell);
            encode = std::make_unique<Recoder>(encoding, "UTF-8");
            decode = std::make_unique<Recoder>("UTF-8", encoding);
        }
        return encode->isValid() && decode->isValid();
    }

    [[nodiscard]] bool isRight(const QString &word)
    {
        const std::string encoded = (*encode)(plain(word).toStdString());
        return !encoded.empty() && hunspell->spell(encoded);
    }

    [[nodiscard]] QStringList suggestions(const QString &word)
    {
        QStringList result;
        const std::string encoded = (*encode)(plain(word).toStdString());
        if (!encoded.empty()) {
            for (const std::string &one : hunspell->suggest(encoded)) {
                if (static_cast<std::size_t>(result.size()) < kMostSuggestions) {
                    result.append(QString::fromStdString((*decode)(one)));
                }
            }
        }
        return result;
    }

    /// Dictionaries have the apostrophe of typewriters.
    [[nodiscard]] static QString plain(QString word)
    {
        return word.replace(QChar(0x2019), QLatin1Char('\''));
    }

    const QString path;
    std::mutex mutex;
    bool isOpened = false;
    std::unique_ptr<Hunspell> hunspell;
    std::unique_ptr<Recoder> encode;
    std::unique_ptr<Recoder> decode;
};

SpellingDictionary::SpellingDictionary(const DictionaryFile &file, OwnWords &words, QObject *parent)
    : QObject(parent),
      m_code(file.code),
      m_words(words),
      m_reader(std::make_shared<Reader>(file.path))
{}

SpellingDictionary::~SpellingDictionary() = default;

std::optional<bool> SpellingDictionary::isRight(const QString &word) const
{
    if (m_words.contains(word)) {
        return true;
    }
    const auto known = m_known.constFind(word);
    return known != m_known.constEnd() ? std::optional(*known) : std::nullopt;
}

void SpellingDictionary::lookUp(const QStringList &words)
{
    QStringList unknown;
    for (const QString &word : words) {
        if (!isRight(word) && !m_asked.contains(word)) {
            m_asked.insert(word, true);
            unknown.append(word);
        }
    }
    if (unknown.isEmpty()) {
        return;
    }
    session::onAnotherThread(
        [reader = m_reader, unknown] {
            const std::lock_guard lock(reader->mutex);
            QHash<QString, bool> answers;
            const bool isOpen = reader->open();
            for (const QString &word : unknown) {
                answers.insert(word, !isOpen || reader->isRight(word));
            }
            return answers;
        },
        [self = QPointer(this)](const QHash<QString, bool> &answers) {
            if (!self) {
                return;
            }
            if (self->m_known.size() > kMostKnown) {
                self->m_known.clear();
            }
            for (auto answer = answers.begin(); answer != answers.end(); ++answer) {
                self->m_asked.remove(answer.key());
                self->m_known.insert(answer.key(), answer.value());
            }
            Q_EMIT self->lookedUp();
        });
}

void SpellingDictionary::suggest(const QString &word, QObject *context,
                                 std::function<void(const QStringList &)> done)
{
    session::onAnotherThread(
        [reader = m_reader, word] {
            const std::lock_guard lock(reader->mutex);
            return reader->open() ? reader->suggestions(word) : QStringList();
        },
        [context = QPointer(context), done = std::move(done)](const QStringList &suggestions) {
            if (context) {
                done(suggestions);
            }
        });
}

void SpellingDictionary::add(const QString &word)
{
    m_words.add(word);
    ignore(word);
}

void SpellingDictionary::ignore(const QString &word)
{
    m_known.insert(word, true);
    Q_EMIT lookedUp();
}

} // namespace cowrite::ui
