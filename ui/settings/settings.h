#pragma once

#include <QMetaEnum>
#include <QObject>
#include <QSettings>
#include <QString>
#include <QVariant>

#include <type_traits>

namespace cowrite::ui {

/// One setting: its name in the file, and what it is until somebody chooses.
template <class T>
struct Setting {
    const char *name;
    T standard;
};

/// What a person has set: all of it is in this table and in one file. Who they are is the profile's
/// (session::Identity), where windows and carets were is WindowState's.
class Settings : public QObject {
    Q_OBJECT

public:
    enum class Appearance { System, Light, Dark };
    Q_ENUM(Appearance)
    enum class Face { Monospaced, Proportional };
    Q_ENUM(Face)
    /// From where people can join what is shared from here.
    enum class Reach { ThisComputer, ThisNetwork };
    Q_ENUM(Reach)

    static constexpr Setting<Face> kFace{"editor/face", Face::Monospaced};
    static constexpr int kSmallestText = 8;
    static constexpr int kLargestText = 40;
    static constexpr Setting<int> kTextSize{"editor/textSize", 14}; ///< pixels
    static constexpr Setting<bool> kWrap{"editor/wrap", true};
    static constexpr Setting<bool> kLineNumbers{"editor/lineNumbers", true};
    static constexpr Setting<bool> kAuthors{"editor/authors", true};
    static constexpr Setting<bool> kWhitespace{"editor/whitespace", false};
    static constexpr Setting<bool> kSpelling{"editor/spelling", true};
    /// The code of a dictionary; null for that of the system's language.
    static constexpr Setting<const char *> kSpellingLanguage{"editor/spellingLanguage", nullptr};
    static constexpr Setting<Appearance> kAppearance{"appearance/theme", Appearance::System};
    static constexpr Setting<Reach> kReach{"network/reach", Reach::ThisComputer};
    static constexpr Setting<int> kPort{"network/port", 0}; ///< 0: any that is free
    static constexpr Setting<bool> kTellPlace{"privacy/place", true};
    static constexpr Setting<bool> kTellTyping{"privacy/typing", true};
    static constexpr Setting<bool> kNotifyMentions{"notifications/mentions", true};
    static constexpr Setting<bool> kDoNotDisturb{"notifications/doNotDisturb", false};

    /// Reads the file at `path`, and writes to it what is set.
    explicit Settings(const QString &path);

    template <class T>
    [[nodiscard]] auto get(const Setting<T> &setting) const
    {
        const QVariant value = m_file.value(QLatin1String(setting.name));
        if constexpr (std::is_enum_v<T>) {
            bool isKnown = false;
            const int number = QMetaEnum::fromType<T>().keyToValue(
                value.toString().toLatin1().constData(), &isKnown);
            return isKnown ? static_cast<T>(number) : setting.standard;
        } else if constexpr (std::is_same_v<T, const char *>) {
            return value.isValid() ? value.toString() : QString::fromLatin1(setting.standard);
        } else {
            // What somebody wrote into the file by hand may be anything.
            QVariant converted = value;
            return converted.convert(QMetaType::fromType<T>()) ? converted.value<T>()
                                                               : setting.standard;
        }
    }

    template <class T, class V>
    void set(const Setting<T> &setting, const V &value)
    {
        if (get(setting) == value) {
            return;
        }
        if constexpr (std::is_enum_v<T>) {
            store(setting.name, QString::fromLatin1(
                                    QMetaEnum::fromType<T>().valueToKey(static_cast<int>(value))));
        } else {
            store(setting.name, value);
        }
    }

    /// For what is not in the table: the shortcut of an action, the language of a document.
    [[nodiscard]] QSettings &file() { return m_file; }

Q_SIGNALS:
    /// Any of them is another one.
    void changed();

private:
    void store(const char *name, const QVariant &value);

    QSettings m_file;
};

} // namespace cowrite::ui
