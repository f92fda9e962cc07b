#pragma once

#include "libsync/base/bytes.h"

#include <QtCore/QByteArray>

#include <string_view>

namespace cowrite::test {

/// Bytes from hexadecimal digits; blanks do not count.
inline Bytes hex(std::string_view digits)
{
    const QByteArray bytes =
        QByteArray::fromHex(QByteArray(digits.data(), static_cast<qsizetype>(digits.size())));
    return Bytes(bytes.begin(), bytes.end());
}

/// Lower case, separated by blanks, as in yjs-compat.md; a QByteArray so that QCOMPARE prints it.
inline QByteArray hex(ByteView bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()))
        .toHex(' ');
}

} // namespace cowrite::test
