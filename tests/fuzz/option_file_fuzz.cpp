// The file of options of cowrited: whatever is in it is refused with the line, or understood,
// within the bounds of every option; and what was understood is written so that it reads the same.

#include "app/server/option_file.h"
#include "libsync/base/check.h"
#include "tests/fuzz/fuzz_target.h"

#include <string>

namespace cowrite::fuzz {

namespace {

using server::ServerOptions;

QByteArray textOfAll(const ServerOptions &options)
{
    QString text;
    for (const server::Option &option : server::options()) {
        text += optionLine(option, options) + u'\n';
    }
    return text.toUtf8();
}

} // namespace

void runOne(ByteView input)
{
    const QByteArray text(reinterpret_cast<const char *>(input.data()),
                          static_cast<qsizetype>(input.size()));
    const QString name = QStringLiteral("f");
    const QByteArray before = textOfAll({});
    ServerOptions options;
    const auto read = readOptionText(text, name, options);
    const QByteArray after = textOfAll(options);
    if (!read) {
        COWRITE_CHECK(read.error().message.starts_with("f:") &&
                      read.error().message.ends_with('.'));
        COWRITE_CHECK(after == before);
        return;
    }
    ServerOptions again;
    COWRITE_CHECK(readOptionText(after, name, again).has_value());
    COWRITE_CHECK(textOfAll(again) == after);
    for (const server::Option &option : server::options()) {
        ServerOptions taken;
        COWRITE_CHECK(setOption(option, valueOf(option, options), taken).has_value());
    }
}

std::vector<Bytes> seeds()
{
    std::vector<Bytes> seeds;
    const auto add = [&](const QByteArray &text) { seeds.emplace_back(text.begin(), text.end()); };
    add(textOfAll({}));
    add(server::exampleOptionFile().toUtf8());
    for (const server::Option &option : server::options()) {
        add((optionLine(option, {}) + u'\n').toUtf8());
    }
    add("trusted-hosts = [\"a.example\", 'b.example'] # names\n");
    add("data = \"\"\"\nlines \\\n  \\u00e9\"\"\"\n");
    add("open = true\n[limits]\na.b = { c = 1979-05-27T07:32:00Z, d = [[1.5e3, inf], 0xff] }\n");
    return seeds;
}

} // namespace cowrite::fuzz
