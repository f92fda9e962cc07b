#include "app/server/option_file.h"

#include <QFile>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

namespace cowrite::server {

namespace {

/// Nobody writes a longer one.
constexpr qint64 kMaxFileBytes = qint64{1} << 20;
constexpr qsizetype kLineWidth = 96;

tl::unexpected<Error> failAt(const QString &name, toml::source_index line, const Error &error)
{
    return fail(error.code, name.toStdString() + ':' + std::to_string(line) + ": " + error.message);
}

Error error(std::string sentence)
{
    return {ErrorCode::Malformed, std::move(sentence), {}};
}

QString asQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What the value of such an option is in TOML.
const char *kindOf(const Option &option)
{
    if (std::holds_alternative<Switch>(option.field)) {
        return "true or false";
    }
    if (std::holds_alternative<Count>(option.field)) {
        return "a number";
    }
    return std::holds_alternative<Names>(option.field) ? "a list of texts: [\"one\", \"another\"]"
                                                       : "a text in quotation marks";
}

/// The value as the command line would have it; nothing if it is of another kind.
std::optional<QString> textOf(const Option &option, const toml::node &node)
{
    if (std::holds_alternative<Switch>(option.field)) {
        const auto value = node.value_exact<bool>();
        return value ? std::optional(*value ? QStringLiteral("true") : QStringLiteral("false"))
                     : std::nullopt;
    }
    if (std::holds_alternative<Count>(option.field)) {
        const auto value = node.value_exact<std::int64_t>();
        return value ? std::optional(QString::number(qint64{*value})) : std::nullopt;
    }
    if (!std::holds_alternative<Names>(option.field)) {
        const auto value = node.value_exact<std::string_view>();
        return value ? std::optional(asQt(*value)) : std::nullopt;
    }
    const toml::array *const list = node.as_array();
    if (!list) {
        return std::nullopt;
    }
    QStringList names;
    for (const toml::node &item : *list) {
        const auto name = item.value_exact<std::string_view>();
        if (!name) {
            return std::nullopt;
        }
        names.append(asQt(*name));
    }
    return names.join(u',');
}

Result<void> take(std::string_view key, const toml::node &node, ServerOptions &options)
{
    const auto table = server::options();
    const auto option = std::find_if(table.begin(), table.end(),
                                     [key](const Option &it) { return key == it.name; });
    if (option == table.end()) {
        return tl::unexpected(
            error("there is no option “" + std::string(key) + "”. cowrited --help lists them."));
    }
    const std::string prefix = std::string(key) + ": ";
    const std::optional<QString> value = textOf(*option, node);
    if (!value) {
        return tl::unexpected(error(prefix + "it takes " + kindOf(*option) + '.'));
    }
    if (const auto set = setOption(*option, *value, options); !set) {
        return fail(set.error().code, prefix + set.error().message);
    }
    return {};
}

QString quoted(const QString &text)
{
    // Written as TOML has a basic string.
    QString escaped;
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\') {
            escaped += u'\\';
        }
        if (character < u' ' || character == QChar(0x7f)) {
            escaped += QStringLiteral("\\u%1").arg(int{character.unicode()}, 4, 16, QChar(u'0'));
        } else {
            escaped += character;
        }
    }
    return u'"' + escaped + u'"';
}

/// Lines of a comment.
QString commented(const QString &text)
{
    QString lines;
    QString line = QStringLiteral("#");
    const QStringList words = text.split(u' ');
    for (const QString &word : words) {
        if (line.size() + 1 + word.size() > kLineWidth) {
            lines += line + u'\n';
            line = QStringLiteral("#");
        }
        line += u' ' + word;
    }
    return lines + line + u'\n';
}

} // namespace

Result<void> readOptionText(const QByteArray &text, const QString &name, ServerOptions &options)
{
    const toml::parse_result parsed =
        toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!parsed) {
        return failAt(
            name, parsed.error().source().begin.line,
            error("this is not TOML: " + std::string(parsed.error().description()) + '.'));
    }
    // In the order of the file, so that the first mistake is told first.
    std::vector<std::pair<const toml::key *, const toml::node *>> entries;
    for (const auto &[key, node] : parsed.table()) {
        entries.emplace_back(&key, &node);
    }
    std::sort(entries.begin(), entries.end(), [](const auto &left, const auto &right) {
        return left.first->source().begin < right.first->source().begin;
    });
    ServerOptions read = options;
    for (const auto &[key, node] : entries) {
        if (const auto taken = take(key->str(), *node, read); !taken) {
            return failAt(name, key->source().begin.line, taken.error());
        }
    }
    options = std::move(read);
    return {};
}

Result<void> readOptionFile(const QString &name, ServerOptions &options)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io, name.toStdString() + " cannot be read: " +
                                       file.errorString().toStdString() + '.');
    }
    const QByteArray text = file.read(kMaxFileBytes + 1);
    if (text.size() > kMaxFileBytes) {
        return fail(ErrorCode::Malformed, name.toStdString() + " is no file of options.");
    }
    return readOptionText(text, name, options);
}

QString optionLine(const Option &option, const ServerOptions &options)
{
    QString value = valueOf(option, options);
    if (std::holds_alternative<Names>(option.field)) {
        QStringList names = value.split(u',', Qt::SkipEmptyParts);
        std::transform(names.begin(), names.end(), names.begin(), quoted);
        value = u'[' + names.join(QLatin1String(", ")) + u']';
    } else if (!std::holds_alternative<Switch>(option.field) &&
               !std::holds_alternative<Count>(option.field)) {
        value = quoted(value);
    }
    return QLatin1String(option.name) + QLatin1String(" = ") + value;
}

QString exampleOptionFile()
{
    QString text = commented(QStringLiteral(
        "What cowrited does. Every line that begins with “#” and a name shows the default: remove "
        "the “#” to change it. On the command line each is a flag of the same name, which counts "
        "before this file. After a change, tell the server: systemctl reload cowrited, or SIGHUP. "
        "What takes a restart says so."));
    const char *group = "";
    for (const Option &option : options()) {
        if (std::strcmp(group, option.group) != 0) {
            group = option.group;
            text += QStringLiteral("\n# ---- %1\n").arg(QString::fromUtf8(group));
        }
        const bool needsRestart = option.applies == Applies::OnRestart;
        text += u'\n' + commented(QString::fromUtf8(option.help) +
                                  QLatin1String(needsRestart ? " Takes a restart." : ""));
        text += u'#' + optionLine(option, {}) + u'\n';
    }
    return text;
}

} // namespace cowrite::server
