#pragma once

#include "app/server/server_options.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <span>
#include <variant>

namespace cowrite::server {

/// When a change of an option counts.
enum class Applies {
    OnReload,  ///< at once, when the server is told to read its files again
    OnRestart, ///< only for a server that is started anew
};

template <typename T>
using Member = T &(*)(ServerOptions &);

/// What an option is made of, and where it lies. Bounds include their ends.
struct Switch {
    Member<bool> member;
};
struct Text {
    Member<QString> member;
};
struct Names {
    Member<QStringList> member;
    /// Null: any text is one.
    bool (*isName)(const QString &name) = nullptr;
};
struct Listening {
    Member<net::ListenAddress> member;
};
struct Count {
    Member<int> member;
    int least;
    int most;
};
struct Size {
    Member<std::size_t> member; ///< in bytes
    std::size_t least;
    std::size_t most;
};
struct Duration {
    Member<std::chrono::milliseconds> member;
    std::chrono::milliseconds least;
    std::chrono::milliseconds most;
};
using Field = std::variant<Switch, Text, Names, Listening, Count, Size, Duration>;

/// One option of `cowrited`. `--name VALUE` on the command line and `name = VALUE` in the file of
/// options are the same; its default is in ServerOptions.
struct Option {
    const char *group; ///< the heading above it in the file
    const char *name;
    const char *valueName; ///< empty for a Switch
    const char *help;
    Applies applies;
    Field field;
};

/// All of them, in the order in which they are shown. The command line, the file, `--help` and the
/// packaged file are made of this table.
[[nodiscard]] std::span<const Option> options();

/// Reads a value as the command line has it: `10s` or `500ms` for a Duration, `64MiB` for a
/// Size, `a,b` for Names, `true` or `false` for a Switch. Error Malformed or OutOfRange, with a
/// sentence.
[[nodiscard]] Result<void> setOption(const Option &option, const QString &value,
                                     ServerOptions &options);
/// The value in the same form.
[[nodiscard]] QString valueOf(const Option &option, ServerOptions options);

} // namespace cowrite::server
