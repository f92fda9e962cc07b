#include "app/ctl/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include <QSaveFile>

namespace cowrite::ctl {

Result<InputFile> readFile(const std::string &name)
{
    // Not /dev/stdin, which cannot be opened where standard input is a socket.
    std::ifstream file;
    if (name != "-") {
        file.open(name, std::ios::binary);
    }
    std::istream &input = name == "-" ? std::cin : file;
    Bytes bytes{std::istreambuf_iterator<char>(input), {}};
    if ((name != "-" && !file.is_open()) || input.bad()) {
        return fail(ErrorCode::Io, name + " cannot be read: " + std::strerror(errno) + '.');
    }
    return InputFile{name, std::move(bytes)};
}

Result<void> writeFile(const std::string &name, ByteView bytes)
{
    QSaveFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(reinterpret_cast<const char *>(bytes.data()),
                   static_cast<qint64>(bytes.size())) < 0 ||
        !file.commit()) {
        return fail(ErrorCode::Io,
                    name + " cannot be written: " + file.errorString().toStdString() + '.');
    }
    return {};
}

Error inFile(const Error &error, const std::string &name)
{
    std::string message = name + ": " + error.message;
    if (error.byteOffset) {
        message += " (at byte " + std::to_string(*error.byteOffset) + ')';
    }
    return {error.code, std::move(message), error.byteOffset};
}

} // namespace cowrite::ctl
